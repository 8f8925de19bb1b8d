/** Exponential, logarithm and power to the bits that Prometheus's Go runtime gives on x86-64. @module */

const LN2_UPPER = 0.693147180559663;
const LN2_LOWER = 2.8235290563031577e-13;
/** Taylor's coefficients of exp, 1/8! down to 1/2! and 1. */
const TAYLOR: readonly number[] = [
  0.0001984126984126984, 0.001388888888888889, 0.008333333333333333, 0.041666666666666664, 0.16666666666666666, 0.5, 1,
];

/**
 * e^x: a Taylor series of a sixteenth of the reduced argument, squared back four times, with fused multiplications.
 * @see N. Shibata, "Efficient evaluation methods of elementary functions suitable for SIMD computation" (2010)
 */
export function exp(x: number): number {
  if (Number.isNaN(x) || x === Number.POSITIVE_INFINITY) return x;
  if (x > 709.782712893384) return Number.POSITIVE_INFINITY;
  if (x < -746) return 0;
  const exponent = roundToEven(x * Math.LOG2E);
  const reduced = fma(-exponent, LN2_LOWER, fma(-exponent, LN2_UPPER, x)) * 0.0625;
  let y = 2.48015873015873e-5;
  for (const coefficient of TAYLOR) y = fma(reduced, y, coefficient);
  y *= reduced;
  for (let k = 0; k < 3; k++) y *= y + 2;
  y = fma(y + 2, y, 1);
  if (exponent <= -1023) return 0;
  return exponent > 1023 ? y * 2 ** 1023 * 2 : y * 2 ** exponent;
}

function roundToEven(x: number): number {
  const rounded = Math.round(x);
  return rounded - x === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}

/** a·b + c, rounded once: the product's error is found by splitting, the sum's by two-sum. */
function fma(a: number, b: number, c: number): number {
  const product = a * b;
  const [aHigh, bHigh] = [upperHalf(a), upperHalf(b)];
  const [aLow, bLow] = [a - aHigh, b - bHigh];
  const productRest = aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
  const sum = product + c;
  const part = sum - product;
  const sumRest = product - (sum - part) + (c - part);
  return sum + (sumRest + productRest);
}

function upperHalf(x: number): number {
  const scaled = x * 134_217_729;
  return scaled - (scaled - x);
}

/** Splits x into a fraction from 0.5 up to 1 and a power of two. */
export function splitPower(x: number): readonly [fraction: number, exponent: number] {
  if (x === 0 || !Number.isFinite(x)) return [x, 0];
  let exponent = Math.max(-1023, Math.floor(Math.log2(Math.abs(x))) + 1);
  let fraction = x * 2 ** -Math.trunc(exponent / 2) * 2 ** -(exponent - Math.trunc(exponent / 2));
  while (Math.abs(fraction) >= 1) [fraction, exponent] = [fraction / 2, exponent + 1];
  while (Math.abs(fraction) < 0.5) [fraction, exponent] = [fraction * 2, exponent - 1];
  return [fraction, exponent];
}

/** ln x, by the method of FreeBSD's e_log.c. */
export function log(x: number): number {
  if (Number.isNaN(x) || x === Number.POSITIVE_INFINITY) return x;
  if (x < 0) return Number.NaN;
  if (x === 0) return Number.NEGATIVE_INFINITY;
  let [fraction, exponent] = splitPower(x);
  if (fraction < Math.SQRT1_2) [fraction, exponent] = [fraction * 2, exponent - 1];
  const f = fraction - 1;
  const s = f / (2 + f);
  const s2 = s * s;
  const s4 = s2 * s2;
  const odd =
    s2 * (0.6666666666666735 + s4 * (0.2857142874366239 + s4 * (0.1818357216161805 + s4 * 0.14798198605116586)));
  const even = s4 * (0.3999999999940942 + s4 * (0.22222198432149784 + s4 * 0.15313837699209373));
  const half = 0.5 * f * f;
  const low = exponent * 1.9082149292705877e-10;
  return exponent * 0.6931471803691238 - (half - (s * (half + (odd + even)) + low) - f);
}

/** log2 x; exact for powers of two. */
export function log2(x: number): number {
  if (!(x > 0) || x === Number.POSITIVE_INFINITY) return log(x);
  const [fraction, exponent] = splitPower(x);
  return fraction === 0.5 ? exponent - 1 : exponent + log(fraction) * Math.LOG2E;
}

/** log10 x, by way of ln. */
export function log10(x: number): number {
  return log(x) * Math.LOG10E;
}

/** base^exponent: whole powers are multiplied out, the fraction of the exponent goes through exp and log. */
export function pow(base: number, exponent: number): number {
  const size = Math.abs(exponent);
  if (exponent === 0 || base === 1) return 1;
  if (exponent === 1) return base;
  if (Number.isNaN(base) || Number.isNaN(exponent)) return Number.NaN;
  if (base === 0 || !Number.isFinite(base)) return base ** exponent;
  if (size === Number.POSITIVE_INFINITY || size >= 2 ** 63) return hugePower(base, exponent);
  if (exponent === 0.5) return Math.sqrt(base);
  if (exponent === -0.5) return 1 / Math.sqrt(base);
  let whole = Math.trunc(size);
  let fraction = size - whole;
  if (fraction !== 0 && base < 0) return Number.NaN;
  let result = 1;
  if (fraction !== 0) {
    if (fraction > 0.5) [fraction, whole] = [fraction - 1, whole + 1];
    result = exp(fraction * log(base));
  }
  let scale = 0;
  let [square, squareScale] = splitPower(base);
  for (; whole !== 0; whole = Math.floor(whole / 2)) {
    if (Math.abs(squareScale) > 4096) {
      scale += squareScale;
      break;
    }
    if (whole % 2 === 1) [result, scale] = [result * square, scale + squareScale];
    square *= square;
    squareScale *= 2;
    if (square < 0.5) [square, squareScale] = [square * 2, squareScale - 1];
  }
  return exponent < 0 ? scaled(1 / result, -scale) : scaled(result, scale);
}

function hugePower(base: number, exponent: number): number {
  const size = Math.abs(base);
  if (size === 1) return 1;
  return size < 1 === exponent > 0 ? 0 : Number.POSITIVE_INFINITY;
}

/** x · 2^exponent, rounded once. */
function scaled(x: number, exponent: number): number {
  const [fraction, own] = splitPower(x);
  const total = Math.max(-1100, Math.min(1100, exponent + own));
  if (total > 1000) return fraction * 2 ** 1000 * 2 ** (total - 1000);
  if (total < -1000) return fraction * 2 ** (total + 100) * 2 ** -100;
  return fraction * 2 ** total;
}
