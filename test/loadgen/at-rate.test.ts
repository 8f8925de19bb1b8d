import { describe, expect, it } from "vitest";
import { atRate, day, steady } from "../../src/loadgen/index.js";

const request = {
  index: 0,
  seed: 1n,
  split: "train",
  offsetSeconds: 0,
  durationSeconds: 60,
  referenceRate: 1000,
} as const;

describe("atRate", () => {
  it("takes the place of the reference rate, and changes nothing else", () => {
    expect([...atRate(steady({ level: 0.5 }), 80).series(request).rates]).toEqual([40, 40, 40]);
    const asked = day().series({ ...request, referenceRate: 80 });
    expect(atRate(day(), 80).series(request)).toEqual(asked);
    expect(atRate(day(), 80)).toMatchObject({ name: "day", options: { atRate: 80 } });
  });

  it("refuses a rate that is none", () => {
    expect(() => atRate(day(), 0)).toThrow(/^Expected rate to be /);
  });
});
