/** Where an episode stops before its end. @module */
import { UsageError } from "../errors.js";
import type { OptionValues } from "./option-values.js";

/**
 * The number of steps that `--steps` or `--for` leave an episode; Infinity without either.
 * @param stepSeconds - Model time of one step.
 * @throws UsageError when both are given, or one is not what it must be
 */
export function stepLimit(values: OptionValues, stepSeconds: number): number {
  const duration = values.duration("for");
  const steps = values.count("steps");
  if (duration === undefined) return steps ?? Infinity;
  if (steps === undefined) return Math.max(1, Math.round(duration / stepSeconds));
  throw new UsageError(`Expected ${values.source("steps")} or ${values.source("for")}, got both. Leave one out.`);
}
