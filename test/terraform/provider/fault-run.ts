/** One run against an API that fails at every third request: everything made, found unchanged, destroyed. @module */
import type { FaultOptions } from "../../../src/emulator/index.js";
import { type InfraGraph, synth, writeProject } from "../../../src/infra/index.js";
import { webService } from "../../../src/stacks/index.js";
import { EmulatedWorld } from "./emulated-world.js";
import { InProcessTerraform } from "./in-process-terraform.js";
import { TerraformWorld } from "./terraform-world.js";

/** The tag of the runs. */
export const RUN = "infra-gym-run-1";

/** A web service of four droplets. */
export const FAULT_GRAPH: InfraGraph = webService({ count: 4 }).graph;

/** What should be there, once each. */
export const EXPECTED: readonly string[] = [
  "domains infra-gym.example",
  "droplets web-service-jump",
  ...[0, 1, 2, 3].map((i) => `droplets web-service-web-${i}`),
  "firewalls web-service-jump",
  "firewalls web-service-web",
  "load_balancers web-service",
  "projects web-service",
  `tags ${RUN}`,
  "tags role:jump",
  "tags service:web",
  "vpcs web-service",
];

/** What a run has come to. */
export interface FaultRun {
  /** What was there after applying, sorted. */
  readonly made: readonly string[];
  /** What was there after destroying, but for the tag of the run. */
  readonly left: readonly string[];
}

/** 30 % of all requests go wrong, and one in ten changes shows late. */
function faultsOf(seed: number): FaultOptions {
  const faults = { seed, errorBefore: 0.06, errorAfter: 0.06, dropBefore: 0.06, dropAfter: 0.06 };
  return { ...faults, tooManyRequests: 0.06, retryAfterSeconds: 0.01, stale: 0.1 };
}

/** The same without Terraform: the provider's own procedures in this process. */
export async function faultRunInProcess(seed: number): Promise<FaultRun> {
  const world = await EmulatedWorld.open({ emulator: { faults: faultsOf(seed) } });
  const terraform = new InProcessTerraform({ endpoint: world.emulator.url, token: "test", run: RUN });
  try {
    const project = await synth(FAULT_GRAPH, { tags: [RUN] });
    await untilItSucceeds(() => terraform.apply(project));
    const made = await settledLeftovers(world);
    await untilItSucceeds(() => terraform.destroy(project));
    const left = (await settledLeftovers(world)).filter((name) => name !== `tags ${RUN}`);
    return { made, left };
  } finally {
    terraform.close();
    await world.close();
  }
}

async function untilItSucceeds(act: () => Promise<void>): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await act();
    } catch (error) {
      if (attempt === 80) throw error;
    }
  }
}

/** Applies every layer until it is as it should be, then destroys it. A command may fail twenty times. */
export async function faultRun(seed: number): Promise<FaultRun> {
  const world = await TerraformWorld.open({ emulator: { faults: faultsOf(seed) }, run: RUN });
  try {
    writeProject(await synth(FAULT_GRAPH, { tags: [RUN] }), world.folder);
    for (const layer of FAULT_GRAPH.layers) await untilDone(world, layer, "apply");
    const made = await settledLeftovers(world);
    for (const layer of FAULT_GRAPH.layers.toReversed()) await untilDone(world, layer, "destroy");
    const left = (await settledLeftovers(world)).filter((name) => name !== `tags ${RUN}`);
    return { made, left };
  } finally {
    await world.close();
  }
}

/** What is new is not seen by the first few requests. */
async function settledLeftovers(world: EmulatedWorld): Promise<readonly string[]> {
  for (let look = 0; look < 4; look++) await world.leftovers();
  return (await world.leftovers()).toSorted();
}

async function untilDone(world: TerraformWorld, layer: string, command: "apply" | "destroy"): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    const { code, output } = await world.terraform(layer, command, "-auto-approve", "-input=false", "-no-color");
    if (code === 0) return;
    if (attempt === 20) throw new Error(output);
  }
}
