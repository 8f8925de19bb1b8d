/** Policies by name, planners among them. @module */
import { createPolicy, policyNames } from "../agents/create-policy.js";
import type { Policy } from "../agents/policy.js";
import { ModelPredictivePolicy } from "./model-predictive.js";
import { OraclePolicy } from "./oracle.js";

const PLANNERS: ReadonlyMap<string, () => Policy> = new Map<string, () => Policy>([
  ["mpc", () => new ModelPredictivePolicy()],
  ["oracle", () => new OraclePolicy()],
]);

/**
 * A policy by its name: `mpc`, `oracle`, or what {@link createPolicy} knows.
 *
 * @throws PolicyNotFoundError, InvalidOptionError, CorruptCheckpointError, CheckpointMismatchError
 */
export function createPlannedPolicy(name: string): Policy {
  return PLANNERS.get(name)?.() ?? createPolicy(name);
}

/** The names of what may look into the model of the world. */
export function plannerNames(): string[] {
  return [...PLANNERS.keys()];
}

/** The names of all rules and planners. */
export function plannedPolicyNames(): string[] {
  return [...policyNames(), ...plannerNames()];
}
