/** What is applied in a real account, how it is scraped and loaded: by itself, and applied by Terraform in an emulated account. */
import { describe, expect, it } from "vitest";
import { cloudGraph, cloudLoad, scrapeTunnels } from "../../../src/backends/digitalocean/index.js";
import { CloudRun, Leases } from "../../../src/digitalocean/index.js";
import { BudgetExceededError, InvalidGraphError, InvalidOptionError } from "../../../src/errors.js";
import { setAttribute, synth } from "../../../src/infra/index.js";
import { threeTier, webService } from "../../../src/stacks/index.js";
import { BuiltInProvider, ProjectApplier } from "../../../src/terraform/index.js";
import { emulatedAccount } from "../../digitalocean/emulated-account.js";
import { temporaryFolder, terraformHere } from "../../terraform/terraform-folder.js";

const { graph, services } = webService({ count: 2 });
const options = { services, runnerAddress: "203.0.113.7", sshKeys: ["3b:16:bf:e4"], package: "infra-gym@0.1.0" };

describe("cloudGraph", () => {
  it("leaves nothing open but the load balancer, and SSH to this machine", () => {
    const made = cloudGraph(graph, options);
    expect(made.attributes("digitalocean_firewall", "jump").inbound_rule).toEqual([
      { protocol: "tcp", port_range: "22", source_addresses: ["203.0.113.7/32"] },
    ]);
    expect(made.attributes("digitalocean_firewall", "web").inbound_rule).toEqual(
      graph.attributes("digitalocean_firewall", "web").inbound_rule,
    );
    for (const name of ["jump", "web"]) {
      expect(made.attributes("digitalocean_droplet", name).ssh_keys).toEqual(["3b:16:bf:e4"]);
    }
  });

  it("gives the same user data whatever the size and the number", () => {
    const userData = (one: typeof graph): unknown => one.attributes("digitalocean_droplet", "web").user_data;
    const other = webService({ count: 7, size: "s-4vcpu-8gb" }).graph;
    expect(userData(cloudGraph(other, options))).toBe(userData(cloudGraph(graph, options)));
  });

  it.each([
    ["22", "0.0.0.0/0"],
    ["9000-9200", "::/0"],
    ["all", "0.0.0.0/0"],
  ])("refuses a firewall that opens %s to %s", (port_range, source) => {
    const rule = { protocol: "tcp", port_range, source_addresses: [source] };
    const open = setAttribute("digitalocean_firewall.web", "inbound_rule", [rule])(graph);
    expect(() => cloudGraph(open, options)).toThrow(
      /^digitalocean_firewall\.web: Expected port \d+ to be closed to everybody, got /,
    );
  });

  it("refuses a droplet without a firewall, an address that is none, no key, and services that call others", () => {
    const bare = setAttribute("digitalocean_firewall.web", "tags", [])(graph);
    expect(() => cloudGraph(bare, options)).toThrow(InvalidGraphError);
    expect(() => cloudGraph(graph, { ...options, runnerAddress: "0.0.0.0/0" })).toThrow(InvalidOptionError);
    expect(() => cloudGraph(graph, { ...options, sshKeys: [] })).toThrow(/at least one key of the account/);
    const three = threeTier();
    expect(() => cloudGraph(three.graph, { ...options, services: three.services })).toThrow(
      /services that call no others/,
    );
  });
});

describe("scrapeTunnels", () => {
  const tunnels = scrapeTunnels({
    jumpAddress: "198.51.100.1",
    droplets: [0, 1].map((k) => ({ service: "web", instance: `web-${k}`, privateIp: `10.0.0.${k + 2}` })),
    firstPort: 20_000,
    identityFile: "/home/me/.ssh/id",
    knownHostsFile: "/tmp/hosts",
  });

  it("leads two ports of loopback to each droplet's own loopback, by way of the jump host", () => {
    const { args, targets } = tunnels[1]!;
    expect(args.at(-1)).toBe("root@10.0.0.3");
    expect(args).toEqual(expect.arrayContaining(["127.0.0.1:20002:127.0.0.1:8081", "127.0.0.1:20003:127.0.0.1:9100"]));
    expect(args.find((arg) => arg.startsWith("ProxyCommand="))).toMatch(
      /^ProxyCommand=ssh .* -W %h:%p root@198\.51\.100\.1$/,
    );
    expect(args).toEqual(expect.arrayContaining(["BatchMode=yes", "StrictHostKeyChecking=accept-new"]));
    expect(targets).toEqual([
      { job: "web", host: "127.0.0.1", port: 20_002, labels: { instance: "web-1", service: "web" }, isPlace: true },
      { job: "node", host: "127.0.0.1", port: 20_003, labels: { instance: "web-1:node" }, isPlace: true },
    ]);
  });

  it("refuses addresses and paths that would be something else in a command", () => {
    const one = {
      jumpAddress: "198.51.100.1",
      droplets: [],
      firstPort: 20_000,
      identityFile: "/k",
      knownHostsFile: "/h",
    };
    expect(() => scrapeTunnels({ ...one, jumpAddress: "-oProxyCommand=x" })).toThrow(InvalidOptionError);
    expect(() => scrapeTunnels({ ...one, identityFile: "/a b" })).toThrow(InvalidOptionError);
    expect(() => scrapeTunnels({ ...one, firstPort: 80 })).toThrow(InvalidOptionError);
  });
});

