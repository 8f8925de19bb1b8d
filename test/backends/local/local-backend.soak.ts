/** The backend `local` under the contract of backends, and what is special about it: minutes, as its time is the wall's. @module */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { World } from "../../../src/backends/index.js";
import { LocalBackend } from "../../../src/backends/local/local-backend.js";
import type { LocalOptions } from "../../../src/backends/local/local-options.js";
import { prepareWorld } from "../../../src/backends/simulated-backend.js";
import { compile } from "../../../src/envs/compile.js";
import { threeTierDefinition } from "../../../src/envs/index.js";
import { InfraGymError } from "../../../src/errors.js";
import { metricOf, parseExposition, type SeriesSpec } from "../../../src/metrics/index.js";
import { isProcessAlive } from "../../../src/process-identity.js";
import { layoutRows } from "../../../src/simulator/rows.js";
import { backendContract } from "../../contract/backend.js";
import { execArgv, graphWith, processesIn, reason, smallWorld, steadyEpisode } from "./small-world.js";

const folder = mkdtempSync(join(tmpdir(), "local-soak-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function makeLocal(options: LocalOptions = {}): LocalBackend {
  return new LocalBackend({ timeScale: 20, folder, execArgv, ...options });
}

/** What a world's targets show after two steps, with the label that scraping adds. */
async function shownBy(world: World): Promise<SeriesSpec[]> {
  const backend = makeLocal();
  await backend.open(world);
  await backend.reset(steadyEpisode(3n, 20, world.graph));
  await backend.advance();
  await backend.advance();
  const texts = await Promise.all(backend.urls.metrics.map(async (url) => (await fetch(url)).text()));
  await backend.close();
  return texts.flatMap((text, target) =>
    parseExposition(text, { format: "text" }).flatMap(({ samples }) =>
      samples.map(({ name, labels }) => {
        const instance = metricOf(name).labels.includes("instance") ? { instance: `target-${target}` } : {};
        return { name, labels: { ...Object.fromEntries(labels), ...instance } };
      }),
    ),
  );
}

describe.skipIf(reason !== undefined)(`LocalBackend (${reason ?? "with Terraform"})`, () => {
  backendContract("local", { make: makeLocal, isLive: true, series: shownBy });

  it("shows the metrics that the simulation shows, in an environment with a database", async () => {
    const { world } = compile(threeTierDefinition());
    const simulated = new Set(
      layoutRows(prepareWorld(world).model)
        .schema.names()
        .map((name) => metricOf(name).name),
    );
    const local = new Set((await shownBy(world)).map(({ name }) => metricOf(name).name));
    // Whoever scrapes says whether a target is up.
    expect([...simulated].filter((name) => !local.has(name)).sort()).toEqual(["up"]);
    expect([...local].filter((name) => !simulated.has(name))).toEqual([]);
  });

  it("runs without haproxy and Prometheus", async () => {
    const backend = makeLocal({ loadBalancer: "built-in", metrics: "embedded" });
    await backend.open(smallWorld());
    expect(backend.components).toMatchObject({ loadBalancer: "built-in", prometheus: "embedded" });
    await backend.reset(steadyEpisode(1n, 40, graphWith(1)));
    for (let step = 0; step < 3; step++) await backend.advance();
    const [ready, rate, slots, , up] = backend.observe();
    expect({ ready, slots, up }).toEqual({ ready: 1, slots: 2, up: 1 });
    expect(rate).toBeGreaterThan(20);
    expect(backend.measure(false).failed).toBe(0);
    await backend.close();
  });

  it("runs worlds side by side", async () => {
    const worlds = [makeLocal(), makeLocal(), makeLocal({ metrics: "embedded" })];
    await Promise.all(worlds.map((backend) => backend.open(smallWorld())));
    await Promise.all(worlds.map((backend, k) => backend.reset(steadyEpisode(BigInt(k), 10 + 10 * k, graphWith(1)))));
    await Promise.all(worlds.map((backend) => backend.advance()));
    await Promise.all(worlds.map((backend) => backend.advance()));
    const rates = worlds.map((backend) => backend.measure(false).arrivals / backend.measure(false).seconds);
    expect(rates).toEqual([expect.closeTo(10, -1), expect.closeTo(20, -1), expect.closeTo(30, -1)]);
    await Promise.all(worlds.map((backend) => backend.close()));
  });

  it("reboots a droplet that crashes, and counts it", async () => {
    const backend = makeLocal({ faults: { crashEverySeconds: 60 } });
    await backend.open({ ...smallWorld(), queries: ['infra_gym_crashes_total{service="web"}'] });
    await backend.reset(steadyEpisode(5n, 20, graphWith(2)));
    for (let step = 0; step < 6; step++) await backend.advance();
    expect(backend.observe()[0]).toBeGreaterThan(0);
    await backend.close();
  });

  it("refuses commands that nobody has allowed, and takes everything down", async () => {
    const backend = makeLocal();
    await expect(backend.open(smallWorld(graphWith(1, "#!/bin/sh\nexit 1\n")))).rejects.toThrow(
      "The command in user_data of digitalocean_droplet.web is not supported. It would run as this user: pass local: { allowCommands: true } if you trust it.",
    );
    expect(processesIn(folder)).toEqual([]);
  });

  it("takes everything down when a command ends while its droplet boots", async () => {
    const graph = graphWith(1, "#!/bin/sh\nexit 1\n");
    const backend = makeLocal({ allowCommands: true });
    await backend.open(smallWorld(graph));
    await expect(backend.reset(steadyEpisode(1n, 5, graph))).rejects.toThrow(
      /^The process of droplet web-0 ended while it booted \(exit code 1\); its output is in .*web-0\.log\.$/,
    );
    expect(processesIn(folder)).toEqual([]);
    await expect(backend.advance()).rejects.toThrow("Small-v0 is closed. Make a new one.");
  });

  it("takes everything down when its load balancer is lost", async () => {
    const backend = makeLocal({ loadBalancer: "built-in" });
    await backend.open(smallWorld());
    await backend.reset(steadyEpisode(1n, 5, graphWith(1)));
    const processes = processesIn(folder);
    // Prometheus and the load balancer come before the droplets.
    for (const { pid } of processes.slice(0, 2)) process.kill(pid, "SIGKILL");
    await expect(backend.advance()).rejects.toThrow(InfraGymError);
    expect(processes.filter(isProcessAlive)).toEqual([]);
  });

  it("refuses a load beyond what one generator is trusted with", async () => {
    const backend = makeLocal({ maxRate: 100 });
    await backend.open(smallWorld());
    await expect(backend.reset(steadyEpisode(1n, 500, graphWith(1)))).rejects.toThrow(
      "Expected workload to be one whose peak is at most local.maxRate (100 requests/s): more than one generator is trusted with, got 500 (number).",
    );
    await backend.close();
  });
});
