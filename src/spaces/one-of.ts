/** The space of values from one of some spaces, with the number of that space. @module */
import { InvalidOptionError } from "../errors.js";
import { jsonList, partOptions, restrictionList, restrictionOf, within } from "./arguments.js";
import { CompositeSpace, type SpaceSeed } from "./composite-space.js";
import { emptyValue } from "./concatenate.js";
import { Dict } from "./dict.js";
import { copySpace } from "./seeded-space.js";
import { Sequence } from "./sequence.js";
import type { Json, SampleOptions, SeedResult, Space, ValueOf } from "./space.js";
import { type CompositeOptions, checkSpaces, Tuple, type TupleMask, type TupleSpaces } from "./tuple.js";

/** A value of a {@link OneOf}: which of the spaces, and a value of it. */
export type OneOfValue<S extends TupleSpaces> = {
  [K in keyof S]: readonly [index: IndexOf<K>, value: ValueOf<S[K]>];
}[number];

type IndexOf<K> = K extends `${infer Index extends number}` ? Index : number;

/**
 * Pairs of a number i and a value of the i-th of some spaces.
 *
 * @example
 * new OneOf([new Discrete(3), new Box(0, 1, { shape: [2] })]).sample(); // [1, Float32Array [0.3, 0.6]]
 */
export class OneOf<const S extends TupleSpaces> extends CompositeSpace implements Space<OneOfValue<S>, TupleMask<S>> {
  readonly shape = null;
  readonly dtype = null;
  /** The spaces to choose from. */
  readonly spaces: S;

  /** @throws {@link InvalidOptionError} when `spaces` is not a list of at least one space. */
  constructor(spaces: S, { seed }: CompositeOptions = {}) {
    super();
    this.spaces = Object.freeze(checkSpaces("spaces", spaces)) as unknown as S;
    if (spaces.length === 0) throw new InvalidOptionError("spaces", "a list of at least one space", spaces);
    if (seed !== undefined) this.seed(seed);
  }

  /**
   * Restarts all generators: from one seed, or from a list of one for the choice and one for each space.
   * @returns The seeds in that order.
   * @throws {@link InvalidSeedError} when a seed is not a non-negative integer.
   * @throws {@link InvalidOptionError} when a list has another length.
   */
  override seed(seed?: SpaceSeed): readonly SeedResult[] {
    return this.seedWithParts(seed, this.spaces);
  }

  /**
   * A value from one of the spaces, all equally likely; masks are for the values, one per space.
   * @throws {@link InvalidOptionError} when mask and probability are given, or one does not fit.
   */
  sample(options?: SampleOptions<TupleMask<S>>): OneOfValue<S> {
    const restriction = restrictionOf(options);
    const masks = restriction === undefined ? [] : restrictionList(restriction, this.spaces.length);
    const index = this.rng.integers(this.spaces.length);
    const space = this.spaces[index]!;
    const name = restriction?.name ?? "mask";
    const value = within(name, `${name}[${index}]`, () => space.sample(partOptions(name, masks[index])));
    return [index, value] as unknown as OneOfValue<S>;
  }

  contains(value: unknown): value is OneOfValue<S> {
    if (!Array.isArray(value) || value.length !== 2 || !Number.isInteger(value[0])) return false;
    return this.spaces[value[0]]?.contains(value[1]) ?? false;
  }

  /** What `createEmptyArray` holds for a value that is yet to come: an empty one of the first space. */
  emptyValue(): OneOfValue<S> {
    return [0, emptyValue(this.spaces[0]!)] as unknown as OneOfValue<S>;
  }

  copy(): OneOf<S> {
    return new OneOf(this.spaces.map(copySpace) as unknown as S).continueFrom(this);
  }

  toJsonable(batch: readonly OneOfValue<S>[]): readonly Json[] {
    return batch.map(([index, value]) => [index, jsonOfOne(this.spaces[index]!, value)]);
  }

  fromJsonable(json: Json): OneOfValue<S>[] {
    const pair = `a pair of an integer from 0 to ${this.spaces.length - 1} and a value`;
    const values = jsonList(json, "a list of pairs").map((value, i) => {
      const [index, part] = jsonList(value, pair, `json[${i}]`);
      const space = this.spaces[index as number];
      if (space === undefined || part === undefined) throw new InvalidOptionError(`json[${i}]`, pair, value);
      const [item] = within("json", `json[${i}][1]`, () => space.fromJsonable(isColumnar(space) ? part : [part]));
      return [index, item];
    });
    return values as unknown as OneOfValue<S>[];
  }

  equals(other: unknown): boolean {
    if (!(other instanceof OneOf) || other.spaces.length !== this.spaces.length) return false;
    return this.spaces.every((space, i) => space.equals(other.spaces[i]));
  }

  override toString(): string {
    return `OneOf(${this.spaces.join(", ")})`;
  }
}

/** One value as JSON: its element of the list, or the whole where a space writes lists by part. */
function jsonOfOne(space: Space<unknown>, value: unknown): Json {
  const json = space.toJsonable([value]);
  return isColumnar(space) ? json : (json as readonly Json[])[0]!;
}

/** Whether the JSON of a batch is not one list of its values. */
function isColumnar(space: Space<unknown>): boolean {
  if (space instanceof Sequence) return space.stack && isColumnar(space.featureSpace);
  return space instanceof Dict || space instanceof Tuple;
}
