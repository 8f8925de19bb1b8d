/** Columns of binary operators. @module */
import { Opcode } from "../column-codes.js";
import type { Step } from "./frame.js";
import { ARITHMETIC, COMPARISONS, type Operator } from "./math-functions.js";
import type { ProgramBuilder } from "./program-builder.js";

/** Whether an operator compares. */
export function isComparison(op: string): boolean {
  return COMPARISONS.has(op);
}

/** A column of `a op b`; a comparison gives 1 or 0. Constants are folded. */
export function arithmeticColumn(builder: ProgramBuilder, op: string, a: number, b: number): number {
  const operator = ARITHMETIC.get(op) ?? COMPARISONS.get(op)!;
  const [left, right] = [builder.constantOf(a), builder.constantOf(b)];
  if (left !== undefined && right !== undefined) return builder.constant(operator(left, right));
  return builder.column(`${op} ${a} ${b}`, (target) => operatorStep(op, operator, a, b, target));
}

/** A column of `kept` where `a op b` holds, empty elsewhere. */
export function filterColumn(builder: ProgramBuilder, op: string, a: number, b: number, kept: number): number {
  const operator = COMPARISONS.get(op)!;
  return builder.column(`filter ${op} ${a} ${b} ${kept}`, (target) => ({ stride, values, present, size }) => {
    for (let i = 0; i < size; i++) {
      const both = present[a * stride + i]! & present[b * stride + i]!;
      present[target * stride + i] = both & operator(values[a * stride + i]!, values[b * stride + i]!);
      values[target * stride + i] = values[kept * stride + i]!;
    }
  });
}

/** Operators that the kernel knows. */
const OPCODES: ReadonlyMap<string, Opcode> = new Map([
  ["+", Opcode.add],
  ["-", Opcode.subtract],
  ["*", Opcode.multiply],
  ["/", Opcode.divide],
  ["%", Opcode.remainder],
  ["==", Opcode.equal],
  ["!=", Opcode.notEqual],
  [">", Opcode.greater],
  ["<", Opcode.less],
  [">=", Opcode.greaterOrEqual],
  ["<=", Opcode.lessOrEqual],
]);

function operatorStep(op: string, operator: Operator, a: number, b: number, target: number): Step {
  const opcode = OPCODES.get(op);
  if (opcode !== undefined) return { write: (code) => code.writeColumns(opcode, a, b, target) };
  return ({ stride, values, present, size }) => {
    const [left, right, out] = [a * stride, b * stride, target * stride];
    for (let i = 0; i < size; i++) {
      present[out + i] = present[left + i]! & present[right + i]!;
      values[out + i] = operator(values[left + i]!, values[right + i]!);
    }
  };
}
