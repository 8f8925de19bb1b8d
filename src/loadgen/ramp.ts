/** Workload `ramp`: up, hold, down, hold, again and again. @module */
import { uniformAt } from "../simulator/stream.js";
import { generator } from "./generator.js";
import { applyNoise } from "./noise.js";
import { checkNoise, checkOrder, checkRange } from "./option-check.js";
import { KNOT_SECONDS, type Workload } from "./workload.js";

/** Options of {@link ramp}. */
export interface RampOptions {
  /** Rate between two ramps. Unit: share of the reference rate, from 0 to 1. @defaultValue 0.1 */
  readonly low?: number;
  /** Rate at the top of the highest ramp. Unit: share of the reference rate, from `low` to 1. @defaultValue 0.8 */
  readonly high?: number;
  /** How long the rate rises, and falls. Unit: seconds, from 30 to 43200. @defaultValue 600 */
  readonly rampSeconds?: number;
  /** How long the rate stays at the top, and at the bottom. Unit: seconds, from 0 to 43200. @defaultValue 1200 */
  readonly holdSeconds?: number;
  /** Relative standard deviation of the noise, from 0 to 0.5. @defaultValue 0.02 */
  readonly noise?: number;
}

/**
 * Linear ramps. Where the first begins is drawn for each episode; each top is drawn between half and all of the way to `high`.
 *
 * Scale: the 99.5th percentile is about `high`, which is 0.8 of the reference rate by default.
 *
 * @throws InvalidOptionError
 */
export function ramp({
  low = 0.1,
  high = 0.8,
  rampSeconds = 600,
  holdSeconds = 1_200,
  noise = 0.02,
}: RampOptions = {}): Workload {
  checkOrder(low, high);
  checkRange("rampSeconds", rampSeconds, 30, 43_200, "a number of seconds");
  checkRange("holdSeconds", holdSeconds, 0, 43_200, "a number of seconds");
  checkNoise(noise);
  const cycleSeconds = 2 * (rampSeconds + holdSeconds);
  return generator("ramp", { low, high, rampSeconds, holdSeconds, noise }, (episode, { rates }) => {
    const [key0, key1] = episode.stream("ramps");
    const phase = uniformAt(key0, key1, -1) * cycleSeconds;
    let cycle = -1;
    let top = low;
    for (let k = 0; k < rates.length; k++) {
      const time = (episode.firstKnot + k) * KNOT_SECONDS + phase;
      const current = Math.floor(time / cycleSeconds);
      if (current !== cycle) {
        cycle = current;
        top = low + (high - low) * (0.5 + 0.5 * uniformAt(key0, key1, cycle));
      }
      rates[k] = low + (top - low) * heightAt(time - cycle * cycleSeconds, rampSeconds, holdSeconds);
    }
    applyNoise(rates, episode.firstKnot, episode.stream("noise"), noise);
  });
}

/** From 0 to 1: rise, hold, fall, hold. */
function heightAt(since: number, rampSeconds: number, holdSeconds: number): number {
  const falling = 2 * rampSeconds + holdSeconds - since;
  return Math.max(0, Math.min(1, since / rampSeconds, falling / rampSeconds));
}
