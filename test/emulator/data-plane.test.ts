/** What the emulator tells a data plane, and what autoscale pools do by what is measured. */
import { describe, expect, it } from "vitest";
import type { DataPlaneEvent, EmulatorOptions, MetricSource } from "../../src/emulator/index.js";
import { EmulatedAccount } from "./emulated-account.js";

const TEMPLATE = { region: "fra1", size: "s-1vcpu-1gb", image: "ubuntu-24-04-x64", ssh_keys: [], tags: ["pool"] };

/** A short form of an event: what happened, to what, in which state. */
function told(event: DataPlaneEvent): string {
  if (event.type === "droplet") return `droplet ${event.change} ${event.droplet.name} ${event.droplet.status}`;
  if (event.type === "pool") return `pool ${event.change} ${event.pool.memberIds.length}/${event.pool.target}`;
  const { name, status, dropletIds } = event.loadBalancer;
  return `load_balancer ${event.change} ${name} ${status} ${dropletIds.length}`;
}

async function listened(options: EmulatorOptions = {}): Promise<{ account: EmulatedAccount; events: string[] }> {
  const account = await EmulatedAccount.open({ speed: "virtual", ...options });
  const events: string[] = [];
  account.emulator.subscribe((event) => events.push(told(event)));
  return { account, events };
}

describe("Emulator.subscribe", () => {
  it("tells of droplets that appear, boot, change and go", async () => {
    const { account, events } = await listened();
    const { id } = await account.droplet();
    account.emulator.advance(100);
    await account.ok("dropletActions_post", { params: { droplet_id: id }, body: { type: "power_off" } });
    account.emulator.advance(100);
    await account.ok("droplets_destroy", { params: { droplet_id: id } });
    expect(events).toEqual([
      "droplet appear web-1 new",
      "droplet change web-1 active",
      "droplet change web-1 off",
      "droplet go web-1 off",
    ]);
  });

  it("tells of load balancers, also when the droplets with their tag become others", async () => {
    const { account, events } = await listened();
    const { id } = await account.loadBalancer();
    account.emulator.advance(200);
    const droplet = await account.droplet({ tags: ["web"] });
    await account.ok("tags_unassign_resources", {
      params: { tag_id: "web" },
      body: { resources: [{ resource_id: String(droplet.id), resource_type: "droplet" }] },
    });
    await account.ok("loadBalancers_delete", { params: { lb_id: id } });
    expect(events.filter((event) => event.startsWith("load_balancer"))).toEqual([
      "load_balancer appear front new 0",
      "load_balancer change front active 0",
      "load_balancer change front active 1",
      "load_balancer change front active 0",
      "load_balancer go front active 0",
    ]);
  });

  it("gives droplets and load balancers addresses of loopback where it is told to", async () => {
    const account = await EmulatedAccount.open({ speed: "virtual", loopback: "127.81" });
    const addresses: (string | undefined)[] = [];
    account.emulator.subscribe((event) => {
      if (event.type === "droplet") addresses.push(event.droplet.publicIp, event.droplet.privateIp);
      else if (event.type === "load_balancer" && event.loadBalancer.ip !== "") addresses.push(event.loadBalancer.ip);
    });
    await account.droplet();
    await account.loadBalancer();
    account.emulator.advance(200);
    expect([...new Set(addresses)]).toEqual(["127.81.0.1", "127.81.0.2", "127.81.0.3"]);
    await expect(EmulatedAccount.open({ loopback: "10.0" })).rejects.toThrow(
      'Expected loopback to be two bytes such as 127.81, got "10.0" (string).',
    );
  });

  it("says how a load balancer balances", async () => {
    const account = await EmulatedAccount.open({ speed: "virtual" });
    const events: DataPlaneEvent[] = [];
    account.emulator.subscribe((event) => events.push(event));
    await account.loadBalancer({ algorithm: "least_connections", size_unit: 3 });
    const [event] = events;
    expect(event?.type === "load_balancer" && event.loadBalancer).toMatchObject({
      name: "front",
      algorithm: "least_connections",
      sizeUnit: 3,
      tag: "web",
      forwardingRules: [{ entryProtocol: "http", entryPort: 80, targetProtocol: "http", targetPort: 8080 }],
      healthCheck: { protocol: "http", port: 80, path: "/", checkIntervalSeconds: 10, unhealthyThreshold: 3 },
    });
  });

  it("tells nothing any more to who has left", async () => {
    const { account, events } = await listened();
    const leave = account.emulator.subscribe(() => events.push("heard"));
    leave();
    await account.droplet();
    expect(events).toEqual(["droplet appear web-1 new"]);
  });

  it("tells of what happens while nobody asks, on wall time", async () => {
    const account = await EmulatedAccount.open({ speed: 10_000 });
    const booted = new Promise<string>((resolve) => {
      account.emulator.subscribe((event) => {
        if (event.type === "droplet" && event.droplet.status === "active") resolve(event.droplet.name);
      });
    });
    await account.droplet();
    expect(await booted).toBe("web-1");
  });
});

