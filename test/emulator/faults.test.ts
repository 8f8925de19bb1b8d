/** Faults that are injected: each as it was asked for, and the same for the same seed. */
import { describe, expect, it } from "vitest";
import { type FaultOptions, parseFaults } from "../../src/emulator/index.js";
import { EmulatedAccount } from "./emulated-account.js";

const BODY = { name: "web", size: "s-1vcpu-1gb", image: "debian-12-x64", region: "fra1" };

async function withFaults(faults: FaultOptions): Promise<EmulatedAccount> {
  return EmulatedAccount.open({ faults });
}

/** The statuses of a number of equal requests; 0 for a connection that was cut. */
async function statuses(account: EmulatedAccount, count: number): Promise<number[]> {
  const found: number[] = [];
  for (let i = 0; i < count; i++)
    found.push(
      await account.call("account_get").then(
        ({ status }) => status,
        () => 0,
      ),
    );
  return found;
}

describe("faults", () => {
  it("answer 429 with the time to wait", async () => {
    const account = await withFaults({ tooManyRequests: 1, retryAfterSeconds: 7 });
    const { status, headers, body } = await account.call("account_get");
    expect([status, headers.get("retry-after"), body.id]).toEqual([429, "7", "too_many_requests"]);
  });

  it("answer 500 or 503 before the work is done", async () => {
    const account = await withFaults({ errorBefore: 1 });
    const kinds = new Set([(await account.call("tags_create", { body: { name: "a" } })).status]);
    kinds.add((await account.call("tags_create", { body: { name: "b" } })).status);
    expect(kinds).toEqual(new Set([500, 503]));
  });

  it("answer 500 after the work was done", async () => {
    const seed = 3;
    const account = await withFaults({ seed, errorAfter: 0.5 });
    const answers: number[] = [];
    for (const name of ["a", "b", "c", "d", "e", "f"]) {
      answers.push((await account.call("droplets_create", { body: { ...BODY, name } })).status);
    }
    expect(new Set(answers)).toEqual(new Set([202, 500]));
    let total: number | undefined;
    while (total === undefined) total = (await account.call("droplets_list")).body.meta?.total;
    expect(total).toBe(6);
  });

  it("cut connections before the work is done, or after it", async () => {
    const before = await withFaults({ dropBefore: 1 });
    await expect(before.call("account_get")).rejects.toThrow("fetch failed");
    const after = await withFaults({ seed: 1, dropAfter: 0.5 });
    const cut: boolean[] = [];
    for (const name of ["a", "b", "c", "d", "e", "f"]) {
      cut.push(
        await after.call("droplets_create", { body: { ...BODY, name } }).then(
          () => false,
          () => true,
        ),
      );
    }
    expect(new Set(cut)).toEqual(new Set([true, false]));
    let total: number | undefined;
    while (total === undefined) {
      total = await after.call("droplets_list").then(
        ({ body }) => body.meta?.total,
        () => undefined,
      );
    }
    expect(total).toBe(6);
  });

  it("answer late", async () => {
    const account = await withFaults({ slow: 1, slowSeconds: 0.05 });
    const start = performance.now();
    expect((await account.call("account_get")).status).toBe(200);
    expect(performance.now() - start).toBeGreaterThan(45);
  });

  it("let actions get stuck", async () => {
    const account = await EmulatedAccount.open({ faults: { stuck: 1 }, speed: "virtual" });
    const { id } = await account.droplet();
    account.emulator.advance(100_000);
    const { droplet } = await account.ok("droplets_get", { params: { droplet_id: id } });
    expect([droplet.status, droplet.locked]).toEqual(["new", true]);
  });

  it("leave a region without capacity", async () => {
    const account = await withFaults({ capacity: ["fra1"] });
    const { status, body } = await account.call("droplets_create", { body: BODY });
    expect([status, body.message]).toEqual([
      422,
      "Region fra1 is out of capacity. Try again later or use another region.",
    ]);
    expect((await account.call("droplets_create", { body: { ...BODY, region: "nyc3" } })).status).toBe(202);
  });

  it("hide what is new for a few requests", async () => {
    const account = await withFaults({ stale: 1, staleRequests: 2 });
    const { id } = await account.droplet();
    const params = { droplet_id: id };
    const seen: [number, number][] = [];
    seen.push([(await account.call("droplets_get", { params })).status, 0]);
    seen.push([200, (await account.ok("droplets_list")).meta.total]);
    seen.push([
      (await account.call("droplets_get", { params })).status,
      (await account.ok("droplets_list")).meta.total,
    ]);
    expect(seen).toEqual([
      [404, 0],
      [200, 0],
      [200, 1],
    ]);
  });

  it("show what was changed or deleted as it was, for a few requests", async () => {
    const account = await withFaults({ stale: 1, staleRequests: 2 });
    const { id } = await account.droplet();
    const params = { droplet_id: id };
    const look = async (): Promise<[number, string | undefined]> => {
      const { status, body } = await account.call("droplets_get", { params });
      return [status, body.droplet?.name];
    };
    expect([await look(), await look(), await look()]).toEqual([
      [404, undefined],
      [404, undefined],
      [200, "web-1"],
    ]);
    await account.ok("dropletActions_post", { params, body: { type: "rename", name: "db" } });
    expect([await look(), await look(), await look()]).toEqual([
      [200, "web-1"],
      [200, "web-1"],
      [200, "db"],
    ]);
    expect((await account.call("droplets_destroy", { params })).status).toBe(204);
    // Who deletes again while it is still shown is told the truth.
    expect(await look()).toEqual([200, "db"]);
    expect((await account.call("droplets_destroy", { params })).status).toBe(404);
    expect((await look())[0]).toBe(404);
  });

  it("fall on the same requests for the same seed, and on others for another", async () => {
    const faults = { tooManyRequests: 0.1, errorBefore: 0.1, errorAfter: 0.1, dropBefore: 0.1 };
    const runs: number[][] = [];
    for (const seed of [5, 5, 6]) runs.push(await statuses(await withFaults({ ...faults, seed }), 100));
    expect(runs[1]).toEqual(runs[0]);
    expect(runs[2]).not.toEqual(runs[0]);
    const failed = runs[0]!.filter((status) => status !== 200).length;
    expect(failed).toBeGreaterThan(25);
    expect(failed).toBeLessThan(55);
  });
});

describe("parseFaults", () => {
  it("reads what is written on a command line", () => {
    const text =
      "seed=7,429=0.1:2,5xx-before=0.05,5xx-after=0.02,slow=0.1:0.5,drop-before=0.01,drop-after=0.01,stuck=0.03";
    expect(parseFaults(`${text},stale=0.2:4,capacity=fra1+nyc1`)).toEqual({
      seed: 7n,
      tooManyRequests: 0.1,
      retryAfterSeconds: 2,
      errorBefore: 0.05,
      errorAfter: 0.02,
      slow: 0.1,
      slowSeconds: 0.5,
      dropBefore: 0.01,
      dropAfter: 0.01,
      stuck: 0.03,
      stale: 0.2,
      staleRequests: 4,
      capacity: ["fra1", "nyc1"],
    });
  });

  it.each([
    ["slo=1", 'Expected faults to be faults such as "seed=7,429=0.1" (Did you mean "slow"?), got "slo=1" (string).'],
    ["slow=much", 'Expected faults to be faults such as "seed=7,429=0.1", got "slow=much" (string).'],
    ["seed=-1", 'Expected faults to be faults such as "seed=7,429=0.1", got "seed=-1" (string).'],
  ])("refuses %s", (text, message) => {
    expect(() => parseFaults(text)).toThrow(message);
  });
});
