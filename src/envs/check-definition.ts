/** Checks the parts of a definition that stand for themselves; controls, features and queries are checked when it is compiled. @module */
import { checkSimulation } from "../backends/check-simulation.js";
import { parseEnvId } from "../env-id.js";
import { InvalidDefinitionError } from "../errors.js";
import type { GuardLimits } from "../infra/guard.js";
import { describeValue, suggestion } from "../messages.js";
import type { DefinitionOptions, InvalidActionRule } from "./definition.js";

/** @throws InvalidDefinitionError naming the part, InvalidEnvIdError */
export function checkParts(options: DefinitionOptions): void {
  const { id, controls, features, workloads, referenceRate, reward, limits = {}, invalidAction, simulation } = options;
  parseEnvId(id);
  if (controls.length === 0) throw new InvalidDefinitionError("controls", "must hold at least one control.");
  if (features.length === 0) throw new InvalidDefinitionError("features", "must hold at least one feature.");
  if (workloads.length === 0) throw new InvalidDefinitionError("workloads", "must hold at least one workload.");
  if (!(referenceRate > 0 && Number.isFinite(referenceRate))) {
    throw new InvalidDefinitionError("referenceRate", `expected requests per second above 0, got ${referenceRate}.`);
  }
  if (reward === undefined) throw new InvalidDefinitionError("reward", "must be a list of terms.");
  checkLimits(limits);
  if (invalidAction !== undefined) checkInvalidAction(invalidAction);
  if (simulation !== undefined) checkSimulation(simulation);
}

/** The times of a definition, in seconds. @throws InvalidDefinitionError where one is not above 0, or not a multiple of the other */
export function checkTimes(
  times: Record<"stepSeconds" | "episodeSeconds" | "scrapeSeconds" | "windowSeconds", number>,
): void {
  for (const [name, value] of Object.entries(times)) {
    if (!(Number.isFinite(value) && value > 0))
      throw new InvalidDefinitionError(name, `expected seconds above 0, got ${value}.`);
  }
  const multiples = [
    ["episodeSeconds", "stepSeconds"],
    ["windowSeconds", "stepSeconds"],
    ["stepSeconds", "scrapeSeconds"],
  ] as const;
  for (const [name, of] of multiples) {
    if (times[name] % times[of] !== 0) {
      throw new InvalidDefinitionError(name, `expected a multiple of ${of}, ${times[of]}, got ${times[name]}.`);
    }
  }
}

const LIMITS: readonly (keyof GuardLimits)[] = ["maxDroplets", "maxUsdPerHour", "maxUsd"];

function checkLimits(limits: GuardLimits): void {
  for (const [name, limit] of Object.entries(limits)) {
    if (!LIMITS.includes(name as keyof GuardLimits)) {
      throw new InvalidDefinitionError(`limits.${name}`, `there is no such limit. ${suggestion(name, LIMITS)}`);
    }
    if (!(limit >= 0)) throw new InvalidDefinitionError(`limits.${name}`, `expected a number from 0, got ${limit}.`);
  }
}

function checkInvalidAction(rule: InvalidActionRule): void {
  const isRule = rule === "error" || (Number.isFinite(rule?.penaltyUsd) && rule.penaltyUsd >= 0);
  if (isRule) return;
  throw new InvalidDefinitionError(
    "invalidAction",
    `expected "error" or { penaltyUsd } with a number from 0, got ${describeValue(rule)}.`,
  );
}
