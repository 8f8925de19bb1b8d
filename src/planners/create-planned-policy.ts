/** Policies by name, planners among them. @module */
import { createPolicy, policyNames } from "../agents/create-policy.js";
import type { Policy } from "../agents/policy.js";
import { OraclePolicy } from "./oracle.js";

/**
 * A policy by its name: `oracle`, or what {@link createPolicy} knows.
 *
 * @throws PolicyNotFoundError, InvalidOptionError, CorruptCheckpointError, CheckpointMismatchError
 */
export function createPlannedPolicy(name: string): Policy {
  return name === "oracle" ? new OraclePolicy() : createPolicy(name);
}

/** The names of all rules and planners. */
export function plannedPolicyNames(): string[] {
  return [...policyNames(), "oracle"];
}
