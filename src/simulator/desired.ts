/** What is desired of an environment, in the kernel's integers. @module */
import { EnvInt, TierInt } from "./fields.js";
import type { StateLayout } from "./layout.js";
import type { DesiredState } from "./model.js";

/** Writes down what is desired. @param i - Where the environment's integers begin. */
export function writeDesired(ints: Int32Array, i: number, { tiers }: StateLayout, state: DesiredState): void {
  ints[i + EnvInt.desiredNodes] = state.loadBalancerNodes;
  for (let t = 0; t < tiers.length; t++) {
    const at = i + tiers[t]!.ints;
    ints[at + TierInt.desiredReplicas] = state.replicas[t]!;
    ints[at + TierInt.desiredSize] = state.sizes[t]!;
  }
}

/** Whether what is desired is what is being applied, or was applied last. @param i - Where the environment's integers begin. */
export function isApplied(ints: Int32Array, i: number, { tiers }: StateLayout): boolean {
  if (ints[i + EnvInt.nodes] !== ints[i + EnvInt.desiredNodes]) return false;
  for (let t = 0; t < tiers.length; t++) {
    const at = i + tiers[t]!.ints;
    if (ints[at + TierInt.replicas] !== ints[at + TierInt.desiredReplicas]) return false;
    if (ints[at + TierInt.size] !== ints[at + TierInt.desiredSize]) return false;
  }
  return true;
}
