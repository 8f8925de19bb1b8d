/** The contract of simulators: a queueing model of a graph, over many environments at once, in virtual time. @module */
import type { RateSeries } from "../loadgen/workload.js";
import type { SeriesSchema } from "../metrics/series.js";
import type { DesiredState, SimulatorModel } from "./model.js";
import type { Rows } from "./rows.js";

/** What starts an episode. */
export interface SimulatorEpisode {
  /** The seed of every stream of this episode: arrivals, boot times, crashes. 64 bits. */
  readonly seed: bigint;
  /** The arrival rates, known beforehand. */
  readonly series: RateSeries;
  /** What is already running, and billed for long, when the episode starts. */
  readonly state: DesiredState;
}

/** A copy of one environment's state: plain typed arrays. */
export interface SimulatorState {
  readonly floats: Float64Array;
  readonly integers: Int32Array;
  /** Which series were there. */
  readonly present: Uint8Array;
  /** Requests under way, where every request is simulated; empty otherwise. */
  readonly pending: readonly (Float64Array | Int32Array)[];
  readonly episode: SimulatorEpisode;
  readonly desired: DesiredState;
}

/**
 * N independent copies of one modelled service. Metric values are columns of one matrix, so that a scrape is a copy.
 * Time moves in ticks of `model.tickSeconds`.
 */
export interface Simulator {
  readonly model: SimulatorModel;
  readonly numEnvs: number;
  /** The series shown, one row each. */
  readonly schema: SeriesSchema;
  /** Where the rows are. */
  readonly rows: Rows;
  /** Present values: float64 of shape [schema.length, stride]; column e belongs to environment e. Written by `advance` and `collect`. */
  readonly current: Float64Array;
  /** Whether a series is there: uint8, same shape as `current`. */
  readonly present: Uint8Array;
  /** Row length of `current` and `present`, at least `numEnvs`. */
  readonly stride: number;
  /** Names the rows somebody reads; the others need not be brought up to date. Without it, all are. */
  demand(rows: Int32Array): void;
  /** Starts an episode in one environment. */
  reset(env: number, episode: SimulatorEpisode): void;
  /** Sets what one environment shall become; takes effect when the running change is done. Returns at once. */
  desire(env: number, state: DesiredState): void;
  /** Moves environments `first` to `end - 1` on by some ticks; those with `skip[env]` other than 0 stand still. */
  advance(first: number, end: number, ticks: number, skip?: Uint8Array): void;
  /** Brings gauges and per-resource counters in `current` up to date; to be called before a scrape. */
  collect(first: number, end: number): void;
  /** Model time: seconds since 1970-01-01 UTC. */
  timeOf(env: number): number;
  /** What is not yet as desired: creating, booting, draining or resizing, by tier. */
  pendingOf(env: number, tier: number): number;
  /** The size a tier has now; while it is being changed, the old one. */
  sizeOf(env: number, tier: number): string;
  /** By environment, 1 where a change was still being applied when its gauges were brought up to date last. */
  readonly applying: Uint8Array;
  /** Whether a change is still being applied. */
  isApplying(env: number): boolean;
  /** Requests accepted at the entry and not yet answered. */
  backlogOf(env: number): number;
  /** The whole state of one environment, as plain data. */
  snapshot(env: number): SimulatorState;
  /** Puts a state back; time goes on from it byte for byte. @throws SnapshotMismatchError */
  restore(env: number, state: SimulatorState): void;
}
