/** Making an environment from a {@link PlainSource}: in a worker thread, and once in the main one to see its spaces. @module */
import { loadEntryPoint } from "../entry-point.js";
import type { Env } from "../env.js";
import { type EnvSpec, make, register } from "../registration.js";
import type { PlainSource } from "./env-source.js";

/** @throws InvalidOptionError, EnvNotFoundError, and what the environment's maker throws */
export async function makePlain({ spec, module, options }: PlainSource): Promise<Env<unknown, unknown, object>> {
  if (spec === null) {
    const makeEnv = await loadEntryPoint(module!);
    return makeEnv(options, null as unknown as EnvSpec);
  }
  if (module !== null) register({ id: spec.id, entryPoint: new URL(module), force: true });
  return make(spec, options);
}
