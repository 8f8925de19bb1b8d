/** A bump in the rate: straight up, level, straight down. @module */
import { KNOT_SECONDS } from "./workload.js";

/** A bump with its times in seconds from the start of the episode's day. */
export interface Bump {
  /** When the rate begins to rise. */
  readonly startSeconds: number;
  /** From the beginning of the rise to the end of the fall; at least twice the edge. */
  readonly lengthSeconds: number;
  /** Length of the rise and of the fall, above 0. */
  readonly edgeSeconds: number;
  /** Share of the reference rate added at its top. */
  readonly height: number;
}

/**
 * Adds a bump to the knots that it reaches.
 *
 * @param shares - Changed in place; entry k belongs to knot `firstKnot + k`.
 * @param factor - Multiplies the height.
 */
export function addBump(shares: Float32Array, firstKnot: number, bump: Bump, factor = 1): void {
  const { startSeconds, lengthSeconds, edgeSeconds, height } = bump;
  const from = Math.max(0, Math.ceil(startSeconds / KNOT_SECONDS) - firstKnot);
  const to = Math.min(shares.length - 1, Math.floor((startSeconds + lengthSeconds) / KNOT_SECONDS) - firstKnot);
  for (let k = from; k <= to; k++) {
    const since = (firstKnot + k) * KNOT_SECONDS - startSeconds;
    const edge = Math.min(since, lengthSeconds - since) / edgeSeconds;
    shares[k] = shares[k]! + factor * height * Math.min(edge, 1);
  }
}
