/** Policies by name, planners among them. @module */
import { createPolicy, policyNames } from "../agents/create-policy.js";
import type { Policy } from "../agents/policy.js";
import { ModelPredictivePolicy } from "./model-predictive.js";
import { OraclePolicy } from "./oracle.js";

/**
 * A policy by its name: `mpc`, `oracle`, or what {@link createPolicy} knows.
 *
 * @throws PolicyNotFoundError, InvalidOptionError, CorruptCheckpointError, CheckpointMismatchError
 */
export function createPlannedPolicy(name: string): Policy {
  if (name === "oracle") return new OraclePolicy();
  return name === "mpc" ? new ModelPredictivePolicy() : createPolicy(name);
}

/** The names of all rules and planners. */
export function plannedPolicyNames(): string[] {
  return [...policyNames(), "mpc", "oracle"];
}
