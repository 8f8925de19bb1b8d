import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { InfraGraph, resource, synth, writeProject } from "../../../src/infra/index.js";
import { BuiltInProvider } from "../../../src/terraform/provider/built-in-provider.js";
import { hasTerraform, runTerraform, TerraformWorld } from "./terraform-world.js";

interface Reattach {
  readonly Pid: number;
  readonly Addr: { readonly String: string };
}

function reattachOf(provider: BuiltInProvider): Reattach {
  return JSON.parse(provider.reattach)["digitalocean/digitalocean"];
}

describe("BuiltInProvider", () => {
  it("refuses to be pointed at another machine", async () => {
    await expect(BuiltInProvider.start({ endpoint: "https://api.digitalocean.com", token: "t" })).rejects.toMatchObject(
      {
        code: "INFRA_GYM_PUBLIC_ENDPOINT",
      },
    );
  });

  it("names a process that is not this one, and another one when that died", async () => {
    await using provider = await BuiltInProvider.start({ endpoint: "http://127.0.0.1:9", token: "t" });
    const { Pid: first } = reattachOf(provider);
    expect(first).not.toBe(process.pid);
    process.kill(first, "SIGKILL");
    await expect.poll(() => reattachOf(provider).Pid).not.toBe(first);
    process.kill(reattachOf(provider).Pid, 0);
  });

  it("leaves no process, no socket and no folder", async () => {
    const provider = await BuiltInProvider.start({ endpoint: "http://127.0.0.1:9", token: "t" });
    const { Pid, Addr } = reattachOf(provider);
    expect(existsSync(Addr.String)).toBe(true);
    await provider.close();
    await provider.close();
    expect(existsSync(dirname(Addr.String))).toBe(false);
    await expect.poll(() => isAlive(Pid)).toBe(false);
    expect(() => provider.reattach).toThrow("The built-in provider is closed. Make a new one.");
  });
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const TERRAFORM = { required_providers: { digitalocean: { source: "digitalocean/digitalocean" } } };

describe.skipIf(!hasTerraform)("BuiltInProvider and a mistake (needs terraform)", { timeout: 30_000 }, () => {
  let world: TerraformWorld;
  const folder = mkdtempSync(join(tmpdir(), "infra-gym-mistakes-"));
  beforeAll(async () => {
    world = await TerraformWorld.open({ emulator: { dropletLimit: 1, faults: { capacity: ["ams3"] } } });
  });
  afterAll(async () => {
    await world.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const droplet = { name: "a", image: "debian-12-x64", size: "s-1vcpu-1gb", region: "fra1" };
  const run = async (config: object): Promise<string> => {
    writeFileSync(join(folder, "main.tf.json"), JSON.stringify({ terraform: TERRAFORM, ...config }, null, 2));
    const env = { ...process.env, ...world.environment() };
    const args = ["apply", "-auto-approve", "-input=false", "-no-color"];
    return (await runTerraform(args, { cwd: folder, env })).output;
  };

  it.each([
    ["an unknown size", { ...droplet, size: "s-99vcpu" }, 'Unknown droplet size "s-99vcpu" in size'],
    [
      "a number out of range",
      { ...droplet, backups: true, backup_policy: { plan: "daily", hour: 99 } },
      "from 0 to 20",
    ],
    [
      "attributes that do not go together",
      { ...droplet, backup_policy: { plan: "daily" } },
      "Expected backups to be true",
    ],
    ["a region out of capacity", { ...droplet, region: "ams3" }, "POST /v2/droplets was answered 422"],
  ])("says where it is: %s", async (_, body, words) => {
    const output = await run({ resource: { digitalocean_droplet: { wrong: body } } });
    expect(output.replace(/\s+/g, " ")).toContain(words);
    expect(output).toContain("with digitalocean_droplet.wrong");
  });

  it("says so where a quota is reached", async () => {
    const output = await run({ resource: { digitalocean_droplet: { many: { ...droplet, count: 3 } } } });
    expect(output).toMatch(/POST \/v2\/droplets was answered 422: .*limit/);
    expect(output).toMatch(/with digitalocean_droplet\.many\[\d\]/);
    await run({});
  });

  it("refuses an endpoint elsewhere in the configuration", async () => {
    const output = await run({
      provider: { digitalocean: { api_endpoint: "https://api.digitalocean.com" } },
      resource: { digitalocean_tag: { a: { name: "a" } } },
    });
    expect(output.replace(/\s+/g, " ")).toContain("to be a loopback address such as http://127.0.0.1:8080");
  });

  it("refuses to make a volume smaller", async () => {
    const volume = { name: "a", region: "fra1", size: 20 };
    await run({ resource: { digitalocean_volume: { a: volume } } });
    const output = await run({ resource: { digitalocean_volume: { a: { ...volume, size: 10 } } } });
    expect(output).toContain("Expected size to be at least 20, got 10. A volume cannot be made smaller.");
  });
});

describe.skipIf(!hasTerraform)("BuiltInProvider and time limits (needs terraform)", { timeout: 30_000 }, () => {
  it("gives up when the configuration says so, and makes what was not ready anew", async () => {
    const world = await TerraformWorld.open({ emulator: { speed: "virtual" } });
    try {
      const graph = InfraGraph.of([
        resource("digitalocean_droplet", "slow", { name: "slow", image: "debian-12-x64", size: "s-1vcpu-1gb" }),
      ]);
      writeProject(await synth(graph), world.folder);
      const file = join(world.folder, "app", "main.tf.json");
      const config = JSON.parse(readFileSync(file, "utf8"));
      config.resource.digitalocean_droplet.slow.timeouts = { create: "200ms" };
      writeFileSync(file, JSON.stringify(config));
      const failed = await world.terraform("app", "apply", "-auto-approve", "-no-color");
      expect(failed.output).toContain("It was not ready after 0.2 s.");
      world.emulator.advance(120);
      const { output } = await world.terraform("app", "plan", "-no-color");
      expect(output).toContain("digitalocean_droplet.slow[0] is tainted, so must be replaced");
    } finally {
      await world.close();
    }
  });
});

describe.skipIf(!hasTerraform)("six environments at once (needs terraform)", { timeout: 60_000 }, () => {
  it("do not get mixed up", async () => {
    const worlds = await Promise.all(Array.from({ length: 6 }, () => TerraformWorld.open()));
    try {
      const graphs = worlds.map((_, i) =>
        InfraGraph.of([
          resource("digitalocean_droplet", "web", {
            count: i + 1,
            name: `env-${i}`,
            image: "debian-12-x64",
            region: "fra1",
            size: "s-1vcpu-1gb",
          }),
        ]),
      );
      await Promise.all(worlds.map((world, i) => world.apply(graphs[i]!)));
      for (const [i, world] of worlds.entries()) {
        expect(await world.leftovers()).toEqual(Array(i + 1).fill(`droplets env-${i}`));
      }
    } finally {
      await Promise.all(worlds.map((world) => world.close()));
    }
  });
});
