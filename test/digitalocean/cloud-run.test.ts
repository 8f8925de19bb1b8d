import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import {
  CloudRun,
  type CloudRunOptions,
  destroyRun,
  findRuns,
  Leases,
  runMark,
  worstCaseUsd,
} from "../../src/digitalocean/index.js";
import { ExpiredResourcesError, LeftoverResourcesError } from "../../src/errors.js";
import { threeTier, webService } from "../../src/stacks/index.js";
import { emulatedAccount } from "./emulated-account.js";
import { MovingClock } from "./moving-clock.js";

const root = mkdtempSync(join(tmpdir(), "infra-gym-run-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const droplet = { size: "s-1vcpu-1gb", region: "nyc3", image: "ubuntu-24-04-x64" };
const { graph } = webService();

/** An account of its own for a test, with a lease folder and a clock. */
async function world(name: string, more: Partial<CloudRunOptions> = {}) {
  const clock = new MovingClock(Math.floor(Date.now() / 1000));
  const account = await emulatedAccount({}, clock);
  const leases = new Leases(join(root, name));
  const options = { client: account.client, leases, graph, clock, budgetUsd: 5, folder: root, ...more };
  return {
    ...account,
    clock,
    leases,
    start: (other: Partial<CloudRunOptions> = {}) => CloudRun.start({ ...options, ...other }),
  };
}

describe("CloudRun", () => {
  it("prints what it may cost, makes its tag and writes a lease that its owner alone can read", async () => {
    const lines: string[] = [];
    const { start, client, leases } = await world("begin", { print: (line) => lines.push(line) });
    const run = await start({ lifetimeSeconds: 3600 });
    const worst = worstCaseUsd(graph, 3600).toFixed(2);
    expect(lines).toEqual([
      expect.stringMatching(
        new RegExp(
          `^Run ${run.mark.run} at http://127\\.0\\.0\\.1:\\d+: \\d\\.\\d{4} USD an hour to begin with, until \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ at most; worst case ${worst} USD, budget 5\\.00 USD\\.$`,
        ),
      ),
    ]);
    expect(await client.tags()).toContain(run.mark.tag);
    const [file] = readdirSync(leases.folder);
    expect(statSync(join(leases.folder, file!)).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(leases.folder, file!), "utf8")).not.toContain("test-token");
    expect(await run.end()).toEqual([]);
    expect([await client.tags(), readdirSync(leases.folder)]).toEqual([[], []]);
  });

  it("turns on the droplets of its own that a killed resize has left off", async () => {
    const { start, client, emulator, send } = await world("off");
    const run = await start();
    for (const [name, tag] of [
      ["own", run.mark.tag],
      ["other", "somebody"],
    ] as const) {
      const { droplet: made } = (await send("POST", "/v2/droplets", { ...droplet, name, tags: [tag] })) as {
        droplet: { id: number };
      };
      await send("POST", `/v2/droplets/${made.id}/actions`, { type: "power_off" });
    }
    expect(await run.powerOn()).toHaveLength(1);
    const { droplets } = (await send("GET", "/v2/droplets")) as { droplets: { name: string; status: string }[] };
    expect(droplets.map(({ name, status }) => `${name} ${status}`)).toEqual(["own active", "other off"]);
    expect(await run.powerOn()).toEqual([]);
    await run.end();
    expect((await client.resources()).map(({ name }) => name)).toEqual(["other", "somebody"]);
    await emulator.close();
  });

  it("refuses to start without a budget, and with one that the graph could exceed; nothing is made then", async () => {
    const { start, client, leases } = await world("budget");
    await expect(start({ budgetUsd: undefined as unknown as number })).rejects.toThrow(
      "Expected budgetUsd to be a number above 0: the most that may be billed (USD), got undefined.",
    );
    await expect(start({ budgetUsd: 0.2, lifetimeSeconds: 86_400 })).rejects.toThrow(
      /^Expected a bill of at most \$0\.20, got one of up to \$\d+\.\d\d \(\$0\.0000 of it spent\)\./,
    );
    expect([await client.tags(), leases.all()]).toEqual([[], []]);
  });

  it("refuses to start while something of an earlier run is past its time, until it is destroyed", async () => {
    const { start, client, send, clock, leases } = await world("expired");
    const mark = runMark("r000000abc", clock.now() - 60);
    await send("POST", "/v2/droplets", { name: "left", tags: [mark.tag], ...droplet });
    const error = await start().catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(ExpiredResourcesError);
    expect((error as Error).message).toBe(
      "1 earlier run is past their time and may still be billed: r000000abc. Destroy what is left: infra-gym reap --expired.",
    );
    const removed = await destroyRun(mark, { client, clock });
    expect(removed.map(({ name }) => name)).toEqual(["left"]);
    await (await start()).end();
    expect(await findRuns(client, leases, clock)).toEqual([]);
  });

  it("gives every resource a name of its run, and deletes by tag and name what Terraform has left", async () => {
    const { start, client, send } = await world("marked");
    const run = await start();
    const marked = run.admit(threeTier().graph);
    const names = marked.resources.flatMap(({ kind, attributes: { name } }) =>
      typeof name === "string" && !/record|database_user/.test(kind) ? [name] : [],
    );
    expect(names.filter((name) => !name.includes(run.mark.run))).toEqual([]);
    const vpc = (await send("POST", "/v2/vpcs", { name: `net-${run.mark.run}`, region: "nyc3" })) as {
      vpc: { id: string };
    };
    await send("POST", "/v2/droplets", { name: `a-0-${run.mark.run}`, vpc_uuid: vpc.vpc.id, ...droplet });
    const tagged = (await send("POST", "/v2/droplets", { name: "b", tags: [run.mark.tag], ...droplet })) as {
      droplet: { id: number };
    };
    await send("POST", "/v2/load_balancers", {
      name: `lb-${run.mark.run}`,
      region: "nyc3",
      vpc_uuid: vpc.vpc.id,
      forwarding_rules: [{ entry_protocol: "http", entry_port: 80, target_protocol: "http", target_port: 80 }],
    });
    await send("POST", "/v2/firewalls", {
      name: `fw-${run.mark.run}`,
      droplet_ids: [tagged.droplet.id],
      inbound_rules: [{ protocol: "tcp", ports: "22", sources: { addresses: ["0.0.0.0/0"] } }],
    });
    await send("POST", "/v2/volumes", { name: `disk-${run.mark.run}`, size_gigabytes: 1, region: "nyc3" });
    await send("POST", "/v2/domains", { name: `${run.mark.run}.example.com` });
    await send("POST", "/v2/projects", { name: `all-${run.mark.run}`, purpose: "Web Application" });
    await send("POST", "/v2/tags", { name: `service:web-${run.mark.run}` });
    await send("POST", "/v2/droplets", { name: "not-of-the-run", ...droplet });
    const removed = await run.end();
    expect([...new Set(removed.map(({ kind }) => kind))].sort()).toEqual(
      ["VPC", "domain", "droplet", "firewall", "load balancer", "project", "tag", "volume"].sort(),
    );
    const left = await client.resources();
    expect(left.map(({ kind, name }) => `${kind} ${name}`)).toEqual(["droplet not-of-the-run"]);
  });

  it("says what is left when it cannot be deleted, and keeps the lease", async () => {
    const { start, client, leases, send } = await world("stuck");
    const run = await start();
    const { id } = (
      (await send("POST", "/v2/vpcs", { name: `net-${run.mark.run}`, region: "nyc3" })) as { vpc: { id: string } }
    ).vpc;
    await send("POST", "/v2/droplets", { name: "of-someone-else", vpc_uuid: id, ...droplet });
    const error = await run.end({ patienceSeconds: 1 }).catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(LeftoverResourcesError);
    expect((error as Error).message).toBe(
      `Run ${run.mark.run}: Expected nothing to be left, found VPC ${id} (net-${run.mark.run}). They are billed: infra-gym reap destroys them.`,
    );
    expect([leases.all().length, (await client.tags()).length]).toEqual([1, 1]);
  });
});
