/** The life of droplets: booting, actions one at a time, resizing, limits, and what hangs on them. */
import { describe, expect, it } from "vitest";
import { Emulator } from "../../src/emulator/index.js";
import { type Body, EmulatedAccount } from "./emulated-account.js";

async function act(account: EmulatedAccount, id: number, body: object): Promise<{ status: number; body: Body }> {
  return account.call("dropletActions_post", { params: { droplet_id: id }, body });
}

/** Does an action and waits for its end. */
async function finish(account: EmulatedAccount, id: number, body: object): Promise<Body> {
  const { status, body: begun } = await act(account, id, body);
  expect({ status, begun: status < 300 ? "" : begun }).toEqual({ status: 201, begun: "" });
  account.emulator.advance(400);
  const params = { droplet_id: id, action_id: begun.action.id };
  return (await account.ok("dropletActions_get", { params })).action;
}

async function show(account: EmulatedAccount, id: number): Promise<Body> {
  return (await account.ok("droplets_get", { params: { droplet_id: id } })).droplet;
}

describe("droplets", () => {
  it("boot within 30 to 71 seconds, half of them within 35", async () => {
    const account = await EmulatedAccount.open({ speed: "virtual", dropletLimit: 400 });
    const booted: number[] = [];
    const start = account.emulator.now;
    account.emulator.subscribe((event) => {
      if (event.type === "droplet" && event.droplet.status === "active") booted.push(event.atSeconds - start);
    });
    for (let i = 0; i < 30; i++) {
      const names = Array.from({ length: 10 }, (_, n) => `web-${i}-${n}`);
      await account.ok("droplets_create", {
        body: { names, size: "s-1vcpu-1gb", image: "debian-12-x64", region: "fra1" },
      });
    }
    account.emulator.advance(100);
    expect(booted).toHaveLength(300);
    const sorted = booted.sort((a, b) => a - b);
    expect(sorted[0]).toBeGreaterThanOrEqual(30);
    expect(sorted.at(-1)).toBeLessThanOrEqual(71);
    expect(sorted[150]).toBeGreaterThan(34);
    expect(sorted[150]).toBeLessThan(37);
  });

  it("take the times they are given to boot and to resize", async () => {
    const exactly = (seconds: number) => ({ min: seconds, median: seconds, max: seconds });
    const times = { dropletCreate: exactly(5), dropletResize: exactly(7) };
    const account = await EmulatedAccount.open({ speed: "virtual", times });
    const body = { name: "web", size: "s-1vcpu-1gb", image: "debian-12-x64", region: "fra1" };
    const { droplet } = await account.ok("droplets_create", { body });
    account.emulator.advance(4.9);
    expect(await show(account, droplet.id)).toMatchObject({ status: "new" });
    account.emulator.advance(0.2);
    expect(await show(account, droplet.id)).toMatchObject({ status: "active" });
    await finish(account, droplet.id, { type: "power_off" });
    await act(account, droplet.id, { type: "resize", size: "s-2vcpu-4gb" });
    account.emulator.advance(6.9);
    expect(await show(account, droplet.id)).toMatchObject({ size_slug: "s-1vcpu-1gb" });
    account.emulator.advance(0.2);
    expect(await show(account, droplet.id)).toMatchObject({ size_slug: "s-2vcpu-4gb" });
  });

  it("take no times that are none", () => {
    const dropletCreate = { min: 30, median: 20, max: 71 };
    expect(() => new Emulator({ times: { dropletCreate } })).toThrow(
      'Expected times.dropletCreate to be 0 ≤ min ≤ median ≤ max, finite (seconds), got "30, 20, 71" (string).',
    );
    const times = { boot: dropletCreate } as object;
    expect(() => new Emulator({ times })).toThrow(
      "Expected times.boot to be one of dropletCreate, dropletResize, databaseResize",
    );
  });

  it("are new and locked until they have booted; the create link's action says when", async () => {
    const account = await EmulatedAccount.open({ speed: "virtual" });
    const body = { name: "web", size: "s-1vcpu-1gb", image: "debian-12-x64", region: "fra1" };
    const { droplet, links } = await account.ok("droplets_create", { body });
    expect([droplet.status, droplet.locked]).toEqual(["new", true]);
    const action = { params: { action_id: links.actions[0].id } };
    expect((await account.ok("actions_get", action)).action).toMatchObject({
      status: "in-progress",
      completed_at: null,
    });
    account.emulator.advance(72);
    expect(await show(account, droplet.id)).toMatchObject({ status: "active", locked: false });
    expect((await account.ok("actions_get", action)).action).toMatchObject({ status: "completed", type: "create" });
  });

  it("take one action at a time", async () => {
    const account = await EmulatedAccount.open({ speed: "virtual" });
    const { id } = await account.droplet();
    const early = await act(account, id, { type: "reboot" });
    expect([early.status, early.body.message]).toEqual([422, "Droplet already has a pending event."]);
    account.emulator.advance(100);
    expect((await act(account, id, { type: "reboot" })).status).toBe(201);
    expect((await act(account, id, { type: "power_off" })).status).toBe(422);
    account.emulator.advance(100);
    expect((await act(account, id, { type: "power_off" })).status).toBe(201);
  });

  it("are resized when they are off, and cost their new price from then on", async () => {
    const account = await EmulatedAccount.open({ speed: "virtual" });
    const { id } = await account.droplet();
    account.emulator.advance(100);
    const on = await act(account, id, { type: "resize", size: "s-2vcpu-4gb" });
    expect([on.status, on.body.message]).toEqual([422, "Droplet must be powered off before it can be resized."]);
    await finish(account, id, { type: "power_off" });
    const resized = await finish(account, id, { type: "resize", size: "s-2vcpu-4gb", disk: true });
    expect(resized).toMatchObject({ status: "completed", type: "resize", resource_id: id });
    await finish(account, id, { type: "power_on" });
    const droplet = await show(account, id);
    expect(droplet).toMatchObject({ status: "active", size_slug: "s-2vcpu-4gb", vcpus: 2, memory: 4096, disk: 80 });
    const before = Number((await account.ok("balance_get")).month_to_date_usage);
    account.emulator.advance(100 * 3600);
    const after = Number((await account.ok("balance_get")).month_to_date_usage);
    expect(after - before).toBeCloseTo((24 / 672) * 100, 1);
  });

  it("keep a disk that was grown: a size with a smaller one is refused", async () => {
    const account = await EmulatedAccount.open({ speed: "virtual" });
    const { id } = await account.droplet();
    account.emulator.advance(100);
    await finish(account, id, { type: "power_off" });
    await finish(account, id, { type: "resize", size: "s-2vcpu-4gb", disk: false });
    expect((await show(account, id)).disk).toBe(25);
    await finish(account, id, { type: "resize", size: "s-1vcpu-1gb" });
    await finish(account, id, { type: "resize", size: "s-2vcpu-4gb", disk: true });
    const { status, body } = await act(account, id, { type: "resize", size: "s-1vcpu-1gb" });
    expect([status, body.message]).toEqual([422, "This size is not available because it has a smaller disk."]);
  });

  it.each([
    [{ name: "no spaces" }, "Only valid hostname characters are allowed. (a-z, A-Z, 0-9, . and -)"],
    [{ size: "s-1" }, "You specified an invalid size for Droplet creation."],
    [{ image: "windows" }, "You specified an invalid image for Droplet creation."],
    [{ region: "mars1" }, "You specified an invalid region."],
    [{ ssh_keys: [1] }, "1 are invalid key identifiers for Droplet creation."],
    [{ vpc_uuid: "00000000-0000-4000-8000-000000000001" }, "vpc_uuid: VPC could not be found."],
    [{ volumes: ["none"] }, "volumes: volume none could not be found."],
    [
      { tags: ["not good"] },
      'Tag name "not good" may hold letters, numbers, colons, dashes and underscores only, at most 255.',
    ],
    [{ name: undefined, names: Array(11).fill("web") }, "names must hold 1 to 10 names."],
    [{ user_data: "x".repeat(70_000) }, "user_data must not be longer than 65536 bytes."],
  ])("are not made of what is wrong: %j", async (more, message) => {
    const account = await EmulatedAccount.open();
    const body = { name: "web", size: "s-1vcpu-1gb", image: "debian-12-x64", region: "fra1", ...more };
    const { status, body: answer } = await account.call("droplets_create", { body });
    expect([status, answer.id, answer.message]).toEqual([422, "unprocessable_entity", message]);
  });

  it("are refused beyond the account's limit, all or none", async () => {
    const account = await EmulatedAccount.open({ dropletLimit: 3 });
    const body = { names: ["a", "b"], size: "s-1vcpu-1gb", image: "debian-12-x64", region: "fra1" };
    await account.ok("droplets_create", { body });
    const { status, body: answer } = await account.call("droplets_create", { body });
    expect([status, answer.message]).toEqual([422, "creating this/these droplet(s) will exceed your droplet limit"]);
    expect((await account.ok("droplets_list")).meta.total).toBe(2);
    expect((await account.ok("account_get")).account.droplet_limit).toBe(3);
  });

  it("leave volumes and reserved addresses behind, detached", async () => {
    const account = await EmulatedAccount.open();
    const volume = await account.volume();
    const { id } = await account.droplet({ volumes: [volume.id] });
    const { reserved_ip } = await account.ok("reservedIPs_create", { body: { droplet_id: id } });
    const busy = await account.call("volumes_delete", { params: { volume_id: volume.id } });
    expect(busy.status).toBe(409);
    await account.ok("droplets_destroy", { params: { droplet_id: id } });
    expect((await account.ok("volumes_get", { params: { volume_id: volume.id } })).volume.droplet_ids).toEqual([]);
    const params = { reserved_ip: reserved_ip.ip };
    expect((await account.ok("reservedIPs_get", { params })).reserved_ip.droplet).toBe(null);
    await account.ok("volumes_delete", { params: { volume_id: volume.id } });
  });

  it("keep a network from being deleted while they are in it", async () => {
    const account = await EmulatedAccount.open();
    const vpc = await account.vpc();
    const { id } = await account.droplet({ vpc_uuid: vpc.id });
    const params = { vpc_id: vpc.id };
    const { status, body } = await account.call("vpcs_delete", { params });
    expect([status, body.id, body.message]).toEqual([403, "forbidden", "Can not delete VPC with members"]);
    await account.ok("droplets_destroy", { params: { droplet_id: id } });
    await account.ok("vpcs_delete", { params });
  });
});
