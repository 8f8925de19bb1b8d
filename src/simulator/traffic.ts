/** What happens to the requests of a simulator, where they are not the kernel's. @module */
import type { StateLayout } from "./layout.js";
import type { SimulatorModel } from "./model.js";
import type { Rows } from "./rows.js";
import type { SimulatorEpisode } from "./simulator.js";

/** The arrays that a traffic shares with its simulator. */
export interface SharedArrays {
  readonly model: SimulatorModel;
  readonly rows: Rows;
  readonly layout: StateLayout;
  /** State of all environments, as {@link layoutState} lays it out. */
  readonly ints: Int32Array;
  readonly floats: Float64Array;
  /** The metric matrix: shape [rows, stride]. */
  readonly current: Float64Array;
  readonly present: Uint8Array;
  readonly stride: number;
  readonly numEnvs: number;
}

/** Moves requests through the tiers. One environment is taken up at a time: `begin`, ticks, `end`. */
export interface Traffic {
  /** Starts an episode without requests. @param elapsed - Time since the episode's start, below 0: see `refresh`. Unit: seconds. */
  reset(env: number, episode: SimulatorEpisode, elapsed: number): void;
  /** Takes up an environment. */
  begin(env: number): void;
  /** Takes up what the lifecycle has changed. @param elapsed - Time since the episode's start. Unit: seconds. */
  refresh(elapsed: number): void;
  /**
   * Ticks `from` to `to - 1` of the arrays, between which nothing but requests happens.
   *
   * @param counts - Requests that came, by tick: whole numbers.
   * @param rates - Their mean rates. Unit: requests per second.
   * @param firstTick - Number in the episode of the arrays' first tick.
   */
  run(counts: Float64Array, rates: Float64Array, from: number, to: number, firstTick: number): void;
  /** Adds to the metric matrix what was gathered since `begin`. */
  end(): void;
  /** Requests accepted at the entry and not yet answered. */
  backlogOf(env: number): number;
  /** Requests of a tier that wait for a slot. */
  waitingOf(env: number, tier: number): number;
  /** Requests of a tier, waiting or in work. */
  inFlightOf(env: number, tier: number): number;
  /** Share of a ready replica's slots at work since this was asked last. @param seconds - The time since then, above 0. */
  takeUtilization(env: number, tier: number, slot: number, seconds: number): number;
  /** Requests on a ready replica, waiting or in work. */
  onReplica(env: number, tier: number, slot: number): number;
  /** What the simulator's own arrays do not hold, copied. */
  snapshot(env: number): readonly (Float64Array | Int32Array)[];
  /** Takes back what `snapshot` gave. @returns Whether it fits. */
  restore(env: number, pending: readonly (Float64Array | Int32Array)[], episode: SimulatorEpisode): boolean;
}
