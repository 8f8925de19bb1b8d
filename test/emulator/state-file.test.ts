/** The account on disk: it survives a restart, and a file that is none is refused. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { Emulator } from "../../src/emulator/index.js";
import { EmulatedAccount } from "./emulated-account.js";

describe("Emulator with a state file", () => {
  const folder = mkdtempSync(join(tmpdir(), "infra-gym-emulator-"));
  let stateFile = "";
  let count = 0;

  beforeEach(() => {
    stateFile = join(folder, `account-${count++}.json`);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("finds everything again after a restart, and goes on where it stopped", async () => {
    const first = await EmulatedAccount.open({ stateFile, speed: "virtual" });
    const booted = await first.droplet({ tags: ["web"] });
    first.emulator.advance(100);
    const balancer = await first.loadBalancer();
    const { droplet } = await first.ok("droplets_get", { params: { droplet_id: booted.id } });
    const stopped = first.emulator.now;
    await first.close();

    const second = await EmulatedAccount.open({ stateFile, speed: "virtual" });
    expect(second.emulator.now).toBeCloseTo(stopped, 6);
    expect((await second.ok("droplets_get", { params: { droplet_id: booted.id } })).droplet).toEqual(droplet);
    second.emulator.advance(110);
    const { load_balancer } = await second.ok("loadBalancers_get", { params: { lb_id: balancer.id } });
    expect([load_balancer.status, load_balancer.droplet_ids]).toEqual(["active", [booted.id]]);
    expect((await second.droplet({ name: "web-2" })).id).not.toBe(booted.id);
    expect((await second.ok("images_list", { query: { per_page: 200 } })).meta.total).toBe(17);
  });

  it("never goes back in time, whatever its speed was before", async () => {
    const ahead = await EmulatedAccount.open({ stateFile, speed: "virtual" });
    ahead.emulator.advance(1_000_000);
    const { id } = await ahead.droplet();
    const stopped = ahead.emulator.now;
    await ahead.close();
    const again = await EmulatedAccount.open({ stateFile, speed: 10_000 });
    expect(again.emulator.now).toBeGreaterThanOrEqual(stopped);
    const isActive = async (): Promise<boolean> =>
      (await again.ok("droplets_get", { params: { droplet_id: id } })).droplet.status === "active";
    while (!(await isActive())) await new Promise((resolve) => setTimeout(resolve, 5));
  });

  it("writes a little after a change, without being closed", async () => {
    const account = await EmulatedAccount.open({ stateFile });
    await account.ok("tags_create", { body: { name: "kept" } });
    let text = "";
    while (!text.includes("kept")) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      try {
        text = readFileSync(stateFile, "utf8");
      } catch {
        // Not written yet.
      }
    }
    expect(statSync(stateFile).mode & 0o777).toBe(0o600);
  });

  it.each([
    ["nonsense", "is not JSON"],
    ["{}", "is not an emulator's state of version 1"],
    ["null", "is not an emulator's state of version 1"],
  ])("refuses a file that is none: %s", (text, reason) => {
    writeFileSync(stateFile, text);
    expect(() => new Emulator({ stateFile })).toThrow(
      `The state file ${JSON.stringify(stateFile)} ${reason}. Name another file, or move this one away to begin with an empty account.`,
    );
  });

  it("says so when it cannot be written, at the latest when it is closed", async () => {
    const lost = join(folder, "gone", "account.json");
    const emulator = new Emulator({ stateFile: lost });
    await expect(emulator.close()).rejects.toThrow(`The state file ${JSON.stringify(lost)} cannot be written.`);
  });

  it("refuses a folder", () => {
    expect(() => new Emulator({ stateFile: folder })).toThrow("cannot be read");
  });
});
