/** Functions of numbers and operators on numbers: the tables of both the compiled and the general evaluation. @module */
import { cos, exp, log, pow, sin } from "../../elementary.js";

/** A function of a value and up to two parameters. */
export type MathFunction = (value: number, a: number, b: number) => number;

/** Go's math.Log2 splits off the power of two, so that powers of two are exact. */
function log2(value: number): number {
  if (!(value > 0) || value === Number.POSITIVE_INFINITY) return log(value);
  let exponent = Math.max(-1023, Math.floor(Math.log2(value)) + 1);
  let fraction = value * 2 ** -Math.trunc(exponent / 2) * 2 ** -(exponent - Math.trunc(exponent / 2));
  if (fraction >= 1) [fraction, exponent] = [fraction / 2, exponent + 1];
  if (fraction < 0.5) [fraction, exponent] = [fraction * 2, exponent - 1];
  return fraction === 0.5 ? exponent - 1 : exponent + log(fraction) * (1 / Math.LN2);
}

/** Rounds half up, to a multiple. The inverse is multiplied by, as Prometheus does. */
function round(value: number, to: number): number {
  const inverse = 1 / to;
  return Math.floor(value * inverse + 0.5) / inverse;
}

/** The sign as a number; 0 and NaN stay as they are. */
function sgn(value: number): number {
  return value < 0 ? -1 : value > 0 ? 1 : value;
}

/** Functions by name; where parameters are left out, `a` and `b` are the value itself, and 1 for `round`. */
export const MATH_FUNCTIONS: ReadonlyMap<string, MathFunction> = new Map<string, MathFunction>([
  ["abs", Math.abs],
  ["ceil", Math.ceil],
  ["floor", Math.floor],
  ["sqrt", Math.sqrt],
  ["exp", exp],
  ["ln", log],
  ["log2", log2],
  ["log10", (value) => log2(value) * (Math.LN2 / Math.LN10)],
  ["sgn", sgn],
  ["deg", (value) => (value * 180) / Math.PI],
  ["rad", (value) => (value * Math.PI) / 180],
  ["sin", sin],
  ["cos", cos],
  ["tan", Math.tan],
  ["asin", Math.asin],
  ["acos", Math.acos],
  ["atan", Math.atan],
  ["sinh", Math.sinh],
  ["cosh", Math.cosh],
  ["tanh", Math.tanh],
  ["asinh", Math.asinh],
  ["acosh", Math.acosh],
  ["atanh", Math.atanh],
  ["round", round],
  ["clamp", (value, low, high) => Math.max(low, Math.min(high, value))],
  ["clamp_min", (value, low) => Math.max(value, low)],
  ["clamp_max", (value, high) => Math.min(value, high)],
]);

/** An operator on two numbers. */
export type Operator = (a: number, b: number) => number;

/** Comparisons, which give 1 or 0. */
export const COMPARISONS: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ["==", (a, b) => (a === b ? 1 : 0)],
  ["!=", (a, b) => (a !== b ? 1 : 0)],
  [">", (a, b) => (a > b ? 1 : 0)],
  ["<", (a, b) => (a < b ? 1 : 0)],
  [">=", (a, b) => (a >= b ? 1 : 0)],
  ["<=", (a, b) => (a <= b ? 1 : 0)],
]);

/** Arithmetic. */
export const ARITHMETIC: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ["+", (a, b) => a + b],
  ["-", (a, b) => a - b],
  ["*", (a, b) => a * b],
  ["/", (a, b) => a / b],
  ["%", (a, b) => a % b],
  ["^", power],
  ["atan2", Math.atan2],
]);

/** IEEE's power: 1 to any power is 1, and infinite exponents look at the size of the base alone. */
function power(base: number, exponent: number): number {
  if (base === 1) return 1;
  if (exponent !== Number.POSITIVE_INFINITY && exponent !== Number.NEGATIVE_INFINITY) return pow(base, exponent);
  const size = Math.abs(base);
  if (size === 1) return 1;
  if (Number.isNaN(size)) return size;
  return size > 1 === exponent > 0 ? Number.POSITIVE_INFINITY : 0;
}
