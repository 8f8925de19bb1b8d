/** What droplets are billed in model time. @module */
import { describe, expect, it } from "vitest";
import { DropletBill } from "../../../src/backends/live/droplet-bill.js";
import { Ledger } from "../../../src/reward/ledger.js";

const WEB = "digitalocean_droplet.web";
const HOURLY = 0.036;

function billed(act: (bill: DropletBill) => void): number {
  const ledger = new Ledger();
  const bill = new DropletBill(ledger, 10);
  bill.create(1, WEB, HOURLY, 0);
  ledger.clear();
  bill.begin(1000);
  act(bill);
  return ledger.totalUsd;
}

describe("DropletBill", () => {
  it("bills by the second what runs since before the episode", () => {
    expect(billed((bill) => bill.until(1100))).toBeCloseTo((100 / 3600) * HOURLY, 12);
  });

  it("bills a new droplet the minimum at once, which pays for its first seconds", () => {
    const make = (bill: DropletBill): void => {
      bill.remove(1, 1000);
      bill.create(2, WEB, HOURLY, 1000);
    };
    const drained = (10 / 3600) * HOURLY;
    expect(billed(make)).toBeCloseTo(0.01 + drained, 12);
    const until = (seconds: number) => (bill: DropletBill) => {
      make(bill);
      bill.until(seconds);
    };
    expect(billed(until(2000))).toBeCloseTo(0.01 + drained, 12);
    expect(billed(until(2600))).toBeCloseTo(drained + (1600 / 3600) * HOURLY, 12);
  });

  it("bills another price from when it is changed", () => {
    const usd = billed((bill) => {
      bill.change(1, 2 * HOURLY, 1100);
      expect(bill.usdPerHour).toBe(2 * HOURLY);
      bill.until(1200);
    });
    expect(usd).toBeCloseTo((300 / 3600) * HOURLY, 12);
  });
});
