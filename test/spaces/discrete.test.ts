/** Discrete and MultiDiscrete. @module */
import { describe, expect, it } from "vitest";
import { explainMismatch } from "../../src/spaces/explain-mismatch.js";
import { batchSpace, Discrete, flatten, MultiDiscrete, unflatten } from "../../src/spaces/index.js";
import { thrownMessage } from "../thrown-message.js";

describe("Discrete", () => {
  it("contains exactly its n integers", () => {
    const space = new Discrete(3, { start: -1 });
    const candidates = [-2, -1, 0, 1, 2, 0.5, Number.NaN, Infinity];
    expect(candidates.filter((value) => space.contains(value))).toEqual([-1, 0, 1]);
  });

  it("draws only what the mask allows, and start where it allows nothing", () => {
    const space = new Discrete(4, { start: 10, seed: 1 });
    const drawn = new Set(Array.from({ length: 100 }, () => space.sample({ mask: Int8Array.of(0, 1, 0, 1) })));
    expect([...drawn].sort()).toEqual([11, 13]);
    expect(space.sample({ mask: [0, 0, 0, 0] })).toBe(10);
  });

  it.each<[string, () => unknown, string]>([
    ["n = 0", () => new Discrete(0), "Expected n to be an integer of at least 1, got 0 (number)."],
    ["a fractional n", () => new Discrete(1.5), "Expected n to be an integer of at least 1, got 1.5 (number)."],
    [
      "a start that is not exact",
      () => new Discrete(3, { start: 2 ** 53 }),
      "Expected start to be an integer, with start + n below 2^53, got 9007199254740992 (number).",
    ],
    [
      "a mask of the wrong length",
      () => new Discrete(3).sample({ mask: [1] }),
      "Expected mask to be a list of 3 values, got [1] (array).",
    ],
    [
      "a mask of other values",
      () => new Discrete(2).sample({ mask: [1, 2] }),
      "Expected mask[1] to be 0 or 1, got 2 (number).",
    ],
    [
      "chances that do not sum to 1",
      () => new Discrete(2).sample({ probability: [0.5, 0.4] }),
      "Expected probability to be chances that sum to 1, got [0.5, 0.4] (array).",
    ],
    [
      "a mask and a probability",
      () => new Discrete(2).sample({ mask: [1, 1], probability: [0.5, 0.5] }),
      "Expected probability to be absent beside a mask, got [0.5, 0.5] (array).",
    ],
    [
      "a negative seed",
      () => new Discrete(2, { seed: -1 }),
      "Expected seed to be a non-negative integer, got -1 (number).",
    ],
  ])("refuses %s", (_, run, message) => {
    expect(thrownMessage(run)).toBe(message);
  });
});

describe("MultiDiscrete", () => {
  it("contains Int32Arrays within its ranges", () => {
    const space = new MultiDiscrete([3, 2], { start: [-1, 0] });
    expect(space.contains(Int32Array.of(-1, 1))).toBe(true);
    expect(space.contains(Int32Array.of(2, 1))).toBe(false);
    expect(space.contains(Int32Array.of(0, -1))).toBe(false);
    expect(space.contains(Int32Array.of(0))).toBe(false);
    expect(space.contains(BigInt64Array.of(0n, 0n))).toBe(false);
  });

  it("draws with the chances given for each element", () => {
    const space = new MultiDiscrete([3, 2], { seed: 1 });
    expect(
      space.sample({
        probability: [
          [0, 0, 1],
          [1, 0],
        ],
      }),
    ).toEqual(Int32Array.of(2, 0));
  });

  it.each<[string, () => unknown, string]>([
    [
      "a count of 0",
      () => new MultiDiscrete([2, 0]),
      "Expected nvec[1] to be an integer from 1 to 2147483647, got 0 (number).",
    ],
    [
      "counts of ragged shape",
      () => new MultiDiscrete([[1, 2], [3]]),
      "Expected nvec to be nested lists of equal lengths, got [1,2, 3] (array).",
    ],
    [
      "a start of another shape",
      () => new MultiDiscrete([2, 2], { start: [0] }),
      "Expected start to be of shape [2], as nvec is, got [0] (array).",
    ],
    [
      "values beyond 32 bits",
      () => new MultiDiscrete([2], { start: [2147483647] }),
      "Expected start[0] to be small enough for values below 2^31, got 2147483647 (number).",
    ],
    [
      "masks for some elements only",
      () => new MultiDiscrete([2, 2]).sample({ mask: [[1, 1]] }),
      "Expected mask to be a list of 2 lists, got [1,1] (array).",
    ],
  ])("refuses %s", (_, run, message) => {
    expect(thrownMessage(run)).toBe(message);
  });
});

