/** The vector environment contract: many copies of one environment behind one `reset` and one `step`. @module */
import type { EnvSnapshot } from "../env.js";
import type { EnvSpec } from "../registration.js";
import type { Seed } from "../rng.js";
import type { Space } from "../spaces/space.js";

/**
 * When an environment whose episode has ended is reset.
 *
 * - `NextStep`: by the next `step`, which ignores its action and gives a reward of 0.
 * - `SameStep`: by the `step` that ended it; the last observation and info are in `infos.finalObs` and `infos.finalInfo`.
 * - `Disabled`: by the caller, with `reset({ options: { resetMask } })`.
 */
export type AutoresetMode = "NextStep" | "SameStep" | "Disabled";

/** All modes. */
export const AUTORESET_MODES: readonly AutoresetMode[] = ["NextStep", "SameStep", "Disabled"];

/** How a vector environment is built: one thread, worker threads, or the environment's own implementation of many. */
export type VectorizationMode = "sync" | "async" | "kernel";

/** What `reset` of a {@link VectorEnv} takes. */
export interface VectorResetOptions {
  /** One seed s for all, so that environment i gets s + i, or one for each; null leaves an environment's generator as it is. */
  readonly seed?: Seed | readonly (Seed | null)[];
  /**
   * The environments' own options, and `resetMask`: 1 for each environment to be reset, 0 for those that go on; uint8 or
   * booleans of length numEnvs. Without it all are reset.
   */
  readonly options?: Readonly<Record<string, unknown>>;
}

/**
 * Infos of a batch, as Gymnasium lays them out: under each key an array with one value per environment, and under `_key`
 * which environments gave one (1 or 0).
 *
 * Numbers are a Float64Array, booleans a Uint8Array, typed arrays of one length one long array, objects nested infos, and
 * anything else an array with null for those that gave none. In mode `SameStep`, `finalObs` is an array of observations or
 * null, and `finalInfo` nested infos. No array is ever written to again.
 */
export type VectorInfos = Readonly<Record<string, unknown>>;

/** What `step` of a {@link VectorEnv} resolves to. The caller owns all arrays. */
export type VectorStepResult<Observations, Infos> = [
  observations: Observations,
  rewards: Float64Array,
  terminations: Uint8Array,
  truncations: Uint8Array,
  infos: Infos,
];

/** N environments in lockstep. */
export interface VectorEnv<Observations = unknown, Actions = unknown, Infos extends object = VectorInfos>
  extends AsyncDisposable {
  readonly spec: EnvSpec | null;
  readonly numEnvs: number;
  readonly autoresetMode: AutoresetMode;
  /** Spaces of one environment. */
  readonly singleObservationSpace: Space<unknown>;
  readonly singleActionSpace: Space<unknown>;
  /** Spaces of the batch: first axis numEnvs. */
  readonly observationSpace: Space<Observations>;
  readonly actionSpace: Space<Actions>;
  /** Starts episodes: in all environments, or in those of `options.resetMask`; the observations are those of all. */
  reset(options?: VectorResetOptions): Promise<[observations: Observations, infos: Infos]>;
  /** @throws InvalidActionError, ResetNeededError, EpisodeEndedError (in mode `Disabled`), ClosedError */
  step(actions: Actions): Promise<VectorStepResult<Observations, Infos>>;
  /** Frees everything. Idempotent. */
  close(): Promise<void>;
  /** A picture of each environment, or null without a render mode. Where each is an environment of its own. */
  render?(): Promise<readonly string[] | null>;
  /**
   * Calls a method of each environment, or reads what is no method; it is looked for from the outermost wrapper inwards.
   * Where each is an environment of its own; with worker threads, arguments and results are plain data.
   * @throws InvalidOptionError when there is none of that name
   */
  call?(name: string, ...given: readonly unknown[]): Promise<readonly unknown[]>;
  /** An attribute of each environment. @throws InvalidOptionError when there is none of that name */
  getAttr?(name: string): Promise<readonly unknown[]>;
  /** Sets an attribute: one value for all, or a list of one for each. @throws InvalidOptionError when there is none of that name */
  setAttr?(name: string, values: unknown): Promise<void>;
  /** The state of one environment. */
  snapshot(index: number): EnvSnapshot | Promise<EnvSnapshot>;
  /** Puts a state into one environment. @throws SnapshotMismatchError */
  restore(index: number, snapshot: EnvSnapshot): void | Promise<void>;
}
