/** Checks of the options of reward terms. @module */
import { InvalidOptionError } from "../errors.js";

/**
 * Refuses what is not a finite number above 0.
 *
 * @param unit - What it is measured in, such as `seconds`.
 * @throws InvalidOptionError
 */
export function checkPositive(option: string, value: number, unit: string): void {
  if (!Number.isFinite(value) || value <= 0) {
    throw new InvalidOptionError(option, `a finite number above 0 (${unit})`, value);
  }
}

/** Refuses a term's name that is not a word of letters, digits and underscores. @throws InvalidOptionError */
export function checkName(name: string): void {
  if (typeof name !== "string" || !/^[A-Za-z]\w*$/.test(name)) {
    throw new InvalidOptionError("name", "a letter, then letters, digits and underscores", name);
  }
}
