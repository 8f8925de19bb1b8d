/** Checks of the options that rules have in common. @module */
import { InvalidOptionError } from "../errors.js";

/** @throws InvalidOptionError unless the value is a utilization above 0 and at most 1 */
export function checkUtilization(option: string, value: unknown): void {
  if (typeof value === "number" && value > 0 && value <= 1) return;
  throw new InvalidOptionError(option, "a ratio above 0 and at most 1", value);
}

/** @throws InvalidOptionError unless the value is a finite duration of at least 0 */
export function checkSeconds(option: string, value: unknown): void {
  if (typeof value === "number" && value >= 0 && Number.isFinite(value)) return;
  throw new InvalidOptionError(option, "a finite number of at least 0 (seconds)", value);
}
