/** Generator: what it refuses, how it is saved, and draws measured with NumPy 2.4.6. @module */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRng, type Generator, SeedSequence } from "../../src/rng.js";
import { thrownMessage } from "../thrown-message.js";

/** Folds draws into one 32-bit number (FNV-1a over their bytes). */
function digest(values: ArrayBufferView): number {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return bytes.reduce((hash, byte) => Math.imul(hash ^ byte, 0x01000193) >>> 0, 0x811c9dc5);
}

describe("createRng", () => {
  it("takes fresh entropy without a seed", () => {
    expect(createRng().random()).not.toBe(createRng().random());
  });

  it("draws what NumPy draws for seeds of any size, and for lists of seeds", () => {
    expect(createRng(2n ** 300n + 12345n).random()).toBe(0.8429919530929196);
    expect(createRng([1, 2n ** 70n, 0]).random()).toBe(0.5229379503029133);
    expect(createRng(new SeedSequence(42)).random()).toBe(0.7739560485559633);
  });

  it.each<[unknown, string]>([
    [-1, "Expected seed to be a non-negative integer, got -1 (number)."],
    [-1n, "Expected seed to be a non-negative integer, got -1n (bigint)."],
    [0.5, "Expected seed to be a non-negative integer, got 0.5 (number)."],
    [Number.NaN, "Expected seed to be a non-negative integer, got NaN."],
    ["42", 'Expected seed to be a non-negative integer, got "42" (string).'],
    [null, "Expected seed to be a non-negative integer, got null."],
    [
      2 ** 53,
      "Expected seed to be a non-negative integer, got 9007199254740992 (number). " +
        "A number this large is not exact: pass the bigint 9007199254740992n instead.",
    ],
  ])("refuses the seed %s", (seed, message) => {
    expect(thrownMessage(() => createRng(seed as number))).toBe(message);
  });
});

describe("Generator", () => {
  it("draws NumPy's hundred thousand normal and exponential numbers, tails included", () => {
    const normal = createRng(7).normal(0, 1, 100_000);
    const exponential = createRng(8).exponential(1, 100_000);
    expect(normal.some((x) => Math.abs(x) > 3.66)).toBe(true);
    expect(exponential.some((x) => x > 7.7)).toBe(true);
    expect([digest(normal), digest(exponential)]).toEqual([3309750458, 2941229539]);
  });

  it("chooses NumPy's subsets, small and large, with and without chances", () => {
    const subset = (n: number, size: number) => [...createRng(12).choice(n, { size, replace: false })];
    expect(subset(10, 3)).toEqual([2, 4, 9]);
    expect(subset(20_000, 401).slice(0, 4)).toEqual([10182, 15001, 2811, 3703]);
    const p = [0.1, 0.2, 0.3, 0.4];
    expect([...createRng(12).choice(4, { size: 3, replace: false, p })]).toEqual([1, 3, 0]);
    expect(createRng(12).choice(["a", "b", "c", "d"], { size: 6, p })).toEqual(["b", "d", "b", "b", "c", "b"]);
  });

  it("draws whole 64-bit ranges as bigints", () => {
    const rng = createRng(16);
    expect([rng.integers(0n, 2n ** 64n, { dtype: "uint64" }), rng.integers(-(2n ** 63n), 2n ** 63n)]).toEqual([
      10457769837884080450n,
      -1277545023748608402n,
    ]);
  });

  it("shuffles in place and keeps every element", () => {
    const items = Float32Array.from({ length: 50 }, (_, i) => i);
    createRng(3).shuffle(items);
    expect([...items]).not.toEqual(Array.from({ length: 50 }, (_, i) => i));
    expect([...items].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i));
    expect(createRng(3).permutation([...Array(50).keys()])).toEqual([...items]);
  });

  it("goes on byte for byte from a saved state, spawning included", () => {
    const draw = (rng: Generator) => [
      rng.integers(9),
      rng.normal(),
      rng.poisson(40),
      rng.random(),
      rng.spawn(1)[0]!.random(),
    ];
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 200n }), fc.nat(5), (seed, before) => {
        const rng = createRng(seed);
        for (let i = 0; i < before; i++) rng.integers(7);
        const saved = structuredClone(rng.state);
        const wanted = draw(rng);
        const other = createRng(0);
        other.state = saved;
        expect(draw(other)).toEqual(wanted);
      }),
    );
  });

  it("stays in the range it is asked for", () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.maxSafeInteger(), fc.nat(), (seed, low, span) => {
        const high = Math.min(low + span + 1, Number.MAX_SAFE_INTEGER);
        fc.pre(high > low);
        const value = createRng(seed).integers(low, high);
        expect(Number.isInteger(value) && value >= low && value < high).toBe(true);
      }),
    );
  });

  it.each<[string, (rng: Generator) => unknown, string]>([
    ["integers", (rng) => rng.integers(0), "Expected high to be above low, which is 0, got 0 (number)."],
    ["integers", (rng) => rng.integers(0.5), "Expected high to be a safe integer or a bigint, got 0.5 (number)."],
    [
      "integers",
      (rng) => rng.integers(0, 300, { dtype: "uint8" }),
      "Expected high to be at most 256 (uint8), got 300 (number).",
    ],
    ["random", (rng) => rng.random(-1), "Expected size to be an integer from 0 to 2147483647, got -1 (number)."],
    ["normal", (rng) => rng.normal(0, -1), "Expected scale to be a number of at least 0, got -1 (number)."],
    ["poisson", (rng) => rng.poisson(Number.NaN), "Expected lam to be a number from 0 to 2^53, got NaN."],
    ["geometric", (rng) => rng.geometric(0), "Expected p to be a number above 0 and at most 1, got 0 (number)."],
    [
      "choice",
      (rng) => rng.choice(3, { size: 4, replace: false }),
      "Expected size to be at most 3, as nothing can be chosen twice, got 4 (number).",
    ],
    ["choice", (rng) => rng.choice([]), "Expected items to be at least one element to choose from, got [] (array)."],
  ])("refuses wrong arguments of %s", (_, run, message) => {
    expect(thrownMessage(() => run(createRng(0)))).toBe(message);
  });
});
