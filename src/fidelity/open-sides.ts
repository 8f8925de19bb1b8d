/** The sides of a fidelity run: one definition with its probe, on several backends. @module */
import type { Backend } from "../backends/backend.js";
import type { SimulationOptions } from "../backends/simulation-options.js";
import type { EnvDefinition } from "../envs/definition.js";
import { InfraEnv } from "../envs/infra-env.js";
import { NotSupportedError } from "../errors.js";
import type { Split, Workload } from "../loadgen/workload.js";
import { make } from "../registration.js";
import { probe } from "./probe.js";
import type { SideOpener } from "./run-fidelity.js";
import type { Side } from "./side.js";

/** What sides are made of. */
export interface SidesOptions {
  readonly definition: EnvDefinition;
  /** @defaultValue the definition's first */
  readonly workload?: string | Workload;
  readonly split: Split;
  /** Makes the real plane; without it, the request-level model stands for one. */
  readonly makeBackend?: (definition: EnvDefinition) => Promise<Backend>;
}

/** The definition of a registered environment. @throws NotSupportedError when it is none of this library's kind, and what `make` throws */
export async function definitionOf(id: string, options: Readonly<Record<string, unknown>>): Promise<EnvDefinition> {
  const env = await make(id, options);
  const { unwrapped } = env;
  if (unwrapped instanceof InfraEnv) return unwrapped.definition;
  throw new NotSupportedError(`Fidelity of ${id}`, "It needs an environment made by defineEnv.");
}

/** Opens sides of a definition. */
export function sidesOf({ definition, workload, split, makeBackend }: SidesOptions): SideOpener {
  const open = async (
    name: string,
    simulation: SimulationOptions,
    backendOf?: SidesOptions["makeBackend"],
  ): Promise<Side> => {
    const probed = probe(definition, simulation);
    const env = new InfraEnv(probed.definition, {
      ...(workload === undefined ? {} : { workload }),
      ...(backendOf === undefined ? {} : { backend: await backendOf(probed.definition) }),
      split,
      episode: "window",
    });
    return { name, env, backend: env.backend, probe: probed };
  };
  return {
    reference: () =>
      makeBackend === undefined ? open("requests", { model: "requests" }) : open("local", {}, makeBackend),
    simulated: open,
  };
}
