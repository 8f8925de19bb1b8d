/** All randomness of the library: NumPy's seeds and generators, bit for bit. @module */
import { Generator } from "./rng/generator.js";
import type { Seed } from "./rng/seed.js";
import { SeedSequence } from "./rng/seed-sequence.js";

export type { ChoiceOptions } from "./rng/choice.js";
export { Generator, type GeneratorState } from "./rng/generator.js";
export type { IntegersOptions } from "./rng/integers.js";
export { PCG64, type PCG64State } from "./rng/pcg64.js";
export { checkSeed, type Seed } from "./rng/seed.js";
export { SeedSequence, type SeedSequenceOptions } from "./rng/seed-sequence.js";

/**
 * A generator that draws what `numpy.random.default_rng(seed)` draws.
 *
 * @param seed - A non-negative integer of any size, a list of them, or a {@link SeedSequence}; without one, fresh entropy.
 * @returns A new generator.
 * @throws {@link InvalidSeedError} when the seed is negative, not an integer, or a number too large to be exact.
 * @example
 * createRng(42).random(); // 0.7739560485559633
 */
export function createRng(seed?: Seed | readonly Seed[] | SeedSequence): Generator {
  return new Generator(seed instanceof SeedSequence ? seed : new SeedSequence(seed));
}
