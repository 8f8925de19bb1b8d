/** The lines of a data set of episodes. @module */
import type { EnvSpec } from "../registration.js";
import type { Json } from "../spaces/space.js";

/** The first line of a data set: what made the episodes. */
export interface TrajectoryHeader {
  readonly format: "infra-gym.trajectories";
  readonly version: 1;
  /** What `make` takes to make the environment again, or null where it was made by hand. */
  readonly spec: EnvSpec | null;
  /** The spaces as they print themselves. */
  readonly observationSpace: string;
  readonly actionSpace: string;
}

/** Every other line: one episode. `reset` of the seed, then the actions, gives it again. */
export interface Trajectory {
  /** Counted from 0. */
  readonly episode: number;
  /** The last seed given to `reset`, or null where there was none; a string beyond 2^53. */
  readonly seed: number | string | null;
  /** How many episodes began since that seed, without one of their own: 0 where this one was seeded. */
  readonly resetsSinceSeed: number;
  /** The options given to `reset`. */
  readonly options: Readonly<Record<string, unknown>> | null;
  /** As `toJsonable` writes them: one more than there are steps. */
  readonly observations: Json;
  readonly actions: Json;
  readonly rewards: readonly number[];
  /** How it ended; both false where it was given up. */
  readonly terminated: boolean;
  readonly truncated: boolean;
}
