/** Geometric draws: by search for likely successes, by inversion for rare ones, as NumPy makes them. @module */
import { log1p } from "../elementary.js";
import { standardExponential } from "./exponential.js";
import type { PCG64 } from "./pcg64.js";

/** The number of trials up to and including the first success, which has the chance `p` in (0, 1] at each. */
export function geometric(bits: PCG64, p: number): number {
  return p >= 1 / 3 ? geometricBySearch(bits, p) : Math.ceil(-standardExponential(bits) / log1p(-p));
}

function geometricBySearch(bits: PCG64, p: number): number {
  const u = bits.nextDouble();
  let trials = 1;
  let chance = p;
  for (let sum = p; u > sum; sum += chance) {
    chance *= 1 - p;
    trials++;
  }
  return trials;
}
