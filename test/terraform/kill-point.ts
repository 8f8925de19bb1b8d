/** One kill at one moment, and what comes after it. @module */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript";
import { systemClock } from "../../src/clock.js";
import {
  DigitalOceanClient,
  destroyRun,
  findRuns,
  Leases,
  readCredentials,
  runMark,
} from "../../src/digitalocean/index.js";
import { Emulator } from "../../src/emulator/index.js";
import { createRng } from "../../src/rng.js";
import { referee } from "../emulator/file-referee.js";
import { root } from "../package/repository.js";
import { type KillPhase, openRun, phasesOf, type RunPlace } from "./killed-run.js";

/** When, and whom. */
export interface KillPoint {
  readonly phase: KillPhase;
  /** After the phase has begun. Unit: milliseconds. */
  readonly afterMs: number;
  readonly victim: "us" | "terraform" | "both";
  readonly sequel: "reap" | "resume";
}

/** What was found after it. */
export interface KillOutcome {
  /** Names of what is left in the account, in it twice, or off; empty is as it should be. */
  readonly wrong: readonly string[];
  /** What went wrong when the run went on. */
  readonly failures: readonly string[];
}

/** Runs, kills, and reaps or goes on. */
export async function killAt(point: KillPoint, folder: string, isWhole: boolean): Promise<KillOutcome> {
  const emulator = new Emulator({ onExchange: referee.judge });
  await emulator.listen();
  try {
    const place = { endpoint: emulator.url, folder: join(folder, "work"), leases: join(folder, "leases"), isWhole };
    return await killIn(place, point);
  } finally {
    await emulator.close();
  }
}

async function killIn(place: RunPlace, { phase, afterMs, victim, sequel }: KillPoint): Promise<KillOutcome> {
  const child = start(place, phase);
  await reached(child, phase);
  await new Promise((resolve) => setTimeout(resolve, afterMs));
  const terraforms = terraformsOf(child.pid!);
  if (victim !== "us") for (const pid of terraforms) kill(pid);
  child.kill("SIGKILL");
  await new Promise((resolve) =>
    child.exitCode === null && child.signalCode === null ? child.once("exit", resolve) : resolve(0),
  );
  const client = new DigitalOceanClient({ credentials: readCredentials({}, place.endpoint) });
  const failures = sequel === "resume" ? await goOn(place) : await reap(place, client);
  const names = (await client.resources()).map(({ kind, name }) => `${kind} ${name}`);
  if (sequel === "reap") return { wrong: names, failures };
  const [lease] = new Leases(place.leases).all();
  const off = await client.dropletsOff(runMark(lease!.run, lease!.expiresAt).tag);
  return { wrong: [...differences(names, place), ...off.map((id) => `off: droplet ${id}`)], failures };
}

let compiled: string | undefined;

/** The run's module as JavaScript, on the built package: Node takes a second less to load it than the sources. */
function compiledRun(): string {
  if (compiled !== undefined) return compiled;
  const source = readFileSync(join(root, "test", "terraform", "killed-run.ts"), "utf8");
  const options = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022, verbatimModuleSyntax: true };
  const { outputText } = ts.transpileModule(source, { compilerOptions: options });
  const folder = mkdtempSync(join(tmpdir(), "infra-gym-killed-run-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  compiled = join(folder, "killed-run.mjs");
  writeFileSync(compiled, outputText.replaceAll('"../../src/', `"${pathToFileURL(join(root, "dist")).href}/`));
  return compiled;
}

/** Starts the run in a process of its own. */
export function start(place: RunPlace, phase: KillPhase): ChildProcess {
  const script = `
    import { liveUntilKilled } from ${JSON.stringify(pathToFileURL(compiledRun()).href)};
    await liveUntilKilled(${JSON.stringify(place)}, ${JSON.stringify(phase)});`;
  const { VITEST: _, NODE_OPTIONS: __, ...env } = process.env;
  return spawn(process.execPath, ["--input-type=module", "--eval", script], {
    cwd: root,
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
}

/** Resolves when the child says that it is at a phase; rejects when it ends without. */
export function reached(child: ChildProcess, phase: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = "";
    child.stdout!.on("data", (data) => {
      said += data;
      if (said.split("\n").includes(phase)) resolve();
    });
    child.once("exit", (code) => reject(new Error(`It ended with ${code} before ${phase}, having said ${said}`)));
  });
}

/** Process ids of the Terraforms that a process has started. */
function terraformsOf(parent: number): number[] {
  const lines = execFileSync("ps", ["-A", "-o", "pid=,ppid=,comm="], { encoding: "utf8" }).split("\n");
  const rows = lines.map((line) => line.trim().split(/\s+/));
  return rows.filter(([, ppid, name]) => Number(ppid) === parent && name === "terraform").map(([pid]) => Number(pid));
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It had just ended.
  }
}

async function reap({ leases }: RunPlace, client: DigitalOceanClient): Promise<string[]> {
  const clock = systemClock();
  for (const { mark, state } of await findRuns(client, new Leases(leases), clock)) {
    if (state !== "abandoned") return [`${mark.run} is ${state}`];
    await destroyRun(mark, { client, clock });
  }
  return [];
}

async function goOn(place: RunPlace): Promise<readonly string[]> {
  const open = await openRun(place);
  try {
    return await open.reach(phasesOf(place).update);
  } finally {
    await open[Symbol.asyncDispose]();
  }
}

/** What is missing, too much, or there twice, by kind and name without the run's id. */
function differences(names: readonly string[], place: RunPlace): string[] {
  const [lease] = new Leases(place.leases).all();
  const { update } = phasesOf(place);
  const wanted = update.resources.flatMap((resource) =>
    expectedNames(resource.kind, resource.attributes.name, update.count(resource.address)),
  );
  const left = names
    .map((name) => name.replace(`-${lease!.run}`, "").replace(`${lease!.run}.`, ""))
    .filter((name) => !name.startsWith("tag infra-gym:"));
  const missing = wanted.filter((name) => !left.includes(name)).map((name) => `missing: ${name}`);
  const excess = [...left];
  for (const name of wanted) {
    const place = excess.indexOf(name);
    if (place >= 0) excess.splice(place, 1);
  }
  return [...missing, ...excess.map((name) => `too much: ${name}`)];
}

const KINDS: Readonly<Record<string, string>> = {
  digitalocean_droplet: "droplet",
  digitalocean_loadbalancer: "load balancer",
  digitalocean_firewall: "firewall",
  digitalocean_vpc: "VPC",
  digitalocean_project: "project",
  digitalocean_domain: "domain",
  digitalocean_tag: "tag",
};

function expectedNames(type: string, name: unknown, count: number): string[] {
  const kind = KINDS[type];
  if (kind === undefined) return [];
  return Array.from({ length: count }, (_, k) => `${kind} ${String(name).replace(`\${count.index}`, String(k))}`);
}

/** Kill points drawn by seed: all phases, victims and sequels come in turn, the moments are random. */
export function killPoints(count: number, seed: number): KillPoint[] {
  const rng = createRng(seed);
  const phases = ["create", "update", "destroy"] as const;
  const victims = ["us", "terraform", "both"] as const;
  return Array.from({ length: count }, (_, k) => ({
    phase: phases[k % 3]!,
    victim: victims[Math.floor(k / 3) % 3]!,
    sequel: k % 2 === 0 ? "resume" : "reap",
    afterMs: Math.floor(rng.random() * 700),
  }));
}
