/** What policies are bound to, from a compiled definition. @module */
import type { PolicyControl, PolicyInfo, PolicySpec } from "../agents/policy.js";
import type { Space } from "../spaces/space.js";
import type { CompiledEnv } from "./compile.js";

/** Where an environment stands: desired slots, and those its residual rules ask for. */
export interface Standing {
  readonly slots: ArrayLike<number>;
  readonly rules: ArrayLike<number>;
}

/** The policy spec of one environment. @param standing - Asked whenever an action is encoded. */
export function policySpecOf(
  compiled: CompiledEnv,
  observationSpace: Space<unknown>,
  actionSpace: Space<unknown>,
  standing: () => Standing,
): PolicySpec {
  const { codec, definition, signals } = compiled;
  const controls: PolicyControl[] = compiled.controls.map(({ name, kind, min, size }, k) => ({
    name,
    kind,
    min,
    max: min + size - 1,
    signals: signals[k]!.names,
  }));
  return {
    id: definition.id,
    observationSpace,
    actionSpace,
    controls,
    stepSeconds: definition.stepSeconds,
    encode: (desired: readonly number[], _info: PolicyInfo) => {
      const { slots, rules } = standing();
      const wanted = desired.map((value, k) => value - controls[k]!.min);
      return codec.encode(wanted, slots, rules);
    },
  };
}
