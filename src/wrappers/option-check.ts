/** Checks that several wrappers make of their options. @module */
import { InvalidOptionError } from "../errors.js";
import { suggestion } from "../messages.js";
import { checkEnvironment } from "../wrapper.js";

/**
 * The options of a wrapper, before anything is made of them.
 * @param known - The names of all options.
 * @throws {@link InvalidOptionError} when the environment is none, there are no options, or one is not known.
 */
export function wrapperOptions<O extends object>(env: unknown, options: O, known: readonly (keyof O & string)[]): O {
  checkEnvironment(env);
  if (typeof options !== "object" || options === null) {
    throw new InvalidOptionError("options", `an object with ${known.join(", ")}`, options);
  }
  for (const [name, value] of Object.entries(options)) {
    if ((known as readonly string[]).includes(name)) continue;
    throw new InvalidOptionError(name, `an option. ${suggestion(name, known)}`, value);
  }
  return options;
}

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
