/** The generator that every space carries. @module */
import { createRng, type Generator, type Seed, SeedSequence } from "../rng.js";
import type { SeedResult } from "./space.js";

/** What all spaces have in common: a generator of their own, made from fresh entropy unless seeded. */
export abstract class SeededSpace {
  #rng: Generator | undefined;

  /** The space's own generator: made at first use, replaced by `seed`. */
  get rng(): Generator {
    this.#rng ??= createRng();
    return this.#rng;
  }

  /** Goes on from where another space's generator stands, with a copy of it; does nothing where that is yet unmade. */
  continueFrom(other: SeededSpace): void {
    if (other.#rng === undefined) return;
    this.#rng = createRng(0);
    this.#rng.state = other.#rng.state;
  }

  /**
   * Restarts the generator.
   * @param seed - Without one, fresh entropy is taken.
   * @returns The seed used.
   * @throws {@link InvalidSeedError} when the seed is not a non-negative integer.
   */
  seed(seed?: Seed): SeedResult {
    const sequence = new SeedSequence(seed);
    this.#rng = createRng(sequence);
    return sequence.entropy;
  }
}
