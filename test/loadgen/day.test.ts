import { describe, expect, it } from "vitest";
import { day } from "../../src/loadgen/day.js";
import type { EpisodeRequest } from "../../src/loadgen/workload.js";
import { thrownMessage } from "../thrown-message.js";

const request = (index: number, change: Partial<EpisodeRequest> = {}): EpisodeRequest => ({
  index,
  seed: 7n,
  split: "train",
  offsetSeconds: 0,
  durationSeconds: 86_400,
  referenceRate: 1,
  ...change,
});
const mean = (values: Float32Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const atHour = (rates: Float32Array, hour: number): number => rates[hour * 120]!;

describe("day", () => {
  const calm = day({ noise: 0, flashCrowds: 0, jobs: 0 });

  it("has a night valley, a morning hump and an afternoon hump", () => {
    const { rates } = calm.series(request(0));
    expect(atHour(rates, 4)).toBeLessThan(0.12);
    expect(atHour(rates, 10)).toBeGreaterThan(0.3);
    expect(atHour(rates, 13)).toBeLessThan(Math.max(atHour(rates, 10), atHour(rates, 15)));
    expect(atHour(rates, 15)).toBeGreaterThan(0.3);
    expect(atHour(rates, 18)).toBeLessThan(atHour(rates, 15));
  });

  it("is lower at the weekend of the calendar", () => {
    const means = [0, 1, 2, 3, 4, 5, 6].map((index) => mean(calm.series(request(index)).rates));
    expect(new Date(calm.series(request(5)).startSeconds * 1_000).getUTCDay()).toBe(6);
    expect(Math.max(means[5]!, means[6]!)).toBeLessThan(0.8 * Math.min(...means.slice(0, 5)));
  });

  it("runs its jobs at the same times every day, full within two minutes", () => {
    const jobs = day({ noise: 0, flashCrowds: 0 });
    for (const index of [0, 3, 6]) {
      const base = calm.series(request(index)).rates;
      const added = jobs.series(request(index)).rates.map((rate, k) => rate - base[k]!);
      expect(added[18 * 120]).toBeCloseTo(0, 6);
      expect(added[18 * 120 + 3]).toBeGreaterThan(0.2);
      expect(added[17 * 120]).toBeCloseTo(0, 6);
    }
  });

  it("announces each flash crowd for the time at which it comes, and never after it", () => {
    const quiet = day({ noise: 0, jobs: 0, flashCrowds: 0 });
    const crowded = day({ noise: 0, jobs: 0 });
    for (let index = 0; index < 20; index++) {
      const base = quiet.series(request(index)).rates;
      const { rates, announced } = crowded.series(request(index));
      let crowds = 0;
      for (let k = 1; k < rates.length; k++) {
        const come = rates[k]! - base[k]!;
        // At most a minute late: what comes was announced for two knots before at the latest.
        if (come > 1e-6) expect(Math.max(announced[k]!, announced[k - 1]!, announced[k - 2]!)).toBeGreaterThan(0);
        if (announced[k]! > 0 && announced[k - 1] === 0) crowds++;
      }
      expect(crowds).toBe(5);
    }
  });

  it("shows an announcement 15 minutes before the window reaches it", () => {
    const { announced } = day().series(request(0));
    const first = announced.findIndex((rate) => rate > 0);
    const window = day().series(request(0, { offsetSeconds: (first - 35) * 30, durationSeconds: 300 }));
    expect(window.rates).toHaveLength(11);
    expect(window.announced.at(-1)).toBeGreaterThan(0);
  });

  it("differs between seeds, splits and days", () => {
    const base = day().series(request(0)).rates;
    expect(day().series(request(0, { seed: 8n })).rates).not.toEqual(base);
    expect(day().series(request(0, { split: "test" })).rates).not.toEqual(base);
    expect(day().series(request(7)).rates).not.toEqual(base);
    expect(day().series(request(728)).rates).not.toEqual(base);
  });

  it("has noise of the relative deviation asked for, with five minutes' correlation", () => {
    const smooth = calm.series(request(0)).rates;
    const noisy = day({ noise: 0.1, flashCrowds: 0, jobs: 0 });
    const x = Array.from({ length: 30 }, (_, i) =>
      [...noisy.series(request(0, { seed: BigInt(i) })).rates].map((rate, k) => rate / smooth[k]! - 1),
    ).flat();
    // The size of the day is drawn from the seed as well; the recursion is judged by its differences.
    const ratio = x.slice(10).reduce((sum, value, k) => sum + (value - x[k]!) ** 2, 0);
    const steps = x.slice(1).reduce((sum, value, k) => sum + (value - x[k]!) ** 2, 0);
    expect(ratio / steps).toBeCloseTo((1 - Math.exp(-1)) / (1 - Math.exp(-0.1)), 0);
  });

  it("refuses a number of flash crowds that is not an integer", () => {
    const message = "Expected flashCrowds to be an integer from 0 to 12, got 2.5 (number).";
    expect(thrownMessage(() => day({ flashCrowds: 2.5 }))).toBe(message);
  });
});
