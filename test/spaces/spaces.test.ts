/** Laws that every space keeps. @module */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Box, Dict, Discrete, flatdim, flatten, MultiDiscrete, type Space, unflatten } from "../../src/spaces/index.js";

const MAKERS: Readonly<Record<string, () => Space<unknown>>> = {
  "Discrete(5)": () => new Discrete(5),
  "Discrete(3, start=-7)": () => new Discrete(3, { start: -7 }),
  MultiDiscrete: () => new MultiDiscrete([3, 1, 70], { start: [-2, 0, 5] }),
  "Box float32": () => new Box([-1, -Infinity, 0], [1, 2, Infinity]),
  "Box float64": () => new Box(-1e-3, 7, { shape: [2, 3], dtype: "float64" }),
  "Box of no elements": () => new Box(0, 1, { shape: [0] }),
  "Box uint8": () => new Box(3, 250, { shape: [4], dtype: "uint8" }),
  "Box int64": () => new Box([-5n, -Infinity], [5n, Infinity], { dtype: "int64" }),
  Dict: () => new Dict({ z: new Discrete(4), a: new Dict({ b: new Box(-2, 2, { dtype: "float64" }) }) }),
};

const seeds = fc.bigInt({ min: 0n, max: 2n ** 300n });

describe.each(Object.entries(MAKERS))("%s", (_, make) => {
  it("contains every sample, and gives it back from JSON and from its vector", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const space = make();
        space.seed(seed);
        const value = space.sample();
        expect(space.contains(value)).toBe(true);
        expect(space.fromJsonable(JSON.parse(JSON.stringify(space.toJsonable([value, value]))))).toEqual([
          value,
          value,
        ]);
        const flat = flatten(space, value as never);
        expect(flat.length).toBe(flatdim(space));
        expect(unflatten(space, flat)).toEqual(value);
      }),
    );
  });

  it("draws the same from the same seed, and returns the seed it took", () => {
    const [a, b] = [make(), make()];
    const seed = a.seed();
    b.seed(seed as never);
    expect(b.sample()).toEqual(a.sample());
  });

  it("equals another of its kind and no other space", () => {
    const others = Object.values(MAKERS).filter((other) => other !== make);
    expect(make().equals(make())).toBe(true);
    expect(others.some((other) => make().equals(other()))).toBe(false);
  });

  it("contains nothing of another type", () => {
    for (const value of [undefined, null, "1", true, {}, [], [0], Number.NaN, 0.5, 10n]) {
      expect(make().contains(value)).toBe(false);
    }
  });
});
