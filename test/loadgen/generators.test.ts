import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createWorkload, workloadNames } from "../../src/loadgen/create-workload.js";
import { ANNOUNCED_AHEAD_SECONDS, type EpisodeRequest, KNOT_SECONDS } from "../../src/loadgen/workload.js";
import { thrownMessage } from "../thrown-message.js";

const DAY: EpisodeRequest = {
  index: 0,
  seed: 1n,
  split: "train",
  offsetSeconds: 0,
  durationSeconds: 86_400,
  referenceRate: 1_000,
};
const ANNOUNCING = ["day", "flash-crowd", "varied"];

const requests = fc.record({
  index: fc.nat({ max: 2_000 }),
  seed: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  split: fc.constantFrom("train" as const, "test" as const),
  offsetSeconds: fc.nat({ max: 6_000 }).map((knots) => knots * KNOT_SECONDS),
  durationSeconds: fc.integer({ min: 1, max: 90_000 }),
  referenceRate: fc.double({ min: 0.1, max: 1e6, noNaN: true }),
});

describe.each(workloadNames())("workload %s", (name) => {
  const workload = createWorkload(name);

  it("gives finite rates from 0 to the reference rate, one knot more than the window", () => {
    fc.assert(
      fc.property(requests, (request) => {
        const { rates, announced } = workload.series(request);
        expect(rates).toHaveLength(Math.ceil(request.durationSeconds / KNOT_SECONDS) + 1);
        expect(announced).toHaveLength(
          Math.ceil((request.durationSeconds + ANNOUNCED_AHEAD_SECONDS) / KNOT_SECONDS) + 1,
        );
        expect(rates.every((rate) => rate >= 0 && rate <= Math.fround(request.referenceRate))).toBe(true);
        expect(announced.every((rate) => rate >= 0 && Number.isFinite(rate))).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it("gives the same bytes for the same request", () => {
    fc.assert(
      fc.property(requests, (request) => {
        expect(workload.series(request)).toEqual(createWorkload(name).series(request));
      }),
      { numRuns: 5 },
    );
  });

  it("gives a window that is a slice of its day, byte for byte", () => {
    fc.assert(
      fc.property(requests, fc.integer({ min: 1, max: 3_000 }), (request, knots) => {
        const long = workload.series({ ...request, offsetSeconds: 0, durationSeconds: 300_000 });
        const part = workload.series({ ...request, durationSeconds: knots * KNOT_SECONDS });
        const from = request.offsetSeconds / KNOT_SECONDS;
        expect(part.startSeconds).toBe(long.startSeconds + request.offsetSeconds);
        expect(part.rates).toEqual(long.rates.slice(from, from + part.rates.length));
        expect(part.announced).toEqual(long.announced.slice(from, from + part.announced.length));
      }),
      { numRuns: 20 },
    );
  });

  it("scales with the reference rate", () => {
    const one = workload.series({ ...DAY, referenceRate: 1 });
    const many = workload.series({ ...DAY, referenceRate: 1_024 });
    expect(many.rates).toEqual(one.rates.map((rate) => rate * 1_024));
  });

  it("keeps train and test days apart in the calendar", () => {
    const days = (split: "train" | "test") =>
      [0, 1, 727, 728, 5_000].map(
        (index) => workload.series({ ...DAY, durationSeconds: 30, index, split }).startSeconds,
      );
    expect(Math.max(...days("train"))).toBeLessThan(Math.min(...days("test")));
    expect(days("train")[0]).toBe(Date.UTC(2024, 0, 1) / 1_000);
    expect(days("test")[0]).toBe(Date.UTC(2026, 0, 5) / 1_000);
  });

  it("announces nothing unless it says so", () => {
    const announces = (index: number): boolean =>
      workload.series({ ...DAY, index, durationSeconds: 3 * 86_400 }).announced.some((rate) => rate > 0);
    expect(Array.from({ length: 8 }, (_, index) => announces(index)).includes(true)).toBe(ANNOUNCING.includes(name));
  });

  it("is frozen and can be rebuilt from its name and its options as JSON", () => {
    const again = createWorkload(workload.name, JSON.parse(JSON.stringify(workload.options)));
    expect(again.options).toEqual(workload.options);
    expect(again.series(DAY)).toEqual(workload.series(DAY));
    expect(Object.isFrozen(workload) && Object.isFrozen(workload.options)).toBe(true);
    expect(workload.durationSeconds).toBe(Number.POSITIVE_INFINITY);
  });

  it("refuses an option of the wrong type", () => {
    for (const option of Object.keys(workload.options)) {
      const message = new RegExp(`^Expected ${option} to be .*, got "much" \\(string\\)\\.$`);
      expect(() => createWorkload(name, { [option]: "much" })).toThrow(message);
    }
  });
});

describe("scale of the generators", () => {
  it.each(workloadNames().filter((name) => name !== "steady" && name !== "varied"))(
    "brings the 99.5th percentile of %s over days to about 0.8 of the reference rate",
    (name) => {
      const workload = createWorkload(name);
      const rates = Array.from({ length: 70 }, (_, index) => {
        const series = workload.series({ ...DAY, index, referenceRate: 1 });
        return [...series.rates];
      }).flat();
      const sorted = Float64Array.from(rates).sort();
      const percentile = sorted[Math.floor(0.995 * sorted.length)]!;
      expect(percentile).toBeGreaterThan(0.74);
      expect(percentile).toBeLessThan(0.86);
    },
  );
});

describe("all generators", () => {
  it("give the bytes that are stored here, on every version of Node", () => {
    const hash = createHash("sha256");
    for (const name of workloadNames()) {
      for (let index = 0; index < 5; index++) {
        const { rates, announced } = createWorkload(name).series({ ...DAY, index, seed: 9n, split: "test" });
        hash.update(new Uint8Array(rates.buffer)).update(new Uint8Array(announced.buffer));
      }
    }
    expect(hash.digest("hex")).toBe("070630421aca9609fef14acefa6da8c9832ec1550989844084c2786cd3de70f9");
  });
});

describe("requests", () => {
  const workload = createWorkload("steady");

  it.each([
    [{ index: -1 }, "Expected index to be an integer from 0, got -1 (number)."],
    [{ index: 0.5 }, "Expected index to be an integer from 0, got 0.5 (number)."],
    [{ offsetSeconds: 31 }, "Expected offsetSeconds to be a multiple of 30 from 0 (seconds), got 31 (number)."],
    [{ durationSeconds: 0 }, "Expected durationSeconds to be a finite number above 0 (seconds), got 0 (number)."],
    [{ split: "dev" as "test" }, 'Expected split to be "train" or "test", got "dev" (string).'],
    [
      { referenceRate: Number.NaN },
      "Expected referenceRate to be a finite number above 0 (requests per second), got NaN.",
    ],
  ])("refuses %o", (change, message) => {
    expect(thrownMessage(() => workload.series({ ...DAY, ...change }))).toBe(message);
  });
});
