/** Making environments from modules: what an `entryPoint` that is a URL stands for. @module */
import type { Env } from "./env.js";
import { InvalidOptionError } from "./errors.js";
import type { EntryPoint } from "./registration.js";

/**
 * Loads a module's `makeEnv`.
 * @throws {@link InvalidOptionError} when the module cannot be loaded or exports no such function.
 */
export async function loadEntryPoint(address: string): Promise<EntryPoint> {
  let module: { readonly makeEnv?: unknown };
  try {
    module = (await import(/* @vite-ignore */ address)) as typeof module;
  } catch (cause) {
    throw new InvalidOptionError("entryPoint", "the address of a module that can be imported", address, { cause });
  }
  if (typeof module.makeEnv !== "function") {
    const expected = "a module that exports function makeEnv(options, spec)";
    throw new InvalidOptionError("entryPoint", expected, address);
  }
  const { makeEnv } = module;
  return (options, spec) => makeEnv(options, spec) as Env<unknown, unknown, object>;
}
