/** Batches of the plain kinds: spaces, arrays, and the way back. @module */
import { describe, expect, it } from "vitest";
import {
  Box,
  batchSpace,
  concatenate,
  createEmptyArray,
  Dict,
  Discrete,
  iterate,
  MultiDiscrete,
} from "../../src/spaces/index.js";
import { thrownMessage } from "../thrown-message.js";

describe("batchSpace", () => {
  it("puts an axis before those of a space, as Gymnasium does", () => {
    expect(String(batchSpace(new Box(-1, [1, 2]), 3))).toMatch(/^Box\(-1\.0, \[\[1\. 2\.\]/);
    expect(String(batchSpace(new Discrete(4), 2))).toBe("MultiDiscrete([4 4])");
    expect(String(batchSpace(new Discrete(4, { start: -1 }), 2))).toBe("MultiDiscrete([4 4], start=[-1 -1])");
    expect(String(batchSpace(new MultiDiscrete([2, 3]), 2))).toBe("Box(0, [[1 2]\n [1 2]], (2, 2), int32)");
    expect(String(batchSpace(new Dict({ a: new Discrete(3) }), 2))).toBe("Dict('a': MultiDiscrete([3 3]))");
  });

  it("goes on from a copy of the generator and leaves the space's own alone", () => {
    const space = new Box(0, 1, { shape: [2], seed: 42 });
    const batched = batchSpace(space, 2);
    expect([...batched.sample()].slice(0, 2)).toEqual([...space.sample()]);
  });

  it("keeps infinite bounds of integers infinite", () => {
    const batched = batchSpace(new Box(-Infinity, Infinity, { dtype: "int32" }), 2);
    expect([...batched.boundedBelow, ...batched.boundedAbove]).toEqual([0, 0, 0, 0]);
  });

  it("refuses a number that is no count", () => {
    const make = () => batchSpace(new Discrete(2), -1);
    expect(thrownMessage(make)).toBe("Expected n to be an integer of at least 0, got -1 (number).");
  });
});

describe("concatenate and iterate", () => {
  it("fill the arrays of a batch, and read them back", () => {
    const space = new Dict({
      level: new Discrete(5),
      place: new Box(0, 1, { shape: [2] }),
      way: new MultiDiscrete([3, 4]),
    });
    const items = [space.sample(), space.sample(), space.sample()];
    const out = createEmptyArray(space, 3);
    expect(concatenate(space, items, out)).toEqual(out);
    expect(batchSpace(space, 3).contains(out)).toBe(true);
    expect([...iterate(batchSpace(space, 3), out)]).toEqual(items);
  });

  it("refuse batches that do not fill their space", () => {
    const space = batchSpace(new Box(0, 1, { shape: [2] }), 2);
    expect(thrownMessage(() => [...iterate(space, Float32Array.of(1, 2, 3))])).toBe(
      "Expected items to be a value of Box(0.0, 1.0, (2, 2), float32): an array of 4, got Float32Array [1, 2, 3].",
    );
  });

  it("refuse values that do not fill the arrays", () => {
    const space = new Box(0, 1, { shape: [2] });
    expect(thrownMessage(() => concatenate(space, [space.sample()], createEmptyArray(space, 2)))).toMatch(
      /^Expected items to be as many values as out holds, 4 numbers of 2 each/,
    );
  });
});
