/** The four spaces against Gymnasium's own samples, seeds, JSON, flattenings and names. @module */
import { describe, expect, it } from "vitest";
import type { Space } from "../../src/spaces/index.js";
import { Box, Dict, Discrete, flatdim, flatten, MultiDiscrete } from "../../src/spaces/index.js";
import { type GoldenSpace, goldenIsMissing, goldenSeeds } from "../gymnasium-golden.js";

const SPACES: Readonly<Record<string, () => Space<unknown>>> = {
  "Box(-1,1,(3,))": () => new Box(-1, 1, { shape: [3] }),
  "Box(low=[0,-inf,-2,-inf],high=[1,inf,inf,4],float32)": () =>
    new Box([0, -Infinity, -2, -Infinity], [1, Infinity, Infinity, 4]),
  "Box(0,255,(2,2),uint8)": () => new Box(0, 255, { shape: [2, 2], dtype: "uint8" }),
  "Box(-10,10,(4,),int64)": () => new Box(-10, 10, { shape: [4], dtype: "int64" }),
  "Box(0,1,(2,),float64)": () => new Box(0, 1, { shape: [2], dtype: "float64" }),
  "Discrete(5)": () => new Discrete(5),
  "Discrete(7,start=-3)": () => new Discrete(7, { start: -3 }),
  "MultiDiscrete([3,2,9])": () => new MultiDiscrete([3, 2, 9]),
  "MultiDiscrete([[2,3],[4,5]],start=[[1,0],[0,-1]])": () =>
    new MultiDiscrete(
      [
        [2, 3],
        [4, 5],
      ],
      {
        start: [
          [1, 0],
          [0, -1],
        ],
      },
    ),
  "Dict(a=Discrete(3),b=Box(0,1,(2,)))": () => new Dict({ b: new Box(0, 1, { shape: [2] }), a: new Discrete(3) }),
};

/** Samples as the golden file writes them. */
function asJson(space: Space<unknown>, samples: readonly unknown[]): unknown {
  if (!(space instanceof Dict)) return space.toJsonable(samples);
  return samples.map((sample) => {
    const columns = Object.entries(space.toJsonable([sample] as never));
    return Object.fromEntries(columns.map(([key, column]) => [key, (column as unknown[])[0]]));
  });
}

function toNumbers(seed: unknown): unknown {
  return JSON.parse(JSON.stringify(seed, (_, value) => (typeof value === "bigint" ? Number(value) : value)));
}

describe.skipIf(goldenIsMissing)("spaces, against Gymnasium 1.3.0 (needs ../shared/data/gymnasium)", () => {
  describe.each(goldenSeeds())("seed %s", (seed, golden) => {
    describe.each(Object.entries(SPACES))("%s", (name, make) => {
      const wanted: GoldenSpace = golden.spaces[name]!;

      it("returns Gymnasium's seeds and draws its samples", () => {
        const space = make();
        expect(toNumbers(space.seed(seed))).toEqual(wanted.seed_returned);
        const samples = wanted.samples.map(() => space.sample());
        expect(samples.every((sample) => space.contains(sample))).toBe(true);
        expect(asJson(space, samples)).toEqual(wanted.samples);
      });

      it("writes, reads, flattens and prints as Gymnasium does", () => {
        const space = make();
        const batch = space.fromJsonable(wanted.to_jsonable as never);
        expect(space.toJsonable(batch)).toEqual(wanted.to_jsonable);
        expect(flatdim(space)).toBe(wanted.flatdim);
        expect(batch.map((value) => [...flatten(space, value)])).toEqual(wanted.flatten);
        expect(String(space)).toBe(wanted.repr);
      });
    });

    it("draws Gymnasium's samples under a mask or with given chances", () => {
      const five = new Discrete(5, { seed });
      const mask = golden.masked["Discrete(5) mask [0,1,0,1,1]"]!;
      expect(mask.map(() => five.sample({ mask: [0, 1, 0, 1, 1] }))).toEqual(mask);
      five.seed(seed);
      const zeros = golden.masked["Discrete(5) mask zeros"]!;
      expect(zeros.map(() => five.sample({ mask: new Int8Array(5) }))).toEqual(zeros);
      const four = new Discrete(4, { start: 2, seed });
      const chances = golden.masked["Discrete(4,start=2) probability [.1,.2,.3,.4]"]!;
      expect(chances.map(() => four.sample({ probability: [0.1, 0.2, 0.3, 0.4] }))).toEqual(chances);
      const multi = new MultiDiscrete([3, 2], { seed });
      const pairs = golden.masked["MultiDiscrete([3,2]) mask ([1,0,1],[0,1])"]!;
      const drawn = pairs.map(() => {
        return [
          ...multi.sample({
            mask: [
              [1, 0, 1],
              [0, 1],
            ],
          }),
        ];
      });
      expect(drawn).toEqual(pairs);
    });
  });
});
