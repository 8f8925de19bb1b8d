/** What a random number costs. @module */
import { createRng, PCG64, SeedSequence } from "../src/rng.js";
import { type Measurement, measure, perSecond } from "./figure.js";

const draws = 2_000_000;

/** Draws and adds up, so that no draw can be optimised away. */
function sumOf(draw: () => number): number {
  let sum = 0;
  for (let i = 0; i < draws; i++) sum += draw();
  return sum;
}

/** The figures of the generator. */
export const measurements: readonly Measurement[] = [
  measure("rng.pcg64", "doubles/s", () => {
    const bits = new PCG64(new SeedSequence(1));
    return perSecond(draws, () => sumOf(() => bits.nextDouble()));
  }),
  measure("rng.random", "doubles/s", () => {
    const rng = createRng(1);
    return perSecond(draws, () => sumOf(() => rng.random()));
  }),
];
