/** Measurements of a step, made by hand. @module */
import type { StepMeasurement } from "../../src/reward/reward-term.js";

/** A step of 60 seconds in which nothing came, but for what is given. */
export function step(given: Partial<StepMeasurement> = {}): StepMeasurement {
  return {
    seconds: 60,
    arrivals: 0,
    answered: 0,
    failed: 0,
    costUsd: 0,
    final: false,
    requestsBeyond: () => given.failed ?? 0,
    latencyQuantileSeconds: () => Number.NaN,
    ...given,
  };
}

/** The memory of a term that has none. */
export const noMemory: Float64Array = new Float64Array(0);
