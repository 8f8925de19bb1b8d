/** Checks of options that learners have in common. @module */
import { InvalidOptionError } from "../../errors.js";
import { suggestion } from "../../messages.js";

/** @throws InvalidOptionError unless the value is a number that passes the test */
export function checkNumber(name: string, value: unknown, expected: string, test: (value: number) => boolean): void {
  if (typeof value === "number" && test(value)) return;
  throw new InvalidOptionError(name, expected, value);
}

/** @throws InvalidOptionError unless the value is an integer of at least `least` */
export function checkInteger(name: string, value: unknown, least = 1): void {
  if (Number.isSafeInteger(value) && (value as number) >= least) return;
  throw new InvalidOptionError(name, `an integer of at least ${least}`, value);
}

/** @throws InvalidOptionError unless the value is a list of integers from 1 */
export function checkSizes(name: string, value: unknown): void {
  if (!Array.isArray(value)) throw new InvalidOptionError(name, "a list of integers", value);
  value.forEach((size, index) => {
    checkInteger(`${name}[${index}]`, size);
  });
}

/** @throws InvalidOptionError with the nearest name when an option is not among the known ones */
export function checkNames(options: object, known: readonly string[]): void {
  for (const [name, value] of Object.entries(options)) {
    if (!known.includes(name)) throw new InvalidOptionError(name, `an option. ${suggestion(name, known)}`, value);
  }
}
