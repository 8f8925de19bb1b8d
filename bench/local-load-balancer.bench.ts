/** Load balancers of the data plane: the time they add, and what fails while servers come, go and die. @module */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { openLoadBalancer, type PlaneLoadBalancer } from "../src/emulator/data-plane/load-balancer/index.js";
import { type LoadReport, LoadRunner } from "../src/loadgen/index.js";
import { findProgram } from "../src/running-program.js";
import { type Measurement, measure } from "./figure.js";

const kinds = findProgram("haproxy", ["/usr/sbin"]) === undefined ? ["built-in"] : ["haproxy", "built-in"];
/** Two windows that follow each other, so often: the machine is as busy in both. */
const PAIRS = 7;
const WINDOW_SECONDS = 3;
/** Long enough for a dead server to be marked down. */
const SETTLE = 2000;

interface Replica {
  readonly child: ChildProcess;
  readonly port: number;
}

/** A service of its own process that answers after a time. */
async function startReplica(milliseconds: number): Promise<Replica> {
  const source = `require("node:http").createServer((request, response) => {
    if (request.url === "/health") response.end(); else setTimeout(() => response.end("ok"), ${milliseconds});
  }).listen(0, "127.0.0.1", function () { console.log(this.address().port); });`;
  const child = spawn(process.execPath, ["-e", source], { stdio: ["ignore", "pipe", "inherit"] });
  const port = await new Promise<number>((resolve) => {
    child.stdout.once("data", (chunk: Buffer) => resolve(Number(chunk.toString())));
  });
  return { child, port };
}

/** Runs something over a load balancer with replicas behind it, and takes all down again. */
async function behind<T>(
  kind: string,
  replicas: readonly Replica[],
  run: (balancer: PlaneLoadBalancer) => Promise<T>,
): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), "infra-gym-bench-"));
  const balancer = await openLoadBalancer({ binary: kind, directory, healthCheck: { path: "/health" } });
  try {
    for (const [i, replica] of replicas.entries()) await add(balancer, `web-${i}`, replica);
    return await run(balancer);
  } finally {
    await balancer.close();
    for (const { child } of replicas) child.kill("SIGKILL");
    rmSync(directory, { recursive: true });
  }
}

async function add(balancer: PlaneLoadBalancer, name: string, { port }: Replica): Promise<void> {
  await balancer.addServer({ name, host: "127.0.0.1", port });
  await balancer.waitForServer(name, 10);
}

function load(url: string, rate: number, durationSeconds: number): Promise<LoadRunner> {
  return LoadRunner.start({ url, profile: { atSeconds: [0], rates: [rate] }, durationSeconds, connections: 64 });
}

/** What is in the way of 500 requests per second, at their 95th percentile: the smallest difference of pairs of windows. */
async function addedMilliseconds(kind: string): Promise<number> {
  const replicas = [await startReplica(2)];
  const direct = `http://127.0.0.1:${replicas[0]!.port}`;
  return behind(kind, replicas, async ({ url }) => {
    const p95 = async (target: string): Promise<number> =>
      (await (await load(target, 500, WINDOW_SECONDS)).ended).latencySeconds.p95;
    const differences: number[] = [];
    for (let pair = 0; pair < PAIRS; pair++) differences.push((await p95(url)) - (await p95(direct)));
    return 1000 * differences.sort((a, b) => a - b)[Math.floor(PAIRS / 4)]!;
  });
}

function failedOf({ sent, codes }: LoadReport): number {
  return sent - (codes["200"] ?? 0);
}

/** Requests that fail out of 300 per second while servers are added, drained and removed. */
async function failedByChange(kind: string): Promise<number> {
  const replicas = await Promise.all([0, 1, 2, 3].map(() => startReplica(20)));
  return behind(kind, replicas.slice(0, 2), async (balancer) => {
    const runner = await load(balancer.url, 300, 60);
    for (const [i, replica] of replicas.entries()) {
      await sleep(500);
      if (i >= 2) await add(balancer, `web-${i}`, replica);
      else {
        await balancer.drainServer(`web-${i}`, { timeoutSeconds: 10 });
        await balancer.removeServer(`web-${i}`);
        await add(balancer, `again-${i}`, replica);
      }
    }
    await sleep(500);
    const report = await runner.stop();
    for (const { child } of replicas) child.kill("SIGKILL");
    return failedOf(report);
  });
}

/** Requests that fail out of 300 per second when one of six servers is killed: the mean of three kills. */
async function failedByKill(kind: string): Promise<number> {
  const replicas = await Promise.all([0, 1, 2, 3, 4, 5].map(() => startReplica(20)));
  return behind(kind, replicas, async (balancer) => {
    const runner = await load(balancer.url, 300, 120);
    for (const { child } of replicas.slice(0, 3)) {
      await sleep(SETTLE);
      child.kill("SIGKILL");
    }
    await sleep(SETTLE);
    return failedOf(await runner.stop()) / 3;
  });
}

const once = { repeats: 1, warmUps: 0 };

/** Figures of this file. */
export const measurements: readonly Measurement[] = kinds.flatMap((kind) => {
  const name = `loadBalancer.${kind === "haproxy" ? kind : "builtIn"}`;
  return [
    measure(`${name}.addedP95Milliseconds`, "ms", () => addedMilliseconds(kind), once),
    measure(`${name}.failedByChange`, "requests", () => failedByChange(kind), { repeats: 3, warmUps: 0 }),
    measure(`${name}.failedByKill`, "requests", () => failedByKill(kind), { repeats: 3, warmUps: 0 }),
  ];
});