describe("the element type", () => {
  it("is that of a MultiDiscrete's values, and of batches of a Discrete", () => {
    const gears = new MultiDiscrete([3, 200], { start: [-1, 0], dtype: "int16", seed: 4 });
    const value = gears.sample();
    expect(value).toBeInstanceOf(Int16Array);
    expect(gears.contains(value)).toBe(true);
    expect(gears.contains(Int32Array.from(value))).toBe(false);
    expect([...value]).toEqual([...new MultiDiscrete([3, 200], { start: [-1, 0], seed: 4 }).sample()]);
    expect(gears.fromJsonable(gears.toJsonable([value]))).toEqual([value]);
    expect(unflatten(gears, flatten(gears, value))).toEqual(value);
    expect(String(batchSpace(gears, 2))).toBe("Box([[-1  0]\n [-1  0]], [[  1 199]\n [  1 199]], (2, 2), int16)");
    const batch = batchSpace(new Discrete(3, { dtype: "int8" }), 2);
    expect(batch.dtype).toBe("int8");
    expect(batch.sample()).toBeInstanceOf(Int8Array);
    expect(batchSpace(new Discrete(3), 2).dtype).toBe("int32");
    expect(new Discrete(3, { dtype: "uint8" }).sample()).toBeTypeOf("number");
  });

  it("is part of equality and of copies, and not of names", () => {
    const space = new Discrete(3, { dtype: "uint8" });
    expect(space.equals(new Discrete(3))).toBe(false);
    expect(space.equals(space.copy())).toBe(true);
    expect(String(space)).toBe("Discrete(3)");
    const many = new MultiDiscrete([2], { dtype: "int8" });
    expect(many.equals(new MultiDiscrete([2]))).toBe(false);
    expect(many.equals(many.copy())).toBe(true);
    expect(String(many)).toBe("MultiDiscrete([2])");
  });

  it("says which array is expected", () => {
    const space = new MultiDiscrete([2, 2], { dtype: "uint8" });
    expect(explainMismatch(space, Int32Array.of(0, 1))?.expected).toBe("a Uint8Array of 2 integers");
  });

  it.each<[string, () => unknown, string]>([
    [
      "one that is none",
      () => new Discrete(3, { dtype: "float32" as never }),
      'Expected dtype to be an element type of integers, such as int32, got "float32" (string).',
    ],
    [
      "one that does not hold all values",
      () => new Discrete(200, { dtype: "int8" }),
      'Expected dtype to be one that holds 0 to 199, got "int8" (string).',
    ],
    [
      "one without negative values below 0",
      () => new MultiDiscrete([3], { start: [-1], dtype: "uint8" }),
      'Expected dtype to be one that holds -1 to 1, got "uint8" (string).',
    ],
    [
      "one of 64 bits for arrays",
      () => new MultiDiscrete([3], { dtype: "int64" as never }),
      'Expected dtype to be an element type of integers of at most 32 bits, got "int64" (string).',
    ],
  ])("is refused: %s", (_, run, message) => {
    expect(thrownMessage(run)).toBe(message);
  });
});
