/** Waves, `sin(x % period * factor)` and cosines alike: what they are made of is not needed by itself, and makes one operation. @module */
import type { Call } from "./ast.js";
import { isCircular, isWave, waveColumn } from "./circle-columns.js";
import { type CompileContext, type Compiled, withoutName } from "./compiled.js";
import { isConstant } from "./general-parts.js";

/** Compiles a call that is a wave of a vector, with a constant period and factor; undefined for any other. */
export function compileWave({ name, args }: Call, context: CompileContext): Compiled | undefined {
  const { builder } = context;
  const [angle] = args;
  if (!isCircular(name) || angle?.kind !== "binary" || angle.op !== "*" || !isConstant(angle.right)) return undefined;
  const phase = angle.left;
  if (phase.kind !== "binary" || phase.op !== "%" || !isConstant(phase.right)) return undefined;
  const operand = context.compile(phase.left);
  const period = builder.constantOf(context.scalar(phase.right))!;
  const factor = builder.constantOf(context.scalar(angle.right))!;
  if (operand.type !== "vector" || !isWave(period, factor)) return undefined;
  const series = withoutName(operand.series, phase, context).map(({ labels, column }) => ({
    labels,
    column: waveColumn(builder, name, column, period, factor),
  }));
  return { ...operand, series };
}
