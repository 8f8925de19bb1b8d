/** The space of lists with a fixed number of values, each from a space of its own. @module */
import { InvalidOptionError } from "../errors.js";
import { jsonList, partOptions, restrictionList, restrictionOf, within } from "./arguments.js";
import { CompositeSpace, type SpaceSeed, seedList, seedPart } from "./composite-space.js";
import { copySpace } from "./seeded-space.js";
import type { Json, MaskOf, SampleOptions, SeedResult, Space, ValueOf } from "./space.js";

/** The spaces of a {@link Tuple}. */
export type TupleSpaces = readonly Space<unknown>[];

/** A value of a {@link Tuple}: one value per space. */
export type TupleValue<S extends TupleSpaces> = { [K in keyof S]: ValueOf<S[K]> };

/** A mask of a {@link Tuple}: one for each space, or null. */
export type TupleMask<S extends TupleSpaces> = { readonly [K in keyof S]: MaskOf<S[K]> | null };

/** Options of {@link Tuple} and of the other spaces made of spaces. */
export interface CompositeOptions {
  /** Seeds the generators of the space and of its parts. */
  readonly seed?: SpaceSeed;
}

/**
 * Lists with one value from each of some spaces, in their order.
 *
 * @example
 * new Tuple([new Discrete(2), new Box(-1, 1, { shape: [2] })]).sample(); // [1, Float32Array [0.3, -0.8]]
 */
export class Tuple<const S extends TupleSpaces> extends CompositeSpace implements Space<TupleValue<S>, TupleMask<S>> {
  readonly shape = null;
  readonly dtype = null;
  /** The parts. */
  readonly spaces: S;

  /** @throws {@link InvalidOptionError} when `spaces` is not a list of spaces. */
  constructor(spaces: S, { seed }: CompositeOptions = {}) {
    super();
    this.spaces = Object.freeze(checkSpaces("spaces", spaces)) as unknown as S;
    if (seed !== undefined) this.seed(seed);
  }

  /**
   * Restarts all generators: those of the parts with seeds drawn from this one's, or each with its own.
   * @returns The seeds of the parts.
   * @throws {@link InvalidSeedError} when a seed is not a non-negative integer.
   * @throws {@link InvalidOptionError} when a list has not one seed for each part.
   */
  override seed(seed?: SpaceSeed): readonly SeedResult[] {
    if (seed === undefined) return this.spaces.map((space) => space.seed());
    if (typeof seed === "object") {
      const seeds = seedList(seed, this.spaces.length);
      return this.spaces.map((space, i) => seedPart(space, seeds[i]!, `seed[${i}]`));
    }
    const seeds = this.drawSeeds(seed, this.spaces.length);
    return this.spaces.map((space, i) => space.seed(seeds[i]!));
  }

  /**
   * A list with a sample of every part.
   * @throws {@link InvalidOptionError} when mask and probability are given, or one of a part does not fit.
   */
  sample(options?: SampleOptions<TupleMask<S>>): TupleValue<S> {
    const restriction = restrictionOf(options);
    if (restriction === undefined) return this.spaces.map((space) => space.sample()) as unknown as TupleValue<S>;
    const { name } = restriction;
    const masks = restrictionList(restriction, this.spaces.length);
    const value = this.spaces.map((space, i) => {
      return within(name, `${name}[${i}]`, () => space.sample(partOptions(name, masks[i])));
    });
    return value as unknown as TupleValue<S>;
  }

  contains(value: unknown): value is TupleValue<S> {
    if (!Array.isArray(value) || value.length !== this.spaces.length) return false;
    for (let i = 0; i < value.length; i++) if (!this.spaces[i]!.contains(value[i])) return false;
    return true;
  }

  copy(): Tuple<S> {
    return new Tuple(this.spaces.map(copySpace) as unknown as S).continueFrom(this);
  }

  /** One list per part, of its values. */
  toJsonable(batch: readonly TupleValue<S>[]): readonly Json[] {
    return this.spaces.map((space, i) => space.toJsonable(batch.map((value) => value[i])));
  }

  fromJsonable(json: Json): TupleValue<S>[] {
    const { length } = this.spaces;
    const columns = jsonList(json, `a list of ${length} lists`);
    if (columns.length !== length) throw new InvalidOptionError("json", `a list of ${length} lists`, json);
    const parts = this.spaces.map((space, i) => {
      return within("json", `json[${i}]`, () => space.fromJsonable(columns[i]!));
    });
    const count = parts[0]?.length ?? 0;
    const other = parts.findIndex((part) => part.length !== count);
    if (other >= 0)
      throw new InvalidOptionError(`json[${other}]`, `as many values as json[0], ${count}`, columns[other]);
    return Array.from({ length: count }, (_, i) => parts.map((part) => part[i]) as unknown as TupleValue<S>);
  }

  equals(other: unknown): boolean {
    if (!(other instanceof Tuple) || other.spaces.length !== this.spaces.length) return false;
    return this.spaces.every((space, i) => space.equals(other.spaces[i]));
  }

  override toString(): string {
    return `Tuple(${this.spaces.join(", ")})`;
  }
}

/** A copy of a list of spaces. @throws {@link InvalidOptionError} when it is no list, or something in it no space. */
export function checkSpaces(option: string, spaces: unknown): Space<unknown>[] {
  if (!Array.isArray(spaces)) throw new InvalidOptionError(option, "a list of spaces", spaces);
  const issues = spaces.flatMap((space: unknown, i) => {
    return isSpace(space) ? [] : [{ path: `${option}[${i}]`, expected: "a space", got: space }];
  });
  if (issues.length > 0) throw InvalidOptionError.of(issues);
  return [...spaces];
}

/** Whether something has the methods of a space that others call. */
export function isSpace(value: unknown): value is Space<unknown> {
  if (typeof value !== "object" || value === null) return false;
  const { sample, contains, seed } = value as Partial<Space<unknown>>;
  return [sample, contains, seed].every((method) => typeof method === "function");
}
