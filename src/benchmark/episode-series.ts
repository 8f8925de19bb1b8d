/** An episode over time, for pictures of it. @module */
import type { ObservedStep } from "./run-episode.js";

/** Curves of one episode; all arrays are equally long. */
export interface EpisodeSeries {
  /** Since the start of the episode, middle of each point. Unit: hours. */
  readonly hours: readonly number[];
  /** Requests per second. */
  readonly load: readonly number[];
  /** Ready replicas of all tiers. */
  readonly replicas: readonly number[];
  /** 95th percentile of the response time. Unit: seconds; NaN where nothing was answered. */
  readonly p95Seconds: readonly number[];
  /** Unit: USD per hour. */
  readonly costUsdPerHour: readonly number[];
}

/** The most points a curve keeps. */
export const MAX_POINTS = 400;

/** Takes down one episode's curves. */
export class EpisodeRecorder {
  readonly #stepSeconds: number;
  readonly #counts: readonly string[];
  readonly #load: number[] = [];
  readonly #replicas: number[] = [];
  readonly #p95Seconds: number[] = [];
  readonly #costUsdPerHour: number[] = [];

  /**
   * @param stepSeconds - Length of a step.
   * @param counts - The names of the controls that count replicas.
   */
  constructor(stepSeconds: number, counts: readonly string[]) {
    this.#stepSeconds = stepSeconds;
    this.#counts = counts;
  }

  /** Takes in one step. */
  add({ info }: ObservedStep): void {
    this.#load.push(info.slo.arrivals / this.#stepSeconds);
    this.#replicas.push(this.#counts.reduce((sum, name) => sum + info.controls[name]!.current, 0));
    this.#p95Seconds.push(info.slo.answered > 0 ? info.slo.p95Seconds : Number.NaN);
    this.#costUsdPerHour.push((info.costUsd / this.#stepSeconds) * 3600);
  }

  /** The curves, thinned to at most {@link MAX_POINTS} points. */
  series(): EpisodeSeries {
    const width = Math.max(1, Math.ceil(this.#load.length / MAX_POINTS));
    const hours = this.#load.map((_, step) => ((step + 0.5) * this.#stepSeconds) / 3600);
    return {
      hours: thin(hours, width),
      load: thin(this.#load, width),
      replicas: thin(this.#replicas, width),
      p95Seconds: thin(this.#p95Seconds, width),
      costUsdPerHour: thin(this.#costUsdPerHour, width),
    };
  }
}

/** Means of runs of `width` values; NaN values are left out of them. */
function thin(values: readonly number[], width: number): number[] {
  const points: number[] = [];
  for (let start = 0; start < values.length; start += width) {
    const run = values.slice(start, start + width).filter((value) => !Number.isNaN(value));
    points.push(run.reduce((sum, value) => sum + value, 0) / run.length);
  }
  return points;
}
