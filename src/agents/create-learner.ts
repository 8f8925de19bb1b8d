/** Learners by name, as the command line and checkpoints give them. @module */
import { CheckpointMismatchError, InvalidOptionError } from "../errors.js";
import { suggestion } from "../messages.js";
import type { NetworkFactory } from "../networks/index.js";
import type { VectorEnv } from "../vector/index.js";
import { A2C } from "./a2c.js";
import { BehaviourCloning } from "./behaviour-cloning.js";
import { CEM } from "./cem.js";
import { type Checkpoint, checkpointFile, readCheckpoint } from "./checkpoint.js";
import type { Demonstrations } from "./demonstrations.js";
import { DQN } from "./dqn.js";
import type { Algorithm, Learner } from "./learner.js";
import { PPO } from "./ppo.js";
import { PPOLagrangian } from "./ppo-lagrangian.js";
import { SAC } from "./sac.js";

/** Options of a learner, as its class takes them. */
export type LearnerOptions = Readonly<Record<string, unknown>>;

type Create = (env: VectorEnv<unknown, unknown, object>, options: LearnerOptions) => Learner;

const LEARNERS: ReadonlyMap<Algorithm, Create> = new Map<Algorithm, Create>([
  ["PPO", (env, options) => new PPO(env, options)],
  ["PPO-Lagrangian", (env, options) => new PPOLagrangian(env, options)],
  ["A2C", (env, options) => new A2C(env, options)],
  ["DQN", (env, options) => new DQN(env, options)],
  ["SAC", (env, options) => new SAC(env, options)],
  ["CEM", (env, { engine: _, ...options }) => new CEM(env, options)],
  ["behaviour-cloning", (env, options) => new BehaviourCloning(env, options)],
]);

/** The names of all algorithms. */
export function algorithmNames(): Algorithm[] {
  return [...LEARNERS.keys()];
}

/** An algorithm's name in its own spelling. @throws InvalidOptionError with the nearest one */
export function algorithmNamed(name: string): Algorithm {
  const found = algorithmNames().find((known) => known.toLowerCase() === name.toLowerCase());
  if (found !== undefined) return found;
  throw new InvalidOptionError("algorithm", `an algorithm. ${suggestion(name, algorithmNames())}`, name);
}

/**
 * A learner by its algorithm's name.
 *
 * @param name - Such as `PPO`; case does not matter.
 * @throws InvalidOptionError, PolicyMismatchError, NotSupportedError
 * @example
 * createLearner("PPO", envs, { seed: 1 });
 */
export function createLearner(
  name: string,
  env: VectorEnv<unknown, unknown, object>,
  options: LearnerOptions = {},
): Learner {
  return LEARNERS.get(algorithmNamed(name))!(env, options);
}

/**
 * The learner that a checkpoint's folder holds, ready to go on from where it was, byte for byte.
 *
 * @param env - Made as the one before: same id, options and number of environments.
 * @param more - What a checkpoint does not hold: what computes the networks (the dense engine unless told otherwise), and the demonstrations of a clone.
 * @throws CorruptCheckpointError, CheckpointMismatchError
 */
export async function resumeLearner(
  folder: string,
  env: VectorEnv<unknown, unknown, object>,
  more: { readonly engine?: NetworkFactory; readonly demonstrations?: Demonstrations } = {},
): Promise<{ readonly learner: Learner; readonly checkpoint: Checkpoint }> {
  const checkpoint = readCheckpoint(folder);
  checkEnv(checkpointFile(folder), checkpoint, env);
  const learner = createLearner(checkpoint.algorithm, env, { ...checkpoint.options, ...more });
  await learner.restore(checkpoint.learner);
  return { learner, checkpoint };
}

function checkEnv(path: string, { env }: Checkpoint, given: VectorEnv<unknown, unknown, object>): void {
  const id = given.spec?.id ?? env.id;
  if (id !== env.id) throw new CheckpointMismatchError(path, id, env.id);
  const describe = (actions: unknown, observations: unknown, count: number): string =>
    `${count} × ${id} with actions ${actions} and observations ${observations}`;
  const wanted = describe(given.singleActionSpace, given.singleObservationSpace, given.numEnvs);
  const got = describe(env.actionSpace, env.observationSpace, env.numEnvs);
  if (wanted !== got) throw new CheckpointMismatchError(path, wanted, got);
}
