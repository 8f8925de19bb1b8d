/** Warm starts: PPO and its relatives learn on from what a clone of a teacher, or one of them, knows. @module */
import { CheckpointMismatchError, PolicyMismatchError } from "../errors.js";
import type { NetworkSpec } from "../networks/index.js";
import type { VectorEnv } from "../vector/index.js";
import { checkpointFile, readCheckpoint } from "./checkpoint.js";
import type { Algorithm, Learner } from "./learner.js";
import type { NetworkState } from "./learning/network-state.js";
import { OnPolicyLearner } from "./learning/on-policy-learner.js";

/** Whose networks are a policy and its critics. */
const TEACHERS: readonly Algorithm[] = ["behaviour-cloning", "PPO", "PPO-Lagrangian", "A2C"];

/**
 * Gives a learner that has not begun the policy, the critics and the running means of a checkpoint; its optimizer starts anew. Critics are worth keeping
 * only where `gamma` and `rewardScale` are the checkpoint's, and rewards are not normalized.
 *
 * @param env - The learner's.
 * @param folder - Of the checkpoint: a clone's, or one of PPO, PPO-Lagrangian or A2C.
 * @throws CorruptCheckpointError, CheckpointMismatchError for another environment or other networks, PolicyMismatchError where the learner cannot
 * @example
 * const ppo = new PPO(envs, { seed: 1, gamma: 0.9, normalizeRewards: false });
 * warmStart(ppo, envs, "out/clone");
 */
export function warmStart(learner: Learner, env: VectorEnv<unknown, unknown, object>, folder: string): void {
  const names = TEACHERS.slice(1).join(", ");
  if (!(learner instanceof OnPolicyLearner)) {
    throw new PolicyMismatchError(learner.algorithm, `a start of its own. A warm start is for ${names}`, folder);
  }
  const path = checkpointFile(folder);
  const { algorithm, env: known, policy, learner: state } = readCheckpoint(folder);
  if (!TEACHERS.includes(algorithm))
    throw new CheckpointMismatchError(path, `one of ${TEACHERS.join(", ")}`, algorithm);
  const describe = (id: string, observations: unknown, actions: unknown): string =>
    `${id} with actions ${actions} and observations ${observations}`;
  const wanted = describe(env.spec?.id ?? known.id, env.singleObservationSpace, env.singleActionSpace);
  const got = describe(known.id, known.observationSpace, known.actionSpace);
  if (wanted !== got) throw new CheckpointMismatchError(path, wanted, got);
  const mine = learner.policy();
  const shapes = [mine, policy].map(({ network, moments }) => shapeOf(network, moments !== null)) as [string, string];
  if (shapes[0] !== shapes[1]) throw new CheckpointMismatchError(path, ...shapes);
  const { networks } = state as { readonly networks: readonly NetworkState[] };
  learner.startFrom({ weights: networks.map(({ weights }) => weights), moments: policy.moments });
}

function shapeOf({ inputs, layers }: NetworkSpec, isNormalized: boolean): string {
  const widths = [inputs, ...layers.map(({ units }) => units)].join("×");
  return `networks of ${widths} units and ${isNormalized ? "normalized" : "plain"} observations`;
}
