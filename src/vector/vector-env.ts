/** The vector environment contract: many copies of one environment behind one `reset` and one `step`. @module */
import type { EnvSnapshot } from "../env.js";
import type { EnvSpec } from "../registration.js";
import type { Seed } from "../rng.js";
import type { Space } from "../spaces/space.js";

/** When an environment whose episode has ended is reset: with the next step, as in Gymnasium 1.x. */
export type AutoresetMode = "NextStep";

/** What `reset` of a {@link VectorEnv} takes. */
export interface VectorResetOptions {
  /** One seed s for all, so that environment i gets s + i, or one for each. */
  readonly seed?: Seed | readonly Seed[];
  readonly options?: Readonly<Record<string, unknown>>;
}

/** What `step` of a {@link VectorEnv} resolves to. The caller owns all arrays. */
export type VectorStepResult<Observations, Infos> = [
  observations: Observations,
  rewards: Float64Array,
  terminations: Uint8Array,
  truncations: Uint8Array,
  infos: Infos,
];

/** N environments in lockstep. */
export interface VectorEnv<
  Observations = unknown,
  Actions = unknown,
  Infos extends object = Readonly<Record<string, unknown>>,
> extends AsyncDisposable {
  readonly spec: EnvSpec | null;
  readonly numEnvs: number;
  readonly autoresetMode: AutoresetMode;
  /** Spaces of one environment. */
  readonly singleObservationSpace: Space<unknown>;
  readonly singleActionSpace: Space<unknown>;
  /** Spaces of the batch: first axis numEnvs. */
  readonly observationSpace: Space<Observations>;
  readonly actionSpace: Space<Actions>;
  reset(options?: VectorResetOptions): Promise<[observations: Observations, infos: Infos]>;
  /** @throws InvalidActionError, ResetNeededError, ClosedError */
  step(actions: Actions): Promise<VectorStepResult<Observations, Infos>>;
  close(): Promise<void>;
  /** The state of one environment. */
  snapshot(index: number): EnvSnapshot;
  /** Puts a state into one environment. @throws SnapshotMismatchError */
  restore(index: number, snapshot: EnvSnapshot): void;
}
