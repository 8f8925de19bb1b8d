/** The draws of `rng.ts` against NumPy's own. @module */
import { describe, expect, it } from "vitest";
import { createRng, type Generator, SeedSequence } from "../src/rng.js";
import { goldenIsMissing, goldenSeeds } from "./gymnasium-golden.js";

type Draw = (rng: Generator) => number;

const REPEATED: Readonly<Record<string, Draw>> = {
  random: (rng) => rng.random(),
  "uniform(-3,5)": (rng) => rng.uniform(-3, 5),
  "integers(2)": (rng) => rng.integers(2),
  "integers(5)": (rng) => rng.integers(5),
  "integers(7)": (rng) => rng.integers(7),
  "integers(1000)": (rng) => rng.integers(1000),
  "integers(2147483647)": (rng) => rng.integers(2147483647),
  "integers(8589934597)": (rng) => rng.integers(8589934597),
  "integers(-5,6)": (rng) => rng.integers(-5, 6),
  normal: (rng) => rng.normal(),
  exponential: (rng) => rng.exponential(),
  "geometric(0.25)": (rng) => rng.geometric(0.25),
  "poisson(3)": (rng) => rng.poisson(3),
  "poisson(300)": (rng) => rng.poisson(300),
  "choice(6)x8": (rng) => rng.choice(6),
  "choice(4,p=.1.2.3.4)x8": (rng) => rng.choice(4, { p: [0.1, 0.2, 0.3, 0.4] }),
};

describe.skipIf(goldenIsMissing)("createRng, against NumPy 2.4.6 (needs ../shared/data/gymnasium)", () => {
  describe.each(goldenSeeds())("seed %s", (seed, { rng: golden }) => {
    it.each(Object.entries(REPEATED))("%s draws NumPy's values", (name, draw) => {
      const rng = createRng(seed);
      expect(golden[name]!.map(() => draw(rng))).toEqual(golden[name]);
    });

    it("draws int8 integers four to a 32-bit draw", () => {
      const values = createRng(seed).integers(0, 2, { size: 9, dtype: "int8" });
      expect([...values]).toEqual(golden["integers(0,2,size=9,dtype=int8)"]);
    });

    it("permutes as NumPy does", () => {
      expect([...createRng(seed).permutation(10)]).toEqual(golden["permutation(10)"]);
    });

    it("keeps half of a 64-bit draw across other draws", () => {
      const rng = createRng(seed);
      const draws = [rng.integers(10), rng.random(), rng.integers(10), rng.normal(), rng.integers(3)];
      expect(draws).toEqual(golden["interleaved: integers(10),random,integers(10),normal,integers(3)"]);
    });

    it("generates and spawns NumPy's seed words", () => {
      const sequence = new SeedSequence(seed);
      expect([...sequence.generateState(8)]).toEqual(golden["SeedSequence.generate_state(8,uint32)"]);
      const children = sequence.spawn(3).map((child) => [...child.generateState(2)]);
      expect(children).toEqual(golden["SeedSequence.spawn(3) generate_state(2)"]);
    });
  });
});
