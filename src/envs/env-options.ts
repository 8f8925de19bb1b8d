/** Options that the library's own environments take through `make`. @module */

import type { SimulationOptions } from "../backends/simulation-options.js";
import { InvalidOptionError } from "../errors.js";
import type { GuardLimits } from "../infra/guard.js";
import { suggestion } from "../messages.js";
import type { PromqlProfile } from "../metrics/index.js";
import { DEFAULT_LIFECYCLE } from "../simulator/model.js";
import { CONTROL_MODES, type ControlMode } from "./control.js";
import type { InvalidActionRule } from "./definition.js";
import type { InfraEnvOptions } from "./infra-env.js";

/** Options of the library's own environments. */
export interface BuiltinEnvOptions extends Omit<InfraEnvOptions, "spec"> {
  /** How actions set the controls. @defaultValue "delta" */
  readonly control?: ControlMode;
  /** Boot and resize take twice as long. @defaultValue false */
  readonly hard?: boolean;
  /** What becomes of actions that the mask forbids. @defaultValue no change, at $0.0006 */
  readonly invalidAction?: InvalidActionRule;
  /** What the guard refuses. @defaultValue nothing */
  readonly limits?: GuardLimits;
  /** Which Prometheus's rules the features follow. @defaultValue "prom3" */
  readonly promqlProfile?: PromqlProfile;
  /** Changes to the simulation. */
  readonly simulation?: SimulationOptions;
}

const KNOWN: readonly string[] = [
  "backend",
  "control",
  "digitalocean",
  "episode",
  "hard",
  "invalidAction",
  "limits",
  "local",
  "promqlProfile",
  "renderMode",
  "seed",
  "simulation",
  "split",
  "workload",
];

/** Checks the names of options and the control mode. @throws InvalidOptionError with the nearest name */
export function checkEnvOptions(options: BuiltinEnvOptions): void {
  for (const [name, value] of Object.entries(options)) {
    if (!KNOWN.includes(name)) throw new InvalidOptionError(name, `an option. ${suggestion(name, KNOWN)}`, value);
  }
  const { control, hard, promqlProfile } = options;
  if (control !== undefined && !CONTROL_MODES.includes(control)) {
    throw new InvalidOptionError("control", `one of ${CONTROL_MODES.join(", ")}`, control);
  }
  if (promqlProfile !== undefined && promqlProfile !== "prom2" && promqlProfile !== "prom3") {
    throw new InvalidOptionError("promqlProfile", '"prom2" or "prom3"', promqlProfile);
  }
  if (hard !== undefined && typeof hard !== "boolean") throw new InvalidOptionError("hard", "true or false", hard);
}

/** The simulation of an environment with its `hard` option. @param scale - Boot and resize times of the plain variant, in DigitalOcean's. */
export function simulationOf({ hard = false, simulation = {} }: BuiltinEnvOptions, scale: number): SimulationOptions {
  const bootScale = scale * (hard ? 2 : 1) * DEFAULT_LIFECYCLE.bootScale;
  return { ...simulation, lifecycle: { bootScale, ...simulation.lifecycle } };
}
