/** The workload contract: a seeded function from time to arrival rate. @module */

/** Which part of the seeds and days an episode may use; the two never overlap. */
export type Split = "train" | "test";

/** What a workload is asked for: one episode, or a window of one. */
export interface EpisodeRequest {
  /** The episode's number: day `index` of the split. An integer from 0. The same request gives the same rates. */
  readonly index: number;
  /** The seed for everything random in the rates, drawn from the environment's own stream. 64 bits. */
  readonly seed: bigint;
  readonly split: Split;
  /** Offset of the window from the start of the day. Unit: seconds, a multiple of {@link KNOT_SECONDS}. */
  readonly offsetSeconds: number;
  /** Length of the window. Unit: seconds. */
  readonly durationSeconds: number;
  /** The rate the workload is scaled to. Unit: requests per second. */
  readonly referenceRate: number;
}

/** Distance between the knots of a rate series. Rates are linear in between. Unit: seconds. */
export const KNOT_SECONDS = 30;

/** The rates of one episode, known beforehand to the simulator and never to the policy. */
export interface RateSeries {
  /** Model time of the first knot: seconds since 1970-01-01 UTC, so that hour and weekday can be read off it. */
  readonly startSeconds: number;
  /** Arrival rate at knot k, float32, requests per second; linear in between. Covers the window and one knot more. */
  readonly rates: Float32Array;
  /**
   * Extra rate that has been announced for the time of knot k, requests per second; all zero where nothing is announced.
   * Reaches {@link ANNOUNCED_AHEAD_SECONDS} further than `rates`. What is announced is known that long before.
   */
  readonly announced: Float32Array;
}

/** How long ahead announcements are known. Unit: seconds. */
export const ANNOUNCED_AHEAD_SECONDS = 900;

/** Arrivals over time. Plain and frozen: `options` rebuild it. */
export interface Workload {
  /** The generator's name, such as `day`, or the trace's file name. */
  readonly name: string;
  /** What it was made with, as JSON. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Length of the longest episode. Unit: seconds. Infinity for generators. */
  readonly durationSeconds: number;
  /** The rates of one episode. Pure: the same request gives the same bytes, on every version of Node. */
  series(request: EpisodeRequest): RateSeries;
}
