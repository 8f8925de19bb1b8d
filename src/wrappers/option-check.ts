/** Checks that several wrappers make of their options. @module */
import { InvalidOptionError } from "../errors.js";

/** @throws {@link InvalidOptionError} when an option is not an integer of at least `min`. */
export function checkInteger(option: string, value: unknown, min: number): void {
  if (!Number.isSafeInteger(value) || (value as number) < min) {
    throw new InvalidOptionError(option, `an integer of at least ${min}`, value);
  }
}

/** @throws {@link InvalidOptionError} when an option is not a function. */
export function checkFunction(option: string, value: unknown): void {
  if (typeof value !== "function") throw new InvalidOptionError(option, "a function", value);
}

/** @throws {@link InvalidOptionError} when an option is not true or false. */
export function checkBoolean(option: string, value: unknown): void {
  if (typeof value !== "boolean") throw new InvalidOptionError(option, "true or false", value);
}

/** @throws {@link InvalidOptionError} when an option is not a finite number above 0. */
export function checkPositive(option: string, value: unknown): void {
  if (!Number.isFinite(value) || (value as number) <= 0) {
    throw new InvalidOptionError(option, "a finite number above 0", value);
  }
}
