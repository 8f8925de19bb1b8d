/** Functions of numbers over columns. @module */
import { cos, exp, log, sin } from "../../elementary.js";
import type { Operation } from "./frame.js";
import type { ProgramBuilder } from "./program-builder.js";

type MathFunction = (value: number, a: number, b: number) => number;

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

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}

const FUNCTIONS: ReadonlyMap<string, MathFunction> = new Map<string, MathFunction>([
  ["abs", Math.abs],
  ["ceil", Math.ceil],
  ["floor", Math.floor],
  ["sqrt", Math.sqrt],
  ["exp", exp],
  ["ln", log],
  ["log2", log2],
  ["log10", (value) => log2(value) * (Math.LN2 / Math.LN10)],
  ["sin", sin],
  ["cos", cos],
  ["round", round],
  ["clamp", clamp],
  ["clamp_min", Math.max],
  ["clamp_max", Math.min],
]);

/** Whether a function is one of a number and parameters. */
export function isMathFunction(name: string): boolean {
  return FUNCTIONS.has(name);
}

/** A column of a function's values; the first of `columns` is the vector, the others are scalars. */
export function mathColumn(builder: ProgramBuilder, name: string, columns: readonly number[]): number {
  const fn = FUNCTIONS.get(name)!;
  const parameters = columns.slice(1);
  if (name === "round" && parameters.length === 0) parameters.push(builder.constant(1));
  const [value, a = value!, b = value!] = [columns[0]!, ...parameters];
  const known = [value, a, b].map((column) => builder.constantOf(column));
  if (known.every((constant) => constant !== undefined)) {
    return builder.constant(evaluate(fn, name, known[0]!, known[1]!, known[2]!));
  }
  const key = `${name} ${columns.join(" ")}`;
  if (name !== "clamp" && name !== "clamp_min" && name !== "clamp_max" && name !== "round") {
    return builder.column(key, (target) => unaryOperation(fn as (x: number) => number, value!, target));
  }
  return builder.column(key, (target) => clampOperation(fn, name, [value!, a, b], target));
}

function evaluate(fn: MathFunction, name: string, value: number, a: number, b: number): number {
  return name === "clamp_min" || name === "clamp_max"
    ? (fn as (x: number, y: number) => number)(value, a)
    : fn(value, a, b);
}

function unaryOperation(fn: (value: number) => number, operand: number, target: number): Operation {
  return ({ stride, values, present, size }) => {
    const from = operand * stride;
    const out = target * stride;
    for (let i = 0; i < size; i++) {
      present[out + i] = present[from + i]!;
      values[out + i] = fn(values[from + i]!);
    }
  };
}

function clampOperation(
  fn: MathFunction,
  name: string,
  columns: readonly [number, number, number],
  target: number,
): Operation {
  return ({ stride, values, present, size }) => {
    const [from, a, b] = [columns[0] * stride, columns[1] * stride, columns[2] * stride];
    const out = target * stride;
    for (let i = 0; i < size; i++) {
      const empty = name === "clamp" && values[a + i]! > values[b + i]!;
      present[out + i] = empty ? 0 : present[from + i]!;
      values[out + i] = evaluate(fn, name, values[from + i]!, values[a + i]!, values[b + i]!);
    }
  };
}

/** A column with the other sign. */
export function negate(builder: ProgramBuilder, column: number): number {
  const constant = builder.constantOf(column);
  if (constant !== undefined) return builder.constant(-constant);
  return builder.column(`negate ${column}`, (target) => unaryOperation((value) => -value, column, target));
}

/** The time of evaluation. Unit: seconds. */
export function timeColumn(builder: ProgramBuilder): number {
  return builder.column("time", (target) => ({ store, stride, values, present, first, size }) => {
    for (let i = 0; i < size; i++) {
      const elapsed = Math.max(0, store.count[first + i]! - 1) * store.scrapeSeconds;
      values[target * stride + i] = store.start[first + i]! + elapsed;
      present[target * stride + i] = 1;
    }
  });
}

/** The one value of a vector, or NaN. */
export function scalarOf(builder: ProgramBuilder, columns: readonly number[]): number {
  return builder.column(`scalar ${columns.join(" ")}`, (target) => ({ stride, values, present, size }) => {
    for (let i = 0; i < size; i++) {
      let found = 0;
      let value = Number.NaN;
      for (const column of columns) {
        if (present[column * stride + i] === 0) continue;
        found++;
        value = values[column * stride + i]!;
      }
      values[target * stride + i] = found === 1 ? value : Number.NaN;
      present[target * stride + i] = 1;
    }
  });
}
