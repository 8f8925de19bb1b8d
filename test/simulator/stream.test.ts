import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { streamKey, uniform53At, uniformAt, wordAt } from "../../src/simulator/stream.js";

const BINS = 100;
const DRAWS = 100_000;

/** Pearson's χ² of bin counts against equal ones; with 99 degrees of freedom it lies below 161 with probability 0.9999. */
function chiSquare(draw: (i: number) => number): number {
  const counts = new Array<number>(BINS).fill(0);
  for (let i = 0; i < DRAWS; i++) counts[Math.floor(draw(i) * BINS)]!++;
  return counts.reduce((sum, count) => sum + (count - DRAWS / BINS) ** 2 / (DRAWS / BINS), 0);
}

/** Correlation of two sequences of uniform draws; its standard deviation is DRAWS^(-1/2) = 0.0032. */
function correlation(a: (i: number) => number, b: (i: number) => number): number {
  let sum = 0;
  for (let i = 0; i < DRAWS; i++) sum += (a(i) - 0.5) * (b(i) - 0.5);
  return (12 * sum) / DRAWS;
}

const keys = [streamKey(0n, "arrivals"), streamKey(1n, "arrivals"), [0, 0], [0, 1], [-1, 7]] as const;

describe.each([
  ["uniformAt", uniformAt],
  ["uniform53At", uniform53At],
])("%s", (_name, uniform) => {
  it.each(keys)("is uniform over counters with the key %i, %i", (high, low) => {
    expect(chiSquare((i) => uniform(high, low, i))).toBeLessThan(161);
    expect(chiSquare((i) => uniform(high, low, i * 32_768))).toBeLessThan(161);
    expect(chiSquare((i) => (uniform(high, low, i) * 1_000) % 1)).toBeLessThan(161);
  });

  it("is uniform over adjacent keys", () => {
    expect(chiSquare((i) => uniform(i, 5, 3))).toBeLessThan(161);
    expect(chiSquare((i) => uniform(5, i, 3))).toBeLessThan(161);
  });

  it("has no correlation between adjacent counters or adjacent keys", () => {
    const [high, low] = keys[0];
    const own = (i: number): number => uniform(high, low, i);
    for (const lag of [1, 2, 3, 64, 4_096]) {
      expect(Math.abs(correlation(own, (i) => uniform(high, low, i + lag)))).toBeLessThan(0.0126);
    }
    expect(Math.abs(correlation(own, (i) => uniform(high + 1, low, i)))).toBeLessThan(0.0126);
    expect(Math.abs(correlation(own, (i) => uniform(high, low + 1, i)))).toBeLessThan(0.0126);
    expect(Math.abs(correlation(own, (i) => uniform(low, high, i)))).toBeLessThan(0.0126);
  });

  it("fills the square evenly with pairs of adjacent draws", () => {
    const [high, low] = keys[1];
    const pair = (i: number): number =>
      (Math.floor(10 * uniform(high, low, 2 * i)) + uniform(high, low, 2 * i + 1)) / 10;
    expect(chiSquare(pair)).toBeLessThan(161);
  });

  it("never gives 0 or 1", () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer(), fc.integer(), (high, low, counter) => {
        const u = uniform(high, low, counter);
        return u > 0 && u < 1;
      }),
    );
  });
});

describe("wordAt", () => {
  it("changes half of its bits when one bit of its input changes", () => {
    const bits = (word: number): number => word.toString(2).replace(/[^1]/g, "").length;
    for (const place of [0, 1, 2]) {
      for (let bit = 0; bit < 32; bit++) {
        let changed = 0;
        for (let i = 0; i < 2_000; i++) {
          const input: [number, number, number] = [i * 7, i * 13, i];
          const word = wordAt(...input);
          input[place] = input[place]! ^ (1 << bit);
          changed += bits((word ^ wordAt(...input)) >>> 0);
        }
        expect(Math.abs(changed / 2_000 - 16)).toBeLessThan(1);
      }
    }
  });
});

describe("streamKey", () => {
  it("differs for every seed and purpose", () => {
    const found = new Set<string>();
    const seeds = [0n, 1n, 2n, 2n ** 32n, 2n ** 32n + 1n, 2n ** 64n - 1n, 2n ** 64n, 2n ** 200n];
    const purposes = ["", "a", "b", "ab", "ba", "arrivals", 0, 1, -1, 2 ** 32, 97];
    for (const seed of seeds) for (const purpose of purposes) found.add(streamKey(seed, purpose).join());
    expect(found.size).toBe(seeds.length * purposes.length);
  });

  it("gives the same words for the same seed and purpose, for good", () => {
    expect(streamKey(42n, "arrivals")).toEqual([1981277450, 913663960]);
    expect(uniformAt(...streamKey(42n, "arrivals"), 0)).toBe(0.8244181970367208);
  });
});
