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
import { metricOf, parseExposition, type SeriesSpec } from "../../../src/metrics/index.js";
import { layoutRows } from "../../../src/simulator/rows.js";
import { backendContract } from "../../contract/backend.js";
import { execArgv, graphWith, reason, smallWorld, steadyEpisode } from "./small-world.js";

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
});
