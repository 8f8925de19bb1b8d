/** The spec of a vector environment: that of one environment, and how many there are of it. @module */
import type { EnvSpec, VectorSpec } from "../registration.js";

/** The spec of one environment with that of many; null where it has none. */
export function withVector(spec: EnvSpec | null, vector: Omit<VectorSpec, "wrappers">): EnvSpec | null {
  return spec === null ? null : Object.freeze({ ...spec, vector: Object.freeze({ ...vector, wrappers: [] }) });
}
