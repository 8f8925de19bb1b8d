import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Ledger } from "../../src/reward/ledger.js";

const records = fc.array(
  fc.tuple(
    fc.constantFrom("digitalocean_droplet.web", "digitalocean_loadbalancer.entry"),
    fc.double({ min: 0, max: 5, noNaN: true }),
  ),
);

describe("Ledger", () => {
  it("sums by resource, and over all", () => {
    const ledger = new Ledger();
    ledger.record("digitalocean_droplet.web", 0.5);
    ledger.record("digitalocean_loadbalancer.entry", 0.25);
    ledger.record("digitalocean_droplet.web", 0.5);
    expect(ledger.totalUsd).toBe(1.25);
    expect([...ledger.entries()]).toEqual([
      ["digitalocean_droplet.web", 1],
      ["digitalocean_loadbalancer.entry", 0.25],
    ]);
    expect(ledger.usdOf("digitalocean_volume.data")).toBe(0);
  });

  it("follows counters that began with the episode", () => {
    const ledger = new Ledger();
    for (const total of [0.5, 0.5, 2]) ledger.recordTotal("digitalocean_droplet.web", total);
    expect([ledger.usdOf("digitalocean_droplet.web"), ledger.totalUsd]).toEqual([2, 2]);
  });

  it("has a total that is the sum of its entries", () => {
    fc.assert(
      fc.property(records, (given) => {
        const ledger = new Ledger();
        for (const [address, usd] of given) ledger.record(address, usd);
        const sum = [...ledger.entries()].reduce((total, [, usd]) => total + usd, 0);
        expect(ledger.totalUsd).toBeCloseTo(sum, 9);
      }),
    );
  });

  it("continues from a snapshot as it would have without", () => {
    fc.assert(
      fc.property(records, records, (before, after) => {
        const [original, copy] = [new Ledger(), new Ledger()];
        for (const [address, usd] of before) original.record(address, usd);
        copy.record("digitalocean_volume.data", 1);
        copy.restore(structuredClone(original.snapshot()));
        for (const [address, usd] of after) for (const ledger of [original, copy]) ledger.record(address, usd);
        expect(copy.snapshot()).toEqual(original.snapshot());
      }),
    );
  });

  it("forgets everything when cleared", () => {
    const ledger = new Ledger();
    ledger.record("digitalocean_droplet.web", 1);
    ledger.clear();
    expect(ledger.snapshot()).toEqual({ totalUsd: 0, entries: [] });
  });

  it.each([
    [-0.1, "Expected usd to be a finite number from 0 (USD), got -0.1 (number)."],
    [Number.NaN, "Expected usd to be a finite number from 0 (USD), got NaN."],
  ])("refuses to record %d", (usd, message) => {
    expect(() => new Ledger().record("digitalocean_droplet.web", usd)).toThrow(message);
  });

  it("refuses a counter that has fallen", () => {
    const ledger = new Ledger();
    ledger.recordTotal("digitalocean_droplet.web", 2);
    expect(() => ledger.recordTotal("digitalocean_droplet.web", 1)).toThrow(
      "Expected totalUsd to be a finite number from 2, the last reading of digitalocean_droplet.web (USD), got 1 (number).",
    );
  });

  it("refuses to restore what is no ledger", () => {
    expect(() => new Ledger().restore({} as never)).toThrow(
      "Expected a snapshot of a ledger, got one of something else.",
    );
  });
});
