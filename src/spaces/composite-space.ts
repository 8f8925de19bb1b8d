/** What spaces made of other spaces have in common. @module */
import { InvalidOptionError } from "../errors.js";
import type { Seed } from "../rng.js";
import { SeededSpace } from "./seeded-space.js";
import type { SeedResult, Space } from "./space.js";

/** One seed for a space and its parts, or seeds nested as `seed` returns them. */
export type SpaceSeed = Seed | readonly SpaceSeed[] | { readonly [key: string]: SpaceSeed };

/** The bound of the seeds drawn for parts. */
const INT32_MAX = 2 ** 31 - 1;

/** A space that hands seeds on to its parts. */
export abstract class CompositeSpace extends SeededSpace {
  override seed(seed?: SpaceSeed): SeedResult {
    return super.seed(seed as Seed | undefined);
  }

  /** Restarts the own generator and draws a seed for each part; the generator then stands behind them. */
  protected drawSeeds(seed: Seed, count: number): number[] {
    super.seed(seed);
    return Array.from({ length: count }, () => this.rng.integers(INT32_MAX));
  }

  /**
   * Restarts the own generator and those of the parts: with fresh entropy, from one seed, or with one seed each, the own
   * one first. The own generator begins anew after it has drawn the parts' seeds.
   * @throws {@link InvalidOptionError} when there is not one seed for the space and one for each part.
   */
  protected seedWithParts(seed: SpaceSeed | undefined, parts: readonly Space<unknown>[]): SeedResult[] {
    if (seed === undefined) return [super.seed(), ...parts.map((part) => part.seed())];
    if (typeof seed === "object") {
      const seeds = seedList(seed, parts.length + 1);
      return [this.seedOwn(seeds[0]!), ...parts.map((part, i) => seedPart(part, seeds[i + 1]!, `seed[${i + 1}]`))];
    }
    const seeds = this.drawSeeds(seed, parts.length);
    return [super.seed(seed), ...parts.map((part, i) => part.seed(seeds[i]!))];
  }

  private seedOwn(seed: SpaceSeed): SeedResult {
    if (typeof seed === "object") throw new InvalidOptionError("seed[0]", "a non-negative integer", seed);
    return super.seed(seed);
  }
}

/** @throws {@link InvalidOptionError} when seeds are not a list of a length. */
export function seedList(seed: SpaceSeed, length: number): readonly SpaceSeed[] {
  if (Array.isArray(seed) && seed.length === length) return seed;
  throw new InvalidOptionError("seed", `a non-negative integer, or a list of ${length} seeds`, seed);
}

/**
 * Seeds a part.
 * @throws {@link InvalidOptionError} when seeds are nested and the part has no parts of its own.
 */
export function seedPart(part: Space<unknown>, seed: SpaceSeed, path: string): SeedResult {
  if (typeof seed !== "object") return part.seed(seed);
  if (part instanceof CompositeSpace) return part.seed(seed);
  throw new InvalidOptionError(path, `a non-negative integer for ${part}`, seed);
}
