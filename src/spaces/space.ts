/** The interface of all spaces: the set an observation or an action is drawn from. @module */
import type { Dtype } from "../dtype.js";
import type { Generator, Seed } from "../rng.js";

export type { Dtype } from "../dtype.js";

/** What `seed` returns: the seed used, nested like the space. */
export type SeedResult = bigint | readonly SeedResult[] | { readonly [key: string]: SeedResult };

/** JSON, as `toJsonable` writes it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * A set of values with sampling and membership, as in Gymnasium.
 *
 * @typeParam T - The type of a value in the space.
 * @typeParam Mask - The type of a mask or probability for `sample`.
 */
export interface Space<T, Mask = unknown> {
  /** Shape of a value, or null where values are not arrays. */
  readonly shape: readonly number[] | null;
  /** Element type of a value, or null where values are not arrays. */
  readonly dtype: Dtype | null;
  /** The space's own generator: made at first use, replaced by `seed`. */
  readonly rng: Generator;
  /** Restarts the generator; without a seed, from fresh entropy. */
  seed(seed?: Seed): SeedResult;
  /** A random value; the caller owns it. At most one of `mask` and `probability` may be given. */
  sample(options?: { readonly mask?: Mask; readonly probability?: Mask }): T;
  /** Whether a value lies in the space: type, shape and bounds. */
  contains(value: unknown): value is T;
  /** A batch of values as JSON. */
  toJsonable(batch: readonly T[]): Json;
  /** The inverse of `toJsonable`. */
  fromJsonable(json: Json): T[];
  /** Whether another space holds the same values. */
  equals(other: unknown): boolean;
  /** As Gymnasium's `repr`. */
  toString(): string;
}
