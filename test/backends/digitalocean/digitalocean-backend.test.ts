/** The backend `digitalocean` end to end, without a cloud: real Terraform, an emulated account, droplets that run what they are told at boot. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { DigitalOceanBackend, type DigitalOceanOptions } from "../../../src/backends/index.js";
import { endOrphans } from "../../../src/backends/live/world-folder.js";
import { systemClock } from "../../../src/clock.js";
import { DigitalOceanClient, findRuns, Leases, readCredentials } from "../../../src/digitalocean/index.js";
import { BudgetExceededError, ClosedError } from "../../../src/errors.js";
import { root as repository } from "../../package/repository.js";
import { temporaryFolder } from "../../terraform/terraform-folder.js";
import { execArgv, reason, steadyEpisode, WEB } from "../local/small-world.js";
import { cloudGraphWith, cloudWorld } from "./cloud-world.js";
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

/** A load that a busy machine holds up is no matter of this. */
function failuresOf(backend: DigitalOceanBackend): readonly unknown[] {
  return backend.status().failures.filter(({ address }) => address !== "load");
}

describe.skipIf(reason !== undefined)(`DigitalOceanBackend (${reason ?? "with Terraform"})`, () => {
  it("runs an episode on droplets of an account, within its budget, and leaves nothing behind", async () => {
    const backend = new DigitalOceanBackend(options);
    onTestFinished(() => backend.close());
    await backend.open(cloudWorld);
    expect(printed).toEqual([
      expect.stringMatching(/^Run r\w{9} at http:.* worst case \d\.\d\d USD, budget 0\.12 USD\.$/),
    ]);
    await backend.reset(steadyEpisode(1n, 40, cloudGraphWith(1)));
    expect(backend.components).toMatchObject({ provider: "built-in", load: "autocannon 9.0.0" });
    const { startSeconds } = steadyEpisode(1n, 40, cloudGraphWith(1)).series;
    expect([...backend.observe()]).toEqual([1, Number.NaN, 2, startSeconds, 1]);

    expect(backend.apply(cloudGraphWith(2))).toEqual({ generation: 1 });
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
    backend.apply(cloudGraphWith(3));
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
    await expect(backend.open(cloudWorld)).rejects.toThrow(BudgetExceededError);
    expect(account.isEmpty).toBe(true);
    expect(readdirSync(join(root, "worlds"))).toEqual([]);
  });

  it("goes by ssh, loads from a droplet, and what a killed one has left is destroyed at the next start", async () => {
    const ssh = join(root, "ssh");
    writeFileSync(ssh, `#!/bin/sh\nexec node ${join(repository, "test/fakes/ssh.mjs")} ${account.folder} "$@"\n`);
    chmodSync(ssh, 0o755);
    const { print: _, execArgv: __, ...plain } = options;
    const bySsh = { connection: "ssh", load: "droplet", ssh, sshKeys: [await addKey()], identityFile: "/dev/null" };
    const killed = startKillable({ ...plain, ...bySsh });
    const said = JSON.parse(await killed.line) as Readonly<Record<string, unknown>>;
    expect(said).toMatchObject({ failed: 0, load: "autocannon 9.0.0 on a droplet" });
    expect((said.start as readonly unknown[]).slice(0, 3)).toEqual([1, null, 2]);
    expect(said.arrivals).toBeGreaterThan(30);
    await killed.kill();
    await account.settled();
    expect(account.isEmpty).toBe(false);
    const client = new DigitalOceanClient({ credentials: readCredentials({}, account.emulator.url) });
    const runs = await findRuns(client, new Leases(join(root, "leases")), systemClock());
    expect(runs.map(({ state }) => state)).toEqual(["abandoned"]);

    printed.length = 0;
    const backend = new DigitalOceanBackend(options);
    onTestFinished(() => backend.close());
    await backend.open(cloudWorld);
    expect(printed[0]).toBe(`Run ${runs[0]!.mark.run} was left by a process that is gone; it is destroyed now.`);
    expect(printed).toContainEqual(expect.stringMatching(/^ {2}destroyed droplet \d+ \(load-r\w{9}\)$/));
    expect(account.isEmpty).toBe(true);
    await backend.close();
    expect([readdirSync(join(root, "worlds")), readdirSync(join(root, "leases"))]).toEqual([[], []]);
  });
});

/** Puts a key in the account. @returns Its fingerprint. */
async function addKey(): Promise<string> {
  const answer = await fetch(`${account.emulator.url}/v2/account/keys`, {
    method: "POST",
    headers: { authorization: "Bearer any", "content-type": "application/json" },
    body: JSON.stringify({ name: "own", public_key: `ssh-ed25519 ${Buffer.alloc(51, 7).toString("base64")} own` }),
  });
  const { ssh_key: key } = (await answer.json()) as { readonly ssh_key: { readonly fingerprint: string } };
  return key.fingerprint;
}

/** Starts the world in a process of its own. */
function startKillable(given: object): { readonly line: Promise<string>; kill(): Promise<void> } {
  const file = join(repository, "test/fixtures/digitalocean/world-to-kill.ts");
  const code = `await import(${JSON.stringify(pathToFileURL(file).href)})`;
  const args = [...execArgv, "--input-type=module", "-e", code, JSON.stringify(given)];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  onTestFinished(() => {
    child.kill("SIGKILL");
    endOrphans("digitalocean", join(root, "worlds"));
  });
  let output = "";
  const line = new Promise<string>((resolve, reject) => {
    child.stderr.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.stdout.once("data", (chunk: Buffer) => resolve(chunk.toString()));
    child.once("exit", () => reject(new Error(`It ended: ${output}`)));
  });
  const kill = async (): Promise<void> => {
    child.kill("SIGKILL");
    await once(child, "exit");
  };
  return { line, kill };
}
