/** The learner contract: what trains an agent, whichever algorithm it is. @module */
import type { NetworkSpec } from "../networks/index.js";
import type { ActionHeadKind } from "./learning/action-head.js";
import type { FinishedEpisode } from "./learning/env-stream.js";
import type { MomentsState } from "./learning/running-moments.js";

/** Names of the algorithms. */
export type Algorithm = "PPO" | "PPO-Lagrangian" | "A2C" | "DQN" | "SAC" | "CEM" | "behaviour-cloning";

/** Figures of one update, named as in CleanRL, such as `losses/value_loss`. */
export type Metrics = Readonly<Record<string, number>>;

/** What one update did. */
export interface UpdateResult {
  readonly metrics: Metrics;
  /** The episodes that ended meanwhile. */
  readonly episodes: readonly FinishedEpisode[];
}

/** Everything that acting needs: a network, how it sees observations, and what its outputs mean. Plain data. */
export interface PolicyWeights {
  readonly network: NetworkSpec;
  /** Kernel and bias of each layer. */
  readonly weights: readonly Float32Array[];
  readonly head: ActionHeadKind;
  /** Null where observations are taken as they are. */
  readonly moments: MomentsState | null;
}

/** An algorithm at work on a vector environment. It never closes the environment. */
export interface Learner {
  readonly algorithm: Algorithm;
  /** Its options with all defaults filled in; numbers, booleans and lists of numbers. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Environment steps so far. */
  readonly globalStep: number;
  /** Steps of one update. */
  readonly stepsPerUpdate: number;
  /**
   * Collects experience and learns from it.
   *
   * @param progress - How much of the training is done, from 0 to 1: what is annealed follows it.
   * @throws TrainingDivergedError when a loss or a gradient is no number; the weights are those before it
   */
  update(progress: number): Promise<UpdateResult>;
  /** What acts now; the caller owns it. */
  policy(): PolicyWeights;
  /** Everything remembered, environments included: plain data. @throws what an environment's `snapshot` throws */
  state(): Promise<unknown>;
  /** Goes back to a state, byte for byte; the environment must be of the same kind. @throws SnapshotMismatchError */
  restore(state: unknown): Promise<void>;
}
