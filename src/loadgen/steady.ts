/** Workload `steady`: one rate, with noise if wanted. @module */
import { generator } from "./generator.js";
import { applyNoise } from "./noise.js";
import { checkNoise, checkRange } from "./option-check.js";
import type { Workload } from "./workload.js";

/** Options of {@link steady}. */
export interface SteadyOptions {
  /** Share of the reference rate, from 0 to 1. @defaultValue 0.5 */
  readonly level?: number;
  /** Relative standard deviation of the noise, from 0 to 0.5. @defaultValue 0 */
  readonly noise?: number;
}

/**
 * A constant arrival rate.
 *
 * @throws InvalidOptionError
 * @example
 * steady({ level: 0.3 }).series({ index: 0, seed: 1n, split: "train", offsetSeconds: 0, durationSeconds: 60, referenceRate: 1000 }).rates;
 * // Float32Array [300, 300, 300]
 */
export function steady({ level = 0.5, noise = 0 }: SteadyOptions = {}): Workload {
  checkRange("level", level, 0, 1, "a share of the reference rate");
  checkNoise(noise);
  return generator("steady", { level, noise }, (episode, { rates }) => {
    rates.fill(level);
    applyNoise(rates, episode.firstKnot, episode.stream("noise"), noise);
  });
}
