/** Functions of numbers over columns. @module */

import { Opcode } from "../column-codes.js";
import { CALENDAR_FUNCTIONS } from "./calendar.js";
import { circleColumn, isCircular } from "./circle-columns.js";
import type { Operation, Step } from "./frame.js";
import { MATH_FUNCTIONS, type MathFunction } from "./math-functions.js";
import type { ProgramBuilder } from "./program-builder.js";

/** Whether a function is one of a number and parameters. */
export function isMathFunction(name: string): boolean {
  return MATH_FUNCTIONS.has(name) || CALENDAR_FUNCTIONS.has(name);
}

/** A column of a function's values; the first of `columns` is the vector, the others are scalars. */
export function mathColumn(builder: ProgramBuilder, name: string, columns: readonly number[]): number {
  const fn = MATH_FUNCTIONS.get(name) ?? CALENDAR_FUNCTIONS.get(name)!;
  const parameters = columns.slice(1);
  if (name === "round" && parameters.length === 0) parameters.push(builder.constant(1));
  const [value, a = value!, b = value!] = [columns[0]!, ...parameters];
  const known = [value, a, b].map((column) => builder.constantOf(column));
  const isEmpty = name === "clamp" && known[1] !== undefined && known[2] !== undefined && known[1] > known[2];
  if (!isEmpty && known.every((constant) => constant !== undefined)) {
    return builder.constant(fn(known[0]!, known[1]!, known[2]!));
  }
  if (isCircular(name)) return circleColumn(builder, name, value!);
  const key = `${name} ${columns.join(" ")}`;
  if (name !== "clamp" && name !== "clamp_min" && name !== "clamp_max" && name !== "round") {
    const unary = fn as (x: number) => number;
    return builder.column(key, (target) => unaryStep(name, unary, value!, target));
  }
  return builder.column(key, (target) => clampOperation(fn, name, [value!, a, b], target));
}

/** Functions that the kernel knows. */
const OPCODES: ReadonlyMap<string, Opcode> = new Map([
  ["floor", Opcode.floor],
  ["ceil", Opcode.ceil],
  ["abs", Opcode.abs],
  ["sqrt", Opcode.sqrt],
]);

function unaryStep(name: string, fn: (value: number) => number, operand: number, target: number): Step {
  const opcode = OPCODES.get(name);
  if (opcode !== undefined) return { write: (code) => code.writeColumns(opcode, operand, target) };
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
      values[out + i] = fn(values[from + i]!, values[a + i]!, values[b + i]!);
    }
  };
}

/** A column with the other sign. */
export function negate(builder: ProgramBuilder, column: number): number {
  const constant = builder.constantOf(column);
  if (constant !== undefined) return builder.constant(-constant);
  return builder.column(`negate ${column}`, (target) => ({
    write: (code) => code.writeColumns(Opcode.negate, column, target),
  }));
}

/** The time of evaluation. Unit: seconds. */
export function timeColumn(builder: ProgramBuilder): number {
  return builder.column("time", (target) => ({
    write: (code) => code.write(Opcode.time, [code.column(target)], [builder.scrapeMs / 1000]),
  }));
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
