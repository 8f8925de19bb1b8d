/** Poisson counts by inversion: one uniform number, one count. @module */
import { exp } from "../elementary.js";
import { normalQuantile } from "./normal-quantile.js";

/** Up to this mean the distribution function is summed up; above it the expansion is accurate. */
const LARGEST_SUMMED = 8;

/**
 * The Poisson quantile: the smallest n with P(N ≤ n) ≥ u. It never falls as u rises.
 *
 * Exact for means up to 8. Above, the integer part of the expansion of the quantile in powers of mean^(-1/2): its
 * distribution function is off by less than 1e-4 at a mean of 8, 1e-5 at 20, and 1e-6 at 100.
 *
 * @param u - Uniform, from 0 to 1, both ends excluded.
 * @param mean - Mean of the distribution; 0 and below give 0.
 * @see M. B. Giles, "Algorithm 955: Approximation of the Inverse Poisson Cumulative Distribution Function", ACM TOMS 42
 * (2016), for the expansion with the normal quantile.
 */
export function poissonQuantile(u: number, mean: number): number {
  if (mean > LARGEST_SUMMED) return expanded(u, mean);
  if (!(mean > 0)) return 0;
  let term = exp(-mean);
  let sum = term;
  let n = 0;
  // Rounding may keep the sum below a u next to 1: the terms end the search.
  while (sum < u && term > 1e-20) {
    n++;
    term *= mean * (1 / n);
    sum += term;
  }
  return n;
}

function expanded(u: number, mean: number): number {
  const w = normalQuantile(u);
  const w2 = w * w;
  const root = Math.sqrt(mean);
  const inverse = 1 / root;
  const x =
    mean +
    root * w +
    (1 / 3 + w2 * (1 / 6)) +
    inverse * (w * (-1 / 36 - w2 * (1 / 72)) + inverse * (-8 / 405 + w2 * (7 / 810 + w2 * (1 / 270))));
  return x > 0 ? Math.floor(x) : 0;
}
