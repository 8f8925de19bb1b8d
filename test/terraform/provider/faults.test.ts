/** The built-in provider while the API fails, and after Terraform or the provider was killed. @module */
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Exchange } from "../../../src/emulator/index.js";
import { type InfraGraph, synth, writeProject } from "../../../src/infra/index.js";
import { webService } from "../../../src/stacks/index.js";
import { hasTerraform, TerraformWorld } from "./terraform-world.js";

const RUN = "infra-gym-run-1";
const { graph } = webService({ count: 4 });

/** Applies until every layer is as it should be. @returns Number of runs that failed. */
async function converge(world: TerraformWorld, wanted: InfraGraph): Promise<number> {
  writeProject(await synth(wanted, { tags: [RUN] }), world.folder);
  let failures = 0;
  for (const layer of wanted.layers) {
    for (let attempt = 0; ; attempt++) {
      const { code, output } = await world.terraform(layer, "apply", "-auto-approve", "-input=false", "-no-color");
      if (code === 0) break;
      failures++;
      if (attempt === 20) throw new Error(output);
    }
  }
  return failures;
}

/** What should be there, once each. */
const EXPECTED = [
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

describe.skipIf(!hasTerraform)("BuiltInProvider with a failing API", { timeout: 60_000 }, () => {
  it.each([1, 2, 3])("makes everything once, and destroys it: seed %i", async (seed) => {
    const faults = { seed, errorBefore: 0.06, errorAfter: 0.06, dropBefore: 0.06, dropAfter: 0.06 };
    const world = await TerraformWorld.open({
      emulator: { faults: { ...faults, tooManyRequests: 0.06, retryAfterSeconds: 0.01, stale: 0.1 } },
      run: RUN,
    });
    try {
      await converge(world, graph);
      expect((await world.leftovers()).toSorted()).toEqual(EXPECTED);
      for (const layer of graph.layers.toReversed()) await destroyLayer(world, layer);
      expect((await world.leftovers()).filter((name) => name !== `tags ${RUN}`)).toEqual([]);
    } finally {
      await world.close();
    }
  });
});

async function destroyLayer(world: TerraformWorld, layer: string): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    const { code, output } = await world.terraform(layer, "destroy", "-auto-approve", "-input=false", "-no-color");
    if (code === 0) return;
    if (attempt === 20) throw new Error(output);
  }
}

describe.skipIf(!hasTerraform)("BuiltInProvider after a kill", { timeout: 60_000 }, () => {
  // Some of these kills come so late that Terraform has heard of the droplet.
  const cases = [1, 2, 3, 4].flatMap((count) => [
    { count, what: "Terraform" } as const,
    { count, what: "both" } as const,
  ]);

  it.each(cases)("takes over what was made: $what killed at droplet $count", async ({ count, what }) => {
    let terraform: ChildProcess | undefined;
    let droplets = 0;
    const onExchange = ({ method, url }: Exchange): void => {
      if (method === "POST" && url === "/v2/droplets" && ++droplets === count) terraform?.kill("SIGKILL");
    };
    const world = await TerraformWorld.open({ emulator: { onExchange }, run: RUN });
    try {
      writeProject(await synth(graph, { tags: [RUN] }), world.folder);
      await world.applyLayer("core");
      const env = { ...process.env, ...world.environment() };
      const args = ["apply", "-auto-approve", "-input=false", "-parallelism=1"];
      terraform = spawn("terraform", args, { cwd: join(world.folder, "app"), env, stdio: "ignore" });
      await new Promise((resolve) => terraform!.on("close", resolve));
      expect(droplets).toBe(count);
      if (what === "both") await world.restartProvider();
      expect(await world.applyLayer("app")).toContain("Apply complete!");
      const names = (await world.list("/v2/droplets", "droplets")).map(({ name }) => name);
      expect(names.sort()).toEqual([0, 1, 2, 3].map((i) => `web-service-web-${i}`));
    } finally {
      await world.close();
    }
  });
});