describe("Emulator.dataPlane", () => {
  it("shows what there is to one that comes later", async () => {
    const account = await EmulatedAccount.open({ speed: "virtual" });
    const { id } = await account.droplet({ tags: ["web"], user_data: "#!/bin/sh" });
    await account.loadBalancer();
    const { droplets, loadBalancers, pools } = account.emulator.dataPlane();
    expect(droplets).toMatchObject([{ id, name: "web-1", status: "new", tags: ["web"], userData: "#!/bin/sh" }]);
    expect(loadBalancers).toMatchObject([{ name: "front", dropletIds: [id], status: "new" }]);
    expect(pools).toEqual([]);
  });
});

describe("autoscale pools", () => {
  it("make their droplets, replace one that is gone, and go with the text the provider waits for", async () => {
    const { account, events } = await listened();
    const body = { name: "web", config: { target_number_instances: 2 }, droplet_template: TEMPLATE };
    const { autoscale_pool: pool } = await account.ok("autoscalepools_create", { body });
    const params = { autoscale_pool_id: pool.id };
    account.emulator.advance(100);
    expect((await account.ok("autoscalepools_get", { params })).autoscale_pool.active_resources_count).toBe(2);
    const { droplets } = await account.ok("autoscalepools_list_members", { params });
    await account.ok("droplets_destroy", { params: { droplet_id: droplets[0].droplet_id } });
    account.emulator.advance(200);
    expect((await account.ok("autoscalepools_get", { params })).autoscale_pool.active_resources_count).toBe(2);
    const { history } = await account.ok("autoscalepools_list_history", { params });
    expect(history.map(({ reason, status }: { reason: string; status: string }) => `${reason} ${status}`)).toEqual([
      "SCALE_UP success",
      "CONFIGURATION_CHANGE success",
    ]);
    const unsure = await account.call("autoscalepools_delete_dangerous", { params });
    expect(unsure.body.message).toBe(
      "This deletes more than one resource; confirm it with the header X-Dangerous: true.",
    );
    await account.ok("autoscalepools_delete_dangerous", { params, headers: { "x-dangerous": "true" } });
    account.emulator.advance(60);
    const { status, body: gone } = await account.call("autoscalepools_get", { params });
    expect([status, gone.message]).toEqual([404, `autoscale group with id ${pool.id} not found`]);
    expect((await account.ok("droplets_list")).meta.total).toBe(0);
    expect(events.at(-1)).toBe("pool go 0/0");
  });

  it("grow and shrink by the utilization that is measured, and rest in between", async () => {
    let cpu = 0.9;
    const metrics: MetricSource = ({ metric, end }) =>
      metric === "droplet/cpu" ? [{ atSeconds: end, value: cpu }] : undefined;
    const { account } = await listened({ metrics });
    const config = { min_instances: 2, max_instances: 5, target_cpu_utilization: 0.5, cooldown_minutes: 5 };
    const body = { name: "web", config, droplet_template: TEMPLATE };
    const { autoscale_pool: pool } = await account.ok("autoscalepools_create", { body });
    const params = { autoscale_pool_id: pool.id };
    const count = async (): Promise<number> =>
      (await account.ok("autoscalepools_get", { params })).autoscale_pool.active_resources_count;
    account.emulator.advance(72);
    expect(await count()).toBe(2);
    account.emulator.advance(200);
    expect(await count()).toBe(4);
    cpu = 0.1;
    account.emulator.advance(60);
    expect(await count()).toBe(4);
    account.emulator.advance(600);
    expect(await count()).toBe(2);
    const query = { autoscale_pool_id: pool.id, start: 0, end: Math.ceil(account.emulator.now) };
    const { data } = await account.ok("monitoring_get_droplet_autoscale_current_instances", { query });
    expect(data.result[0].values.at(-1)[1]).toBe("2");
  });
});
