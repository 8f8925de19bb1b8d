/** Discrete and MultiDiscrete. @module */
import { describe, expect, it } from "vitest";
import { Discrete, MultiDiscrete } from "../../src/spaces/index.js";
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
      "Expected p to be chances that sum to 1, got [0.5, 0.4] (array).",
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
