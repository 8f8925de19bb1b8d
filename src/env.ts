/** The environment contract: Gymnasium's `Env`, asynchronous and typed by its spaces. @module */
import type { EnvSpec } from "./registration.js";
import type { Generator, Seed } from "./rng.js";
import type { Space } from "./spaces/space.js";

/** What `info` is where nothing more is known: named values that are not part of the observation. */
export type Info = Readonly<Record<string, unknown>>;

/** What `reset` resolves to. */
export type ResetResult<Observation, I extends object = Info> = [observation: Observation, info: I];

/** What `step` resolves to. `terminated` and `truncated` are never merged; `reward` is in USD in this library's own environments. */
export type StepResult<Observation, I extends object = Info> = [
  observation: Observation,
  reward: number,
  terminated: boolean,
  truncated: boolean,
  info: I,
];

/** What `reset` takes. */
export interface ResetOptions {
  /** Restarts all randomness. Without it, the episode goes on from the generator's present state. */
  readonly seed?: Seed;
  /** The environment's own options, as its page lists them. */
  readonly options?: Readonly<Record<string, unknown>>;
}

/** How an environment can show itself: as lines of text, or as an SVG document. */
export type RenderMode = "ansi" | "svg";

/** Facts about an environment that do not change. */
export interface EnvMetadata {
  readonly renderModes: readonly RenderMode[];
}

/** A saved state, made by `snapshot`. Opaque, plain data that survives `structuredClone`. */
export interface EnvSnapshot {
  /** What the state belongs to; `restore` refuses another. */
  readonly of: string;
  readonly state: unknown;
}

/**
 * An environment: `reset` starts an episode, `step` moves it on.
 *
 * @typeParam Observation - Type of an observation; follows from `observationSpace`.
 * @typeParam Action - Type of an action; follows from `actionSpace`.
 * @typeParam I - Type of `info`.
 */
export interface Env<Observation = unknown, Action = unknown, I extends object = Info> extends AsyncDisposable {
  /** How it was made, or null where it was constructed by hand. */
  readonly spec: EnvSpec | null;
  readonly metadata: EnvMetadata;
  readonly observationSpace: Space<Observation>;
  readonly actionSpace: Space<Action>;
  readonly renderMode: RenderMode | null;
  /** The environment's generator, restarted by `reset({ seed })`. */
  readonly rng: Generator;
  /** The innermost environment: this one, where it is not wrapped. */
  readonly unwrapped: Env<unknown, unknown, object>;
  /** Starts an episode. The caller owns the observation. */
  reset(options?: ResetOptions): Promise<ResetResult<Observation, I>>;
  /**
   * Takes one action. The caller owns the observation.
   * @throws InvalidActionError, ResetNeededError, EpisodeEndedError, ClosedError
   */
  step(action: Action): Promise<StepResult<Observation, I>>;
  /** A picture of the present state in `renderMode`, or null without one. */
  render(): Promise<string | null>;
  /** Frees everything. Idempotent. */
  close(): Promise<void>;
  /** The whole state. @throws NotSupportedError where the clock is not virtual */
  snapshot(): EnvSnapshot;
  /** Puts a state back; the episode goes on byte for byte. @throws SnapshotMismatchError, NotSupportedError */
  restore(snapshot: EnvSnapshot): void;
}

/** The observation type of an environment. */
export type ObservationOf<E> = E extends Env<infer Observation, infer _Action, infer _Info> ? Observation : never;
/** The action type of an environment. */
export type ActionOf<E> = E extends Env<infer _Observation, infer Action, infer _Info> ? Action : never;
