/** Measurements of steps, made by hand or at random. @module */
import fc from "fast-check";
import { HistogramMeasurement } from "../../src/reward/histogram-measurement.js";
import type { StepMeasurement } from "../../src/reward/reward-term.js";

/** What a step can be made of. */
export interface StepParts {
  readonly seconds?: number;
  readonly arrivals?: number;
  readonly failed?: number;
  readonly costUsd?: number;
  readonly final?: boolean;
  /** Response times, each of one answered request. Unit: seconds. */
  readonly latencies?: readonly number[];
  /** Answers at one latency: how many, and how late. */
  readonly answers?: readonly (readonly [count: number, seconds: number])[];
}

/** A step of 60 seconds in which nothing came, but for what is given. Requests that were answered or failed also arrived in it. */
export function step({
  seconds = 60,
  failed = 0,
  costUsd = 0,
  final = false,
  ...parts
}: StepParts = {}): StepMeasurement {
  const measurement = new HistogramMeasurement();
  const answers = [...(parts.answers ?? []), ...(parts.latencies ?? []).map((latency) => [1, latency] as const)];
  for (const [count, latency] of answers) {
    measurement.bounds.forEach((bound, k) => {
      if (latency <= bound) measurement.counts[k]! += count;
    });
  }
  const arrivals = parts.arrivals ?? measurement.answered + failed;
  return Object.assign(measurement, { seconds, arrivals, failed, costUsd, final });
}

/** Any step. */
export const anyStep: fc.Arbitrary<StepMeasurement> = fc
  .record({
    seconds: fc.constantFrom(30, 60, 120),
    failed: fc.nat(10_000),
    costUsd: fc.double({ min: 0, max: 10, noNaN: true }),
    final: fc.boolean(),
    answers: fc.array(fc.tuple(fc.nat(10_000), fc.double({ min: 0, max: 60, noNaN: true })), { maxLength: 5 }),
  })
  .map(step);

/** The memory of a term that has none. */
export const noMemory: Float64Array = new Float64Array(0);
