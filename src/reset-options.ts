/** Checks of what `reset` is called with. @module */
import type { ResetOptions } from "./env.js";
import { InvalidOptionError } from "./errors.js";
import { suggestion } from "./messages.js";

const NAMES: readonly string[] = ["seed", "options"];

/**
 * Refuses what would be ignored: `reset(1)`, and `reset({ sed: 1 })`.
 * @returns `request`, or no options where there is none
 * @throws {@link InvalidOptionError}
 */
export function checkResetOptions<R extends Pick<ResetOptions, "options"> & { readonly seed?: unknown }>(
  request: R | undefined,
): R {
  if (request === undefined) return {} as R;
  if (typeof request !== "object" || request === null) {
    throw new InvalidOptionError("reset", "an object, such as { seed: 1 }", request);
  }
  for (const [name, value] of Object.entries(request)) {
    if (!NAMES.includes(name)) {
      throw new InvalidOptionError(`reset.${name}`, `an option. ${suggestion(name, NAMES)}`, value);
    }
  }
  return request;
}
