/** What an environment runs on, for results. @module */
import type { Components } from "../backends/backend.js";
import type { Env } from "../env.js";
import { InfraEnv } from "../envs/infra-env.js";
import { NotSupportedError } from "../errors.js";

/** Backend and components of an environment. @throws NotSupportedError for one without a backend */
export function worldOf(env: Env<unknown, unknown, object>): { backend: string; components: Components } {
  const inner: unknown = env.unwrapped;
  if (inner instanceof InfraEnv) return { backend: inner.backend.name, components: inner.backend.components };
  throw new NotSupportedError(`A record of ${env}`, "It has no backend: define it by defineEnv.");
}
