/** The distribution function of gamma variables. @module */
import { exp, log } from "../elementary.js";

/**
 * The lower regularized incomplete gamma function P(a, x), by series below a + 1 and by continued fraction above.
 * @see Abramowitz and Stegun, "Handbook of Mathematical Functions", 6.5.29 and 6.5.31.
 */
export function regularizedGamma(a: number, x: number): number {
  if (x <= 0) return 0;
  const front = exp(a * log(x) - x - logGamma(a));
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let n = 1; n < 500 && term > sum * 1e-16; n++) {
      term *= x / (a + n);
      sum += term;
    }
    return front * sum;
  }
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let h = d;
  for (let n = 1; n < 500; n++) {
    const numerator = -n * (n - a);
    b += 2;
    d = 1 / (numerator * d + b);
    c = b + numerator / c;
    h *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return 1 - front * h;
}

/** log Γ(x) by Stirling's series after shifting the argument above 10. @see Abramowitz and Stegun 6.1.41. */
function logGamma(x: number): number {
  let shifted = x;
  let product = 1;
  while (shifted < 10) {
    product *= shifted;
    shifted += 1;
  }
  const inverse = 1 / shifted;
  const square = inverse * inverse;
  const series = inverse * (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square / 1680)));
  return (shifted - 0.5) * log(shifted) - shifted + 0.9189385332046727 + series - log(product);
}
