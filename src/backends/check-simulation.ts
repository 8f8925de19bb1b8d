/** Checks the options of a simulation, so that a misspelt name or a time below zero is an error at once. @module */
import { InvalidDefinitionError } from "../errors.js";
import { suggestion } from "../messages.js";
import { DEFAULT_LIFECYCLE } from "../simulator/model.js";
import type { SimulationOptions } from "./simulation-options.js";
import { checkProfile } from "./simulation-profile.js";

const NAMES: readonly (keyof SimulationOptions)[] = [
  "model",
  "tickSeconds",
  "clientTimeoutSeconds",
  "balancing",
  "lifecycle",
  "profile",
  "timeScale",
];
const MODELS = ["fluid", "requests"];
const BALANCINGS = ["least_connections", "round_robin", "random"];

/** @throws InvalidDefinitionError naming `simulation` and the option */
export function checkSimulation(simulation: SimulationOptions): void {
  checkNames("simulation", simulation, NAMES);
  const { model = "fluid", tickSeconds = 5, clientTimeoutSeconds = 10, balancing, lifecycle = {} } = simulation;
  checkOneOf("simulation.model", model, MODELS);
  const { profile, timeScale = 1 } = simulation;
  if (profile !== undefined) checkProfile(profile, "simulation.profile");
  if (!(Number.isFinite(timeScale) && timeScale >= 1)) {
    throw new InvalidDefinitionError("simulation.timeScale", `expected a number of at least 1, got ${timeScale}.`);
  }
  if (balancing !== undefined) checkOneOf("simulation.balancing", balancing, BALANCINGS);
  for (const [name, seconds] of Object.entries({ tickSeconds, clientTimeoutSeconds })) {
    if (Number.isFinite(seconds) && seconds > 0) continue;
    throw new InvalidDefinitionError(`simulation.${name}`, `expected seconds above 0, got ${seconds}.`);
  }
  checkNames("simulation.lifecycle", lifecycle, Object.keys(DEFAULT_LIFECYCLE));
  for (const [name, time] of Object.entries(lifecycle)) checkTime(`simulation.lifecycle.${name}`, name, time);
}

/** A span `[least, greatest]` where the default is one, a number from 0 elsewhere; only crashes may be endlessly far apart. */
function checkTime(path: string, name: string, time: unknown): void {
  const isSpan = Array.isArray(DEFAULT_LIFECYCLE[name as keyof typeof DEFAULT_LIFECYCLE]);
  if (isSpan) {
    const [low, high] = Array.isArray(time) && time.length === 2 ? time : [];
    if (low >= 0 && low <= high && Number.isFinite(high)) return;
    throw new InvalidDefinitionError(
      path,
      `expected [least, greatest] in seconds, from 0, got ${JSON.stringify(time)}.`,
    );
  }
  if (name === "meanSecondsBetweenCrashes" && (time as number) > 0) return;
  if (name !== "meanSecondsBetweenCrashes" && Number.isFinite(time) && (time as number) >= 0) return;
  throw new InvalidDefinitionError(path, `expected a number from 0, got ${String(time)}.`);
}

function checkNames(path: string, options: object, known: readonly string[]): void {
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new InvalidDefinitionError(`${path}.${unknown}`, `there is no such option. ${suggestion(unknown, known)}`);
}

function checkOneOf(path: string, value: string, known: readonly string[]): void {
  if (known.includes(value)) return;
  throw new InvalidDefinitionError(path, `expected one of ${known.join(", ")}, got ${JSON.stringify(value)}.`);
}
