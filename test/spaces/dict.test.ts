/** Dict. @module */
import { describe, expect, it } from "vitest";
import { Box, Dict, Discrete } from "../../src/spaces/index.js";
import { thrownMessage } from "../thrown-message.js";

const make = () => new Dict({ b: new Discrete(4), a: new Dict({ c: new Discrete(3) }) });

describe("Dict", () => {
  it("orders its parts by name", () => {
    expect(String(make())).toBe("Dict('a': Dict('c': Discrete(3)), 'b': Discrete(4))");
  });

  it("takes one seed for all, or one for each name", () => {
    const space = make();
    expect(space.seed({ a: { c: 5 }, b: 6n })).toEqual({ a: { c: 5n }, b: 6n });
    const separate = new Discrete(4, { seed: 6 });
    expect(Array.from({ length: 5 }, () => space.sample().b)).toEqual(
      Array.from({ length: 5 }, () => separate.sample()),
    );
    expect(thrownMessage(() => space.seed({ a: 1 }))).toBe(
      "Expected seed to be an object with the names a, b, got an object of Object.",
    );
  });

  it("passes masks on to the parts that have one", () => {
    const space = make();
    for (let i = 0; i < 20; i++) {
      const value = space.sample({ mask: { a: { c: [0, 0, 1] }, b: [1, 0, 0, 0] } });
      expect(value).toEqual({ a: { c: 2 }, b: 0 });
    }
    expect(space.sample({ probability: { b: [0, 0, 0, 1] } }).b).toBe(3);
  });

  it("contains objects with exactly its names", () => {
    const space = new Dict({ x: new Box(0, 1) });
    expect(space.contains({ x: Float32Array.of(0.5) })).toBe(true);
    expect(space.contains({ x: Float32Array.of(2) })).toBe(false);
    expect(space.contains({ x: Float32Array.of(0.5), y: 1 })).toBe(false);
    expect(space.contains({})).toBe(false);
  });
});
