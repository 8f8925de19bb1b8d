/** The backend `digitalocean` end to end, without a cloud: real Terraform, an emulated account, droplets that run what they are told at boot. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { DigitalOceanBackend, type DigitalOceanOptions, type World } from "../../../src/backends/index.js";
import { DigitalOceanClient, readCredentials } from "../../../src/digitalocean/index.js";
import { BudgetExceededError, ClosedError } from "../../../src/errors.js";
import { type InfraGraph, setAttribute } from "../../../src/infra/index.js";
import { temporaryFolder } from "../../terraform/terraform-folder.js";
import { execArgv, graphWith, reason, smallWorld, steadyEpisode, WEB } from "../local/small-world.js";
import { EmulatedDroplets } from "./emulated-droplets.js";

const root = temporaryFolder("digitalocean");
const account = await EmulatedDroplets.start(join(root, "droplets"));
afterAll(() => account.close());

const printed: string[] = [];
const options: DigitalOceanOptions = {
  // Two droplets for an hour, and not three.
  budgetUsd: 0.12,
  lifetimeSeconds: 3600,
  token: "token-of-an-emulator",
  apiUrl: account.emulator.url,
  connection: "direct",
  runnerAddress: "127.0.0.1",
  scrapeSeconds: 0.25,
  startSeconds: 30,
  folder: join(root, "worlds"),
  leases: join(root, "leases"),
  print: (line) => printed.push(line),
  execArgv,
};

/** Its load balancer listens on a port that needs no rights. */
function graph(count: number): InfraGraph {
  const rule = { entry_protocol: "http", entry_port: 8000, target_protocol: "http", target_port: 8080 };
  return setAttribute("digitalocean_loadbalancer.main", "forwarding_rule", [rule])(graphWith(count));
}

/** A load that a busy machine holds up is no matter of this. */
function failuresOf(backend: DigitalOceanBackend): readonly unknown[] {
  return backend.status().failures.filter(({ address }) => address !== "load");
}

const world: World = { ...smallWorld(graph(1)), stepSeconds: 2 };

describe.skipIf(reason !== undefined)(`DigitalOceanBackend (${reason ?? "with Terraform"})`, () => {
  it("runs an episode on droplets of an account, within its budget, and leaves nothing behind", async () => {
    const backend = new DigitalOceanBackend(options);
    onTestFinished(() => backend.close());
    await backend.open(world);
    expect(printed).toEqual([
      expect.stringMatching(/^Run r\w{9} at http:.* worst case \d\.\d\d USD, budget 0\.12 USD\.$/),
    ]);
    await backend.reset(steadyEpisode(1n, 40, graph(1)));
    expect(backend.components).toMatchObject({ provider: "built-in", load: "autocannon 9.0.0" });
    const { startSeconds } = steadyEpisode(1n, 40, graph(1)).series;
    expect([...backend.observe()]).toEqual([1, Number.NaN, 2, startSeconds, 1]);

    expect(backend.apply(graph(2))).toEqual({ generation: 1 });
    await backend.advance();
    const step = backend.measure(false);
    expect(step.seconds).toBeGreaterThan(1.9);
    expect(step.arrivals).toBeGreaterThan(30);
    expect(step.failed).toBe(0);
    for (let n = 0; n < 8 && backend.resources()[0]!.ready < 2; n++) await backend.advance();
    expect(backend.resources()).toEqual([{ address: WEB, size: "s-2vcpu-4gb", desired: 2, ready: 2, pending: 0 }]);
    expect(backend.status()).toMatchObject({ desiredGeneration: 1, appliedGeneration: 1 });
    expect(failuresOf(backend)).toEqual([]);
    // The droplet that was added is billed its least amount.
    expect(backend.totalCostUsd).toBeGreaterThan(0.01);
    expect(backend.totalCostUsd).toBeLessThan(0.02);

    // What could cost more than the budget is refused, and the episode goes on.
    backend.apply(graph(3));
    expect(failuresOf(backend)).toEqual([
      expect.objectContaining({ address: "budget", code: "INFRA_GYM_BUDGET_EXCEEDED", retryable: false }),
    ]);
    await backend.advance();
    expect(backend.resources()[0]!.ready).toBe(2);

    await backend.close();
    await account.settled();
    expect(account.isEmpty).toBe(true);
    const client = new DigitalOceanClient({ credentials: readCredentials({}, account.emulator.url) });
    expect([await client.tags(), await client.resources()]).toEqual([[], []]);
    expect([readdirSync(join(root, "worlds")), readdirSync(join(root, "leases"))]).toEqual([[], []]);
    await expect(backend.advance()).rejects.toThrow(ClosedError);
  });

  it("makes nothing when the graph could cost more than the budget", async () => {
    const backend = new DigitalOceanBackend({ ...options, budgetUsd: 0.01 });
    await expect(backend.open(world)).rejects.toThrow(BudgetExceededError);
    expect(account.isEmpty).toBe(true);
    expect(readdirSync(join(root, "worlds"))).toEqual([]);
  });
});
