/** How the draws in a golden file are made, by their names in it. @module */
import { createRng, type Generator, SeedSequence } from "../../src/rng.js";

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

type Draws = (seed: bigint, count: number) => readonly unknown[];

const WHOLE: Readonly<Record<string, Draws>> = {
  "integers(0,2,size=9,dtype=int8)": (seed, size) => [...createRng(seed).integers(0, 2, { size, dtype: "int8" })],
  "permutation(10)": (seed, count) => [...createRng(seed).permutation(count)],
  "interleaved: integers(10),random,integers(10),normal,integers(3)": (seed) => {
    const rng = createRng(seed);
    return [rng.integers(10), rng.random(), rng.integers(10), rng.normal(), rng.integers(3)];
  },
  "SeedSequence.generate_state(8,uint32)": (seed, count) => [...new SeedSequence(seed).generateState(count)],
  "SeedSequence.spawn(3) generate_state(2)": (seed, count) => {
    return new SeedSequence(seed).spawn(count).map((child) => [...child.generateState(2)]);
  },
};

/** The draws of a name from a seed, as many as a golden file has; undefined for an unknown name. */
export function drawGolden(name: string, seed: bigint, count: number): readonly unknown[] | undefined {
  const draw = REPEATED[name];
  if (draw === undefined) return WHOLE[name]?.(seed, count);
  const rng = createRng(seed);
  return Array.from({ length: count }, () => draw(rng));
}
