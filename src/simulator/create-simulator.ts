/** Simulators by name. @module */
import { InvalidOptionError } from "../errors.js";
import { Kernel } from "./kernel.js";
import type { SimulatorModel } from "./model.js";
import { RequestSimulator } from "./requests/request-simulator.js";
import type { Simulator } from "./simulator.js";

/** `fluid` is fast and gives expected shares; `requests` simulates every request. */
export type SimulatorKind = "fluid" | "requests";

/**
 * Makes a simulator.
 *
 * @param numEnvs - Number of environments, an integer from 1.
 * @throws InvalidOptionError
 */
export function createSimulator(model: SimulatorModel, numEnvs: number, kind: SimulatorKind = "fluid"): Simulator {
  switch (kind) {
    case "fluid":
      return new Kernel(model, numEnvs);
    case "requests":
      return new RequestSimulator(model, numEnvs);
    default:
      throw new InvalidOptionError("model", '"fluid" or "requests"', kind);
  }
}
