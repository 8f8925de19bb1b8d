/** What a policy is bound to, read off an environment. @module */
import type { PolicySpec } from "../agents/policy.js";
import type { Env } from "../env.js";
import { NotSupportedError } from "../errors.js";

/**
 * The `policySpec` of the innermost environment, with the outermost one's spaces.
 * @throws {@link NotSupportedError} when the environment has none, or a wrapper has replaced its action space.
 */
export function policySpecOf(env: Env<unknown, unknown, object>): PolicySpec {
  const innermost = env.unwrapped;
  const { policySpec } = innermost as { readonly policySpec?: PolicySpec };
  const id = env.spec?.id ?? innermost.constructor.name;
  if (policySpec === undefined) {
    throw new NotSupportedError(
      `Judging policies on ${id}`,
      "Give it a policySpec, as environments made by defineEnv have.",
    );
  }
  if (env.actionSpace !== innermost.actionSpace) {
    throw new NotSupportedError(`Judging policies on a wrapped action space of ${id}`, "Leave that wrapper out.");
  }
  if (env.observationSpace === innermost.observationSpace) return policySpec;
  return {
    ...policySpec,
    observationSpace: env.observationSpace,
    encode: (desired, info) => policySpec.encode(desired, info),
  };
}
