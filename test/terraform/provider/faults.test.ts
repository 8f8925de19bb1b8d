/** The built-in provider while the API fails, and after Terraform or the provider was killed. @module */
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Exchange } from "../../../src/emulator/index.js";
import { synth, writeProject } from "../../../src/infra/index.js";
import { EXPECTED, FAULT_GRAPH, faultRun, faultRunInProcess, RUN } from "./fault-run.js";
import { hasTerraform, TerraformWorld } from "./terraform-world.js";

describe("the built-in provider with a failing API", { timeout: 60_000 }, () => {
  it("makes everything once, and destroys it: 25 seeds", async () => {
    const seeds = Array.from({ length: 25 }, (_, k) => k + 1);
    // At once, since they mostly wait.
    const runs = await Promise.all(seeds.map(async (seed) => ({ seed, ...(await faultRunInProcess(seed)) })));
    expect(runs).toEqual(seeds.map((seed) => ({ seed, made: EXPECTED, left: [] })));
  });
});

describe.skipIf(!hasTerraform)("BuiltInProvider with a failing API (needs terraform)", { timeout: 60_000 }, () => {
  it.concurrent.each([1, 2, 3])("makes everything once, and destroys it: seed %i", async (seed) => {
    expect(await faultRun(seed)).toEqual({ made: EXPECTED, left: [] });
  });
});

describe.skipIf(!hasTerraform)("BuiltInProvider after a kill (needs terraform)", { timeout: 60_000 }, () => {
  // Some of these kills come so late that Terraform has heard of the droplet.
  const cases = [1, 3].flatMap((count) => [{ count, what: "Terraform" } as const, { count, what: "both" } as const]);

  it.concurrent.each(cases)("takes over what was made: $what killed at droplet $count", async ({ count, what }) => {
    let terraform: ChildProcess | undefined;
    let droplets = 0;
    const onExchange = ({ method, url }: Exchange): void => {
      if (method === "POST" && url === "/v2/droplets" && ++droplets === count) terraform?.kill("SIGKILL");
    };
    const world = await TerraformWorld.open({ emulator: { onExchange }, run: RUN });
    try {
      writeProject(await synth(FAULT_GRAPH, { tags: [RUN] }), world.folder);
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
