/** The generator that every space carries. @module */
import { NotSupportedError } from "../errors.js";
import { createRng, type Generator, type Seed, SeedSequence } from "../rng.js";
import type { SeedResult, Space } from "./space.js";

/** What all spaces have in common: a generator of their own, made from fresh entropy unless seeded. */
export abstract class SeededSpace {
  #rng: Generator | undefined;

  /** The space's own generator: made at first use, replaced by `seed`. */
  get rng(): Generator {
    this.#rng ??= createRng();
    return this.#rng;
  }

  /** Goes on from where another space's generator stands, with a copy of it; does nothing where that is yet unmade. */
  continueFrom(other: SeededSpace): this {
    if (other.#rng === undefined) return this;
    this.#rng = createRng(0);
    this.#rng.state = other.#rng.state;
    return this;
  }

  /** Draws from a generator that stays its owner's. */
  drawFrom(rng: Generator): this {
    this.#rng = rng;
    return this;
  }

  /** A space that equals this one, with copies of the generators, so that both draw the same from here on. */
  abstract copy(): SeededSpace;

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

/** A copy of a space of unknown kind. @throws {@link NotSupportedError} when it has no method `copy`. */
export function copySpace<S extends Space<unknown>>(space: S): S {
  const { copy } = space as unknown as Partial<SeededSpace>;
  if (typeof copy === "function") return copy.call(space) as unknown as S;
  throw new NotSupportedError(`Copying ${space}`, "Give its class a method copy(), which returns an equal space.");
}
