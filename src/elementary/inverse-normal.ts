/** The quantile function of the standard normal distribution. @module */
import { log } from "./logarithm.js";

/**
 * The quantile of the standard normal distribution: the z with P(Z ≤ z) = u.
 *
 * @param u - A probability from 0 to 1, both ends excluded; 0 gives -Infinity, 1 gives Infinity, anything else NaN.
 * @returns The quantile, with a relative error of about 1e-15.
 * @see M. J. Wichura, "Algorithm AS 241: The Percentage Points of the Normal Distribution", Applied Statistics 37 (1988),
 * for the three rational approximations and their coefficients (PPND16).
 */
export function inverseNormal(u: number): number {
  const q = u - 0.5;
  if (q >= -0.425 && q <= 0.425) return q * central(0.180625 - q * q);
  if (!(u > 0 && u < 1)) return u === 0 ? Number.NEGATIVE_INFINITY : u === 1 ? Number.POSITIVE_INFINITY : Number.NaN;
  const r = Math.sqrt(-log(q < 0 ? u : 1 - u));
  const size = r <= 5 ? near(r - 1.6) : far(r - 5);
  return q < 0 ? -size : size;
}

function central(r: number): number {
  const r2 = r * r;
  const r4 = r2 * r2;
  const above =
    3.3871328727963665 +
    r * 133.14166789178438 +
    r2 * (1971.5909503065513 + r * 13731.69376550946) +
    r4 * (45921.95393154987 + r * 67265.7709270087 + r2 * (33430.57558358813 + r * 2509.0809287301227));
  const below =
    1 +
    r * 42.31333070160091 +
    r2 * (687.1870074920579 + r * 5394.196021424751) +
    r4 * (21213.794301586597 + r * 39307.89580009271 + r2 * (28729.085735721943 + r * 5226.495278852854));
  return above / below;
}

function near(r: number): number {
  const r2 = r * r;
  const r4 = r2 * r2;
  const above =
    1.4234371107496835 +
    r * 4.630337846156546 +
    r2 * (5.769497221460691 + r * 3.6478483247632045) +
    r4 * (1.2704582524523684 + r * 0.2417807251774506 + r2 * (0.022723844989269184 + r * 0.0007745450142783414));
  const below =
    1 +
    r * 2.053191626637759 +
    r2 * (1.6763848301838038 + r * 0.6897673349851) +
    r4 * (0.14810397642748008 + r * 0.015198666563616457 + r2 * (0.0005475938084995345 + r * 1.0507500716444169e-9));
  return above / below;
}

function far(r: number): number {
  const r2 = r * r;
  const r4 = r2 * r2;
  const above =
    6.657904643501103 +
    r * 5.463784911164114 +
    r2 * (1.7848265399172913 + r * 0.29656057182850487) +
    r4 * (0.026532189526576124 + r * 0.0012426609473880784 + r2 * (2.7115555687434876e-5 + r * 2.0103343992922881e-7));
  const below =
    1 +
    r * 0.599832206555888 +
    r2 * (0.1369298809227358 + r * 0.014875361290850615) +
    r4 * (0.0007868691311456133 + r * 1.8463183175100548e-5 + r2 * (1.421511758316446e-7 + r * 2.0442631033899397e-15));
  return above / below;
}
