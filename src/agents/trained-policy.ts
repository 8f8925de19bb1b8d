/** Policy: a trained agent. @module */
import { existsSync } from "node:fs";
import { CheckpointMismatchError } from "../errors.js";
import { denseEngine, type Network } from "../networks/index.js";
import { type CheckpointEnv, checkpointFile, readCheckpoint } from "./checkpoint.js";
import type { PolicyWeights } from "./learner.js";
import { ActionBatch } from "./learning/action-batch.js";
import type { ActionChooser } from "./learning/action-head.js";
import { makeActionChooser } from "./learning/make-action-head.js";
import { writeMask } from "./learning/read-masks.js";
import { RunningMoments } from "./learning/running-moments.js";
import type { Policy, PolicyInfo, PolicySpec } from "./policy.js";

/** Options of {@link TrainedPolicy}. */
export interface TrainedPolicyOptions {
  /** What results call it. @defaultValue "trained" */
  readonly name?: string;
  readonly weights: PolicyWeights;
  /** What it was trained in; without it, it binds to any environment of fitting sizes. */
  readonly env?: CheckpointEnv;
  /** Where it was read from, for messages. */
  readonly path?: string;
}

/** Takes the likeliest action that the mask allows: what learners have learnt, without their randomness. */
export class TrainedPolicy implements Policy {
  readonly name: string;
  readonly kind = "trained" as const;
  /** What it was trained in. */
  readonly env: CheckpointEnv | null;
  readonly #weights: PolicyWeights;
  readonly #path: string;
  readonly #network: Network;
  readonly #moments: RunningMoments | null;
  readonly #input: Float32Array;
  #batch: ActionBatch | undefined;
  #head: ActionChooser | undefined;
  #masks = new Uint8Array(0);
  #action = new Float32Array(0);

  /** @throws InvalidOptionError where the weights do not fit the network */
  constructor({ name = "trained", weights, env, path = name }: TrainedPolicyOptions) {
    this.name = name;
    this.env = env ?? null;
    this.#path = path;
    this.#weights = weights;
    this.#network = denseEngine().create(weights.network, weights.weights);
    this.#moments = weights.moments === null ? null : new RunningMoments(this.#network.inputs);
    if (this.#moments !== null && weights.moments !== null) this.#moments.state = weights.moments;
    this.#input = new Float32Array(this.#network.inputs);
  }

  /** @throws CheckpointMismatchError, PolicyMismatchError */
  bind(spec: PolicySpec): void {
    this.#checkEnv(spec);
    this.#batch = new ActionBatch(spec.actionSpace, this.name);
    const head = makeActionChooser(this.#batch, this.#weights.head);
    const { inputs, outputs } = this.#network;
    const size = spec.observationSpace.shape?.reduce((product, axis) => product * axis, 1) ?? 0;
    if (head === null || size !== inputs || head.outputs !== outputs) {
      const wanted = `${spec.id} with ${size} observations and actions ${spec.actionSpace}`;
      const got = `a ${this.#weights.head} policy with ${inputs} observations and ${outputs} outputs`;
      throw new CheckpointMismatchError(this.#path, wanted, got);
    }
    this.#head = head;
    this.#masks = new Uint8Array(head.maskSize);
    this.#action = new Float32Array(head.actionSize);
  }

  reset(): void {}

  act(observation: unknown, { actionMask }: PolicyInfo): unknown {
    const input = this.#input;
    if (this.#moments === null) input.set(observation as Float32Array);
    else this.#moments.normalize(observation as Float32Array, 1, input);
    const outputs = this.#network.forward(input, 1);
    this.#masks.fill(1);
    writeMask(actionMask, this.#masks, 0, this.#masks.length);
    this.#head!.best(outputs, 0, this.#masks, this.#action);
    return this.#batch!.single(this.#action, 0);
  }

  #checkEnv({ id, observationSpace, actionSpace }: PolicySpec): void {
    if (this.env === null) return;
    const { env } = this;
    if (env.id !== id) throw new CheckpointMismatchError(this.#path, id, env.id);
    if (env.actionSpace !== String(actionSpace)) {
      throw new CheckpointMismatchError(
        this.#path,
        `${id} with actions ${actionSpace}`,
        `${id} with ${env.actionSpace}`,
      );
    }
    if (env.observationSpace !== String(observationSpace)) {
      const other = `${id} with observations ${env.observationSpace}`;
      throw new CheckpointMismatchError(this.#path, `${id} with observations ${observationSpace}`, other);
    }
  }
}

/** Whether a name is the folder of a trained agent. */
export function isTrainedPolicy(name: string): boolean {
  return existsSync(checkpointFile(name));
}

/** The agent that a checkpoint's folder holds; its name is the folder's. @throws CorruptCheckpointError, CheckpointMismatchError */
export function loadTrainedPolicy(folder: string): TrainedPolicy {
  const { policy, env } = readCheckpoint(folder);
  return new TrainedPolicy({ name: folder, weights: policy, env, path: checkpointFile(folder) });
}
