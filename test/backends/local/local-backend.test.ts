/** The backend `local` end to end, on whatever of Terraform, haproxy and Prometheus is installed. @module */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { LocalBackend } from "../../../src/backends/local/local-backend.js";
import { ClosedError } from "../../../src/errors.js";
import { isProcessAlive } from "../../../src/process-identity.js";
import { execArgv, graphWith, processesIn, reason, smallWorld, steadyEpisode, WEB } from "./small-world.js";

const folder = mkdtempSync(join(tmpdir(), "local-backend-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(reason !== undefined)(`LocalBackend (${reason ?? "with Terraform"})`, () => {
  it("runs episodes on real processes, grows under load, and leaves nothing behind", async (ctx) => {
    const backend = new LocalBackend({ timeScale: 30, folder, execArgv });
    expect(backend.components.terraform).toBe("not opened");
    await backend.open(smallWorld());
    const { components } = backend;
    ctx.task.meta.components = components;
    await backend.reset(steadyEpisode(1n, 40, graphWith(1)));
    const { startSeconds } = steadyEpisode(1n, 40, graphWith(1)).series;
    expect(backend.timeSeconds).toBe(startSeconds);
    expect(backend.totalCostUsd).toBe(0);
    expect(backend.resources()).toEqual([{ address: WEB, size: "s-2vcpu-4gb", desired: 1, ready: 1, pending: 0 }]);
    expect([...backend.observe()]).toEqual([1, Number.NaN, 2, startSeconds, 1]);
    const processes = processesIn(folder);
    expect(processes.length).toBeGreaterThanOrEqual(3);

    expect(backend.apply(graphWith(2))).toEqual({ generation: 1 });
    expect(backend.status()).toEqual({ desiredGeneration: 1, appliedGeneration: 0, failures: [] });
    await backend.advance();
    const first = backend.measure(false);
    expect(first.seconds).toBeGreaterThan(59);
    expect(first.arrivals).toBeGreaterThan(40 * 60 * 0.6);
    expect(first.costUsd).toBeGreaterThan(0.01);
    expect(backend.staleQueries).toEqual([]);
    for (let step = 0; step < 2; step++) await backend.advance();
    const { failures, ...generations } = backend.status();
    expect(generations).toEqual({ desiredGeneration: 1, appliedGeneration: 1 });
    // A busy machine may hold up the load.
    expect(failures.filter(({ address }) => address !== "load")).toEqual([]);
    expect(backend.resources()[0]).toMatchObject({ desired: 2, ready: 2, pending: 0 });
    const [ready, rate, slots, time, up] = backend.observe();
    expect({ ready, slots, up }).toEqual({ ready: 2, slots: 4, up: 2 });
    expect(rate).toBeGreaterThan(10);
    expect(time).toBeGreaterThan(startSeconds + 90);

    await backend.reset(steadyEpisode(2n, 40, graphWith(1)));
    expect(backend.totalCostUsd).toBe(0);
    expect(backend.status()).toEqual({ desiredGeneration: 0, appliedGeneration: 0, failures: [] });
    // What was before the episode is not seen.
    expect([...backend.observe()].slice(0, 2)).toEqual([1, Number.NaN]);

    await expect(backend.reset(steadyEpisode(3n, 5000, graphWith(1)))).rejects.toThrow(
      "Expected workload to be one whose peak is at most local.maxRate (3000 requests/s)",
    );
    await backend.close();
    await backend.close();
    expect(processes.filter(isProcessAlive)).toEqual([]);
    expect(readdirSync(folder)).toEqual([]);
    await expect(backend.advance()).rejects.toThrow(ClosedError);
  }, 90_000);
});
