/** Making a registered environment to judge policies in. @module */
import { make } from "../registration.js";
import type { JudgedInfo } from "./measures.js";
import { policySpecOf } from "./policy-spec-of.js";
import type { JudgedEnv } from "./run-episode.js";

/**
 * An environment by its id, checked to be one that policies can be judged in.
 *
 * @typeParam I - What its `info` holds; the library's own environments give an `InfraInfo`.
 * @throws NotSupportedError when it has no `policySpec`, and what `make` throws
 */
export async function makeJudgedEnv<I extends JudgedInfo = JudgedInfo>(
  id: string,
  options: Readonly<Record<string, unknown>> = {},
): Promise<JudgedEnv<I>> {
  const env = await make(id, options);
  policySpecOf(env);
  // An environment with a policySpec gives the info that goes with it.
  return env as unknown as JudgedEnv<I>;
}
