/** Columns of sines and cosines: one operation gives both, as the one costs little more where there is the other. @module */
import { Opcode } from "../column-codes.js";
import type { CodedStep } from "./frame.js";
import { LARGE_ANGLE } from "./go-math/circle.js";
import { cos, sin } from "./go-math/trigonometry.js";
import { ARITHMETIC } from "./math-functions.js";
import type { ProgramBuilder } from "./program-builder.js";

/** A function that gives a column here. */
export type CircleFunction = "sin" | "cos";

/** Angles as the kernel and the host make them of a column. */
interface Angles {
  readonly opcode: Opcode.circle | Opcode.wave;
  readonly operand: number;
  /** What follows the columns in the program. */
  readonly floats: readonly number[];
  readonly of: (value: number) => number;
}

/** Whether a function is sine or cosine. */
export function isCircular(name: string): name is CircleFunction {
  return name === "sin" || name === "cos";
}

/** A column of sines or cosines of another. Unit: radians. */
export function circleColumn(builder: ProgramBuilder, name: CircleFunction, operand: number): number {
  return columnOf(builder, name, `${operand}`, { opcode: Opcode.circle, operand, floats: [], of: (value) => value });
}

/** The same of `operand % period * factor`. The kernel knows whole periods, as long as {@link isWave}. */
export function waveColumn(
  builder: ProgramBuilder,
  name: CircleFunction,
  operand: number,
  period: number,
  factor: number,
): number {
  const remainder = ARITHMETIC.get("%")!;
  const of = (value: number): number => remainder(value, period) * factor;
  const angles: Angles = { opcode: Opcode.wave, operand, floats: [period, factor], of };
  return columnOf(builder, name, `${operand} % ${period} * ${factor}`, angles);
}

/** Whether the kernel knows a period and a factor: the one is whole, and no angle is negative or large. */
export function isWave(period: number, factor: number): boolean {
  return Number.isInteger(period) && period >= 1 && factor > 0 && period * factor < LARGE_ANGLE;
}

function columnOf(builder: ProgramBuilder, name: CircleFunction, key: string, angles: Angles): number {
  const keys = [`sin ${key}`, `cos ${key}`];
  const [sine, cosine] = builder.columns(keys, ([first, second]) => circleStep(angles, first!, second!));
  return name === "sin" ? sine! : cosine!;
}

/** The kernel leaves to the host what is not regular, as large angles. */
function circleStep({ opcode, operand, floats, of }: Angles, sine: number, cosine: number): CodedStep {
  return {
    write: (code, step) => {
      code.write(opcode, [step, code.column(operand), code.column(sine), code.column(cosine)], floats);
    },
    host: ({ stride, values, left }, _item, listed) => {
      for (let r = 0; r < listed; r++) {
        const i = left[r]!;
        const angle = of(values[operand * stride + i]!);
        values[sine * stride + i] = sin(angle);
        values[cosine * stride + i] = cos(angle);
      }
    },
  };
}
