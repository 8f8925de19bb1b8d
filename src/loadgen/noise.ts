/** Multiplicative noise: a first-order autoregression whose every window can be computed by itself. @module */
import { exp } from "../elementary.js";
import { type StreamKey, wordAt } from "../simulator/stream.js";
import { KNOT_SECONDS } from "./workload.js";

/** Time in which the correlation falls to 1/e. Unit: seconds. */
const CORRELATION_SECONDS = 300;
/** The recursion restarts at every block's start … */
const BLOCK_KNOTS = 512;
/** … this many knots before it, when what went before weighs less than 1e-5. */
const BURN_IN_KNOTS = 120;

/**
 * Multiplies shares by 1 + σ·x, where x is an autoregressive process of unit variance and 5 minutes' correlation time.
 *
 * Each knot's value depends on its number and the key alone. Innovations are sums of two uniform numbers.
 *
 * @param shares - Changed in place; entry k belongs to knot `firstKnot + k`.
 * @param noise - σ, a ratio. The factor never falls below a quarter.
 */
export function applyNoise(shares: Float32Array, firstKnot: number, key: StreamKey, noise: number): void {
  if (noise === 0) return;
  const [high, low] = key;
  const decay = exp(-KNOT_SECONDS / CORRELATION_SECONDS);
  // Two uniform halves of a word, each of variance 2^32/12, make an innovation of variance 1 − decay².
  const size = Math.sqrt((1 - decay * decay) * 6) / 65_536;
  const last = firstKnot + shares.length;
  for (let block = firstKnot - (firstKnot % BLOCK_KNOTS); block < last; block += BLOCK_KNOTS) {
    const end = Math.min(block + BLOCK_KNOTS, last);
    let x = 0;
    for (let knot = block - BURN_IN_KNOTS; knot < end; knot++) {
      const word = wordAt(high, low, knot);
      x = decay * x + size * ((word & 0xffff) + (word >>> 16) - 65_535);
      if (knot >= firstKnot && knot >= block) {
        const factor = 1 + noise * x;
        shares[knot - firstKnot] = shares[knot - firstKnot]! * Math.max(factor, 0.25);
      }
    }
  }
}
