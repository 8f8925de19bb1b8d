/** A load in pieces. */
import { describe, expect, it } from "vitest";
import { addCounts, PIECE_SECONDS, pieceOf, RenewedLoad } from "../../../src/backends/digitalocean/renewed-load.js";
import { type ClientCounts, NO_COUNTS } from "../../../src/backends/live/client-counts.js";
import type { LiveLoad } from "../../../src/backends/live/live-plane.js";

/** Counts with one number in each place. */
function counts(n: number): ClientCounts {
  const { within, fine } = NO_COUNTS;
  return { offered: n, code200: n, failed: n, late: n, within: within.map(() => n), fine: fine.map(() => n) };
}

describe("pieceOf", () => {
  it("goes on where the piece before ended, and ends before ten minutes are over", () => {
    const rates = Array.from({ length: 40 }, (_, k) => k);
    const [first, second, third] = [0, 1, 2].map((number) => pieceOf(rates, number));
    expect(first!.profile.rates.slice(0, 3)).toEqual([0, 1, 2]);
    expect(first!.profile.rates.at(-2)).toBe(second!.profile.rates[0]);
    expect(first!.profile.rates.at(-1)).toBe(0);
    expect(first!.profile.atSeconds.at(-2)).toBe(PIECE_SECONDS);
    expect(first!.durationSeconds).toBeLessThan(600);
    // After the last knot the last rate stays.
    expect(third!.profile.rates.slice(0, 3)).toEqual([38, 39, 39]);
  });
});

describe("RenewedLoad", () => {
  /** A load whose end is in the test's hands. */
  function load(n: number): { readonly load: LiveLoad; readonly fail: () => void; readonly ends: number[] } {
    const ends: number[] = [];
    let fail!: () => void;
    const ended = new Promise((_, reject) => {
      fail = () => reject(new Error("gone"));
    });
    const end = async (): Promise<void> => void ends.push(n);
    return {
      load: { metricsUrl: `http://127.0.0.1:${n}/metrics`, ended, counts: async () => counts(n), end },
      fail,
      ends,
    };
  }

  it("counts what runs, and ends it", async () => {
    const one = load(3);
    const renewed = await RenewedLoad.begin(async () => one.load);
    expect(renewed.metricsUrl).toBe("http://127.0.0.1:3/metrics");
    expect(await renewed.counts()).toEqual(counts(3));
    await renewed.end();
    expect(one.ends).toEqual([3]);
  });

  it("is lost with a piece that ends before its time, and not with one that was ended", async () => {
    const one = load(1);
    const renewed = await RenewedLoad.begin(async () => one.load);
    one.fail();
    await expect(renewed.ended).rejects.toThrow("gone");
    expect(addCounts(counts(1), counts(2))).toEqual(counts(3));
  });
});
