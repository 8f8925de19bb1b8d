/** Functions of numbers and operators on numbers: the tables of both the compiled and the general evaluation. @module */
import { exp, log, log2, log10, pow } from "./go-math/exponential.js";
import { acosh, asinh, atanh, cosh, sinh, tanh } from "./go-math/hyperbolic.js";
import { acos, asin, atan, atan2, cos, sin, tan } from "./go-math/trigonometry.js";

/** A function of a value and up to two parameters. */
export type MathFunction = (value: number, a: number, b: number) => number;

/** Rounds half up, to a multiple. The inverse is multiplied by, as Prometheus does. */
function round(value: number, to: number): number {
  const inverse = 1 / to;
  return Math.floor(value * inverse + 0.5) / inverse;
}

/** As Go has it: infinity is larger than NaN. */
function larger(a: number, b: number): number {
  return a === Number.POSITIVE_INFINITY || b === Number.POSITIVE_INFINITY ? Number.POSITIVE_INFINITY : Math.max(a, b);
}

/** As Go has it: -infinity is smaller than NaN. */
function smaller(a: number, b: number): number {
  return a === Number.NEGATIVE_INFINITY || b === Number.NEGATIVE_INFINITY ? Number.NEGATIVE_INFINITY : Math.min(a, b);
}

/** The sign as a number; 0 and NaN stay as they are. */
function sgn(value: number): number {
  return value < 0 ? -1 : value > 0 ? 1 : value;
}

/**
 * a % b. For whole numbers above 0 without the general algorithm, which is slow: the quotient is off by one at most, and its product is exact.
 */
function remainder(a: number, b: number): number {
  if (!(a > 0 && b >= 1 && a <= 2 ** 52 && b <= 2 ** 52) || Math.floor(a) !== a || Math.floor(b) !== b) return a % b;
  const rest = a - Math.floor(a / b) * b;
  return rest < 0 ? rest + b : rest;
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
  ["log10", log10],
  ["sgn", sgn],
  ["deg", (value) => (value * 180) / Math.PI],
  ["rad", (value) => (value * Math.PI) / 180],
  ["sin", sin],
  ["cos", cos],
  ["tan", tan],
  ["asin", asin],
  ["acos", acos],
  ["atan", atan],
  ["sinh", sinh],
  ["cosh", cosh],
  ["tanh", tanh],
  ["asinh", asinh],
  ["acosh", acosh],
  ["atanh", atanh],
  ["round", round],
  ["clamp", (value, low, high) => larger(low, smaller(high, value))],
  ["clamp_min", larger],
  ["clamp_max", smaller],
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
  ["%", remainder],
  ["^", pow],
  ["atan2", atan2],
]);
