/** Poisson draws: by multiplication below a mean of 10, by transformed rejection above, as NumPy makes them. @module */
import { exp, log } from "../elementary.js";
import type { PCG64 } from "./pcg64.js";

/** A count from the Poisson distribution with mean `lam`, which is 0 or above. */
export function poisson(bits: PCG64, lam: number): number {
  if (lam >= 10) return poissonByRejection(bits, lam);
  return lam === 0 ? 0 : poissonByMultiplication(bits, lam);
}

/** Counts uniform numbers until their product falls to e^-lam. */
function poissonByMultiplication(bits: PCG64, lam: number): number {
  const limit = exp(-lam);
  let count = 0;
  for (let product = bits.nextDouble(); product > limit; product *= bits.nextDouble()) count++;
  return count;
}

/** @see W. Hörmann, "The transformed rejection method for generating Poisson random variables" (1993), algorithm PTRS */
function poissonByRejection(bits: PCG64, lam: number): number {
  const root = Math.sqrt(lam);
  const logLam = log(lam);
  const b = 0.931 + 2.53 * root;
  const a = -0.059 + 0.02483 * b;
  const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
  const squeeze = 0.9277 - 3.6224 / (b - 2);
  for (;;) {
    const u = bits.nextDouble() - 0.5;
    const v = bits.nextDouble();
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + lam + 0.43);
    if (us >= 0.07 && v <= squeeze) return k;
    if (k < 0 || (us < 0.013 && v > us)) continue;
    const bound = -lam + k * logLam - logGamma(k + 1);
    if (log(v) + log(inverseAlpha) - log(a / (us * us) + b) <= bound) return k;
  }
}

/** B(2k) / (2k (2k - 1)) for k = 1…10, of Stirling's series. */
const STIRLING = [
  1 / 12,
  -1 / 360,
  1 / 1260,
  -1 / 1680,
  5 / 5940,
  -691 / 360360,
  1 / 156,
  -3617 / 122400,
  43867 / 244188,
  -1.3924322169059,
];
const HALF_LOG_TWO_PI = 0.9189385332046727;

/** ln Γ(x) for x from 1, by Stirling's series at 7 or above and the recurrence below. */
function logGamma(x: number): number {
  if (x === 1 || x === 2) return 0;
  const shift = x < 7 ? Math.trunc(7 - x) : 0;
  let top = x + shift;
  const inverseSquare = (1 / top) * (1 / top);
  let series = STIRLING[9]!;
  for (let k = 8; k >= 0; k--) series = series * inverseSquare + STIRLING[k]!;
  let value = series / top + HALF_LOG_TWO_PI + (top - 0.5) * log(top) - top;
  for (let k = 0; k < shift; k++) value -= log(--top);
  return value;
}
