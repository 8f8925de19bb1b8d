/** Columns of sines and cosines: one operation gives both, as the one costs little more where there is the other. @module */
import { Opcode } from "../column-codes.js";
import type { CodedStep } from "./frame.js";
import { cos, sin } from "./go-math/trigonometry.js";
import type { ProgramBuilder } from "./program-builder.js";

/** A function that {@link circleColumn} knows. */
export type CircleFunction = "sin" | "cos";

/** Whether a function is sine or cosine. */
export function isCircular(name: string): name is CircleFunction {
  return name === "sin" || name === "cos";
}

/** A column of sines or cosines of another. Unit: radians. */
export function circleColumn(builder: ProgramBuilder, name: CircleFunction, operand: number): number {
  const keys = [`sin ${operand}`, `cos ${operand}`];
  const [sine, cosine] = builder.columns(keys, (targets) => circleStep(operand, targets[0]!, targets[1]!));
  return name === "sin" ? sine! : cosine!;
}

/** The kernel leaves large angles to the host. */
function circleStep(operand: number, sine: number, cosine: number): CodedStep {
  return {
    write: (code, step) => {
      code.write(Opcode.circle, [step, code.column(operand), code.column(sine), code.column(cosine)]);
    },
    host: ({ stride, values, left }, _item, listed) => {
      for (let r = 0; r < listed; r++) {
        const i = left[r]!;
        const angle = values[operand * stride + i]!;
        values[sine * stride + i] = sin(angle);
        values[cosine * stride + i] = cos(angle);
      }
    },
  };
}
