/** A step's measurements over a latency histogram: what backends fill in and terms read. @module */
import { InvalidOptionError } from "../errors.js";
import { LATENCY_BUCKETS } from "../metrics/latency-buckets.js";
import { clientLatencyQuantile } from "./client-latency.js";
import type { StepMeasurement } from "./reward-term.js";

/**
 * Measurements of one step, to be filled in anew for each: one object serves all steps of all environments.
 *
 * @example
 * const step = new HistogramMeasurement();
 * Object.assign(step, { seconds: 60, arrivals: 1000, failed: 10, costUsd: 0.002, final: false });
 * step.counts.set(answersWithinEachBound);
 * step.requestsBeyond(0.25);
 */
export class HistogramMeasurement implements StepMeasurement {
  seconds = 0;
  arrivals = 0;
  failed = 0;
  costUsd = 0;
  final = false;
  /** Upper bounds of the buckets: `LATENCY_BUCKETS` and +Infinity. Unit: seconds. */
  readonly bounds: Float64Array;
  /** Answers of the step within each bound: cumulative, float64 of shape [bounds.length]; the last one is `answered`. */
  readonly counts: Float64Array;
  readonly #monotonic: Float64Array;
  #target = Number.NaN;
  #targetIndex = 0;

  constructor() {
    this.bounds = Float64Array.of(...LATENCY_BUCKETS, Number.POSITIVE_INFINITY);
    this.counts = new Float64Array(this.bounds.length);
    this.#monotonic = new Float64Array(this.bounds.length);
  }

  get answered(): number {
    return this.counts[this.counts.length - 1]!;
  }

  requestsBeyond(targetSeconds: number): number {
    if (targetSeconds !== this.#target) this.#lookUp(targetSeconds);
    return this.answered - this.counts[this.#targetIndex]! + this.failed;
  }

  latencyQuantileSeconds(quantile: number): number {
    this.#monotonic.set(this.counts);
    return clientLatencyQuantile(quantile, this.bounds, this.#monotonic, this.arrivals + this.failed);
  }

  #lookUp(targetSeconds: number): void {
    const index = this.bounds.indexOf(targetSeconds);
    if (index < 0 || targetSeconds === Number.POSITIVE_INFINITY) {
      const expected = `a bound of the latency histogram (${LATENCY_BUCKETS.join(", ")})`;
      throw new InvalidOptionError("targetSeconds", expected, targetSeconds);
    }
    this.#target = targetSeconds;
    this.#targetIndex = index;
  }
}
