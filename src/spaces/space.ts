/** The interface of all spaces: the set an observation or an action is drawn from. @module */
import type { Dtype } from "../dtype.js";
import type { Generator, Seed } from "../rng.js";

export type { Dtype } from "../dtype.js";

/** What `seed` returns: the seed used, nested like the space. */
export type SeedResult = bigint | readonly SeedResult[] | { readonly [key: string]: SeedResult };

/** JSON, as `toJsonable` writes it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** What `sample` takes: at most one of the two. */
export interface SampleOptions<Mask> {
  /** Which values may be drawn: 1 for those that may, 0 for the others. */
  readonly mask?: Mask;
  /** How likely each value is; the chances sum to 1. */
  readonly probability?: Mask;
}

/**
 * A set of values with sampling and membership, as in Gymnasium.
 *
 * @typeParam T - The type of a value in the space.
 * @typeParam Mask - The type of a mask or probability for `sample`; `never` where the space takes none.
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
  sample(options?: SampleOptions<Mask>): T;
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

/** The type of a value in a space. */
export type ValueOf<S> = S extends Space<infer T, infer _Mask> ? T : never;

/** The type of a mask of a space. */
export type MaskOf<S> = S extends Space<infer _T, infer Mask> ? Mask : never;
