import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { Leases, runMark } from "../../src/digitalocean/index.js";
import { thisProcess } from "../../src/process-identity.js";
import { emulatedAccount } from "../digitalocean/emulated-account.js";
import { infraGym } from "./command-line.js";

const folder = mkdtempSync(join(tmpdir(), "infra-gym-reap-"));
const { emulator, client, send } = await emulatedAccount();
const droplet = { size: "s-1vcpu-1gb", region: "nyc3", image: "ubuntu-24-04-x64" };
const now = Math.floor(Date.now() / 1000);
const later = now + 7200;

beforeAll(() => {
  vi.stubEnv("INFRA_GYM_LEASES", folder);
  vi.stubEnv("DIGITALOCEAN_TOKEN", "");
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const reap = (...words: string[]) => infraGym("reap", "--endpoint", emulator.url, ...words);

/** Leaves a droplet and a network of a run in the account. */
async function leave(
  run: string,
  expiresAt: number,
  holder?: { readonly pid: number; readonly host: string; readonly started: string },
): Promise<void> {
  const mark = runMark(run, expiresAt);
  await client.createTag(mark.tag);
  await send("POST", "/v2/vpcs", { name: `net-${run}`, region: "nyc3" });
  await send("POST", "/v2/droplets", { name: `web-${run}`, tags: [mark.tag], ...droplet });
  if (holder === undefined) return;
  const money = { budgetUsd: 5, worstCaseUsd: 1, spentUsd: 0, usdPerHour: 0.1, asOf: now };
  new Leases(folder).write({
    schema: 1,
    run,
    startedAt: now,
    expiresAt,
    endpoint: emulator.url,
    folder,
    ...money,
    holder,
  });
}

/** Names of what is in the account. */
async function names(): Promise<string[]> {
  return (await client.resources()).map(({ name }) => name).sort();
}

beforeEach(async () => {
  for (const { run } of new Leases(folder).all()) new Leases(folder).remove(run);
  for (const resource of await client.resources()) await client.remove(resource);
});

describe("infra-gym reap", () => {
  it("says so when nothing is left", async () => {
    expect(await reap()).toEqual({ code: 0, out: `Nothing is left of any run at ${emulator.url}.\n`, err: "" });
  });

  it("shows with --dry-run what it would destroy, and destroys nothing", async () => {
    await leave("rexpired00", now - 60);
    const before = await names();
    const { code, out } = await reap("--dry-run");
    expect(code).toBe(0);
    expect(out).toMatch(
      /^rexpired00: expired, until \S+Z\n {2}would destroy droplet \d+ \(web-rexpired00\)\n {2}would destroy VPC \S+ \(net-rexpired00\)\n {2}would destroy tag infra-gym:rexpired00:\d+\n$/,
    );
    expect(await names()).toEqual(before);
  });

  it("destroys what is past its time, whosever it is, and proves it", async () => {
    await leave("rexpired00", now - 60);
    await leave("rother0000", later);
    await send("POST", "/v2/droplets", { name: "of-nobody", ...droplet });
    const { out } = await reap("--expired");
    expect(out).toContain("rexpired00: expired");
    expect(out).toContain("  destroyed droplet ");
    expect(out).toContain("  nothing is left\n");
    expect(out).toMatch(
      /rother0000: left alone, of another machine and not past its time until \S+Z; --all takes it too\n/,
    );
    expect(await names()).toEqual([`infra-gym:rother0000:${later}`, "net-rother0000", "of-nobody", "web-rother0000"]);
    await reap("--all");
    expect(await names()).toEqual(["of-nobody"]);
  });

  it("destroys what a killed process of this machine has left, and never what a living one holds", async () => {
    const { pid } = spawnSync(process.execPath, ["--version"]);
    await leave("rkilled000", later, { pid, host: hostname(), started: "" });
    await leave("rliving000", later, thisProcess());
    expect((await reap("--expired")).out).toContain("rkilled000: left alone, not past its time until ");
    const { out } = await reap("--all");
    expect(out).toContain("rkilled000: abandoned");
    expect(out).toContain("rliving000: left alone, its process is running on this machine\n");
    expect((await names()).filter((name) => name.includes("rkilled000"))).toEqual([]);
    expect(new Leases(folder).all().map(({ run }) => run)).toEqual(["rliving000"]);
  });

  it("asks for a token where the endpoint is not on this machine, and shows none", async () => {
    const { code, err } = await infraGym("reap", "--endpoint", "https://api.example");
    expect([code, err]).toEqual([1, "INFRA_GYM_TOKEN: https://api.example: No token. Set DIGITALOCEAN_TOKEN.\n"]);
    expect((await infraGym("reap", "--endpoint", "http://api.example")).code).toBe(2);
  });
});

describe("infra-gym prices", () => {
  it("shows the list with its date", async () => {
    const { code, out } = await infraGym("prices");
    expect(code).toBe(0);
    expect(out).toMatch(/^s-2vcpu-4gb +2 +4 +24\.00 +0\.03571$/m);
    expect(out).toContain("https://www.digitalocean.com/pricing, 2026-11\n");
  });

  it("reads today's prices from an account and writes them with their date", async () => {
    const file = join(folder, "catalogue.txt");
    const { code, out } = await infraGym("prices", "--refresh", "--endpoint", emulator.url, "--json", file);
    expect(code).toBe(0);
    expect(out).toContain("The same sizes and prices as in the list.\n");
    const catalogue = JSON.parse(readFileSync(file, "utf8"));
    expect(catalogue.date).toBe(new Date().toISOString().slice(0, 10));
    expect(catalogue.dropletSizes["s-2vcpu-4gb"].priceUsdPerHour).toBeCloseTo(24 / 672, 10);
  });
});