describe("cloudLoad", () => {
  const load = { loadBalancerAddress: "192.0.2.1", durationSeconds: 60, seed: 1n, service: "web" };

  it("names the host as one's own, and refuses a workload beyond what may be sent to it", () => {
    expect(cloudLoad({ ...load, profile: { atSeconds: [0], rates: [90] } })).toMatchObject({
      url: "http://192.0.2.1/",
      ownHost: "192.0.2.1",
      maxRate: 100,
    });
    expect(() => cloudLoad({ ...load, profile: { atSeconds: [0, 1], rates: [90, 101] } })).toThrow(
      /^Expected profile\.rates to be at most 100/,
    );
  });
});

/** 32 bytes that are nobody's. */
const ANY_KEY = `ssh-ed25519 ${Buffer.concat([Buffer.from("0000000b7373682d6564323535313900000020", "hex"), Buffer.alloc(32, 7)]).toString("base64")}`;
const folder = temporaryFolder("cloud-graph");
const { binary, reason } = await terraformHere();
describe.skipIf(binary === undefined)(`cloudGraph, applied in an emulated account ${reason}`, () => {
  it("puts user data and rules in place, within a budget, and leaves nothing", { timeout: 60_000 }, async () => {
    const { emulator, client, send } = await emulatedAccount();
    const userData = new Set<string>();
    emulator.subscribe((event) => {
      if (event.type === "droplet" && event.droplet.name.includes("web-service-web"))
        userData.add(event.droplet.userData ?? "");
    });
    const body = { name: "own", public_key: ANY_KEY };
    const { ssh_key: key } = (await send("POST", "/v2/account/keys", body)) as { ssh_key: { fingerprint: string } };
    const made = cloudGraph(graph, { ...options, sshKeys: [key.fingerprint] });
    const leases = new Leases(`${folder}/leases`);
    const start = (budgetUsd: number): Promise<CloudRun> =>
      CloudRun.start({ client, leases, budgetUsd, lifetimeSeconds: 3600, graph: made, folder });
    await expect(start(0.01)).rejects.toThrow(BudgetExceededError);
    const run = await start(5);
    const token = "test-token-of-an-emulator";
    const provider = await BuiltInProvider.start({ endpoint: emulator.url, token, run: run.mark.tag });
    const applier = new ProjectApplier({
      binary: binary!,
      folder,
      env: () => ({ TF_REATTACH_PROVIDERS: provider.reattach, DIGITALOCEAN_TOKEN: token }),
    });
    applier.set((await synth(run.admit(made), { tags: [run.mark.tag] })).layers);
    expect((await applier.settled()).failures).toEqual([]);
    expect([...userData]).toEqual([made.attributes("digitalocean_droplet", "web").user_data]);
    const { firewalls } = (await send("GET", "/v2/firewalls")) as {
      firewalls: { name: string; inbound_rules: { ports: string; sources: Record<string, string[]> }[] }[];
    };
    const rules = firewalls.flatMap(({ inbound_rules }) => inbound_rules);
    expect(rules.filter(({ sources }) => sources.addresses !== undefined)).toEqual([
      expect.objectContaining({ ports: "22", sources: { addresses: ["203.0.113.7/32"] } }),
    ]);
    expect(rules.map(({ ports }) => ports).sort()).toEqual(["22", "22", "8080"]);
    await applier.destroy();
    await applier.close();
    await provider.close();
    expect(await run.end()).toEqual([]);
    // The key is the account's own, not the run's.
    expect((await client.resources()).map(({ kind }) => kind)).toEqual(["SSH key"]);
  });
});
