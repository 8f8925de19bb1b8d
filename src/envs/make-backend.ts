/** The backend that an environment's options ask for. @module */
import type { Backend } from "../backends/backend.js";
import { DigitalOceanBackend } from "../backends/digitalocean/digitalocean-backend.js";
import type { DigitalOceanOptions } from "../backends/digitalocean/digitalocean-options.js";
import { LocalBackend } from "../backends/local/local-backend.js";
import type { LocalOptions } from "../backends/local/local-options.js";
import { type PreparedWorld, SimulatedBackend } from "../backends/simulated-backend.js";
import { InvalidOptionError, NotSupportedError } from "../errors.js";

/** Where an environment runs. */
export interface BackendChoice {
  /** Where it runs. @defaultValue "simulated" */
  readonly backend?: "simulated" | "local" | "digitalocean" | Backend;
  /** How the backend `local` runs. @defaultValue those of {@link LocalOptions} */
  readonly local?: LocalOptions;
  /** How the backend `digitalocean` runs: without a budget it does not. */
  readonly digitalocean?: DigitalOceanOptions;
}

/** @throws NotSupportedError, InvalidOptionError, TokenError */
export function makeBackend(choice: BackendChoice, prepared: PreparedWorld): Backend {
  const { backend = "simulated", local, digitalocean } = choice;
  for (const name of ["local", "digitalocean"] as const) {
    if (choice[name] === undefined || backend === name) continue;
    throw new InvalidOptionError(name, `left out unless backend is "${name}"`, choice[name]);
  }
  if (typeof backend !== "string") return backend;
  if (backend === "simulated") return new SimulatedBackend(prepared);
  if (backend === "local") return new LocalBackend(local);
  if (backend !== "digitalocean") {
    throw new NotSupportedError(
      `Backend ${JSON.stringify(backend)}`,
      'Use "simulated", "local", "digitalocean", or pass a Backend.',
    );
  }
  if (digitalocean !== undefined) return new DigitalOceanBackend(digitalocean);
  throw new InvalidOptionError(
    "digitalocean",
    "options with at least a budgetUsd and a runnerAddress: nothing is made without a budget",
    digitalocean,
  );
}
