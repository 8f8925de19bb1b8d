/** The space of records: named values, each from a space of its own. @module */
import { InvalidOptionError } from "../errors.js";
import { partOptions, restrictionOf, within } from "./arguments.js";
import { CompositeSpace, type SpaceSeed, seedPart } from "./composite-space.js";
import { copySpace } from "./seeded-space.js";
import type { Json, MaskOf, SampleOptions, SeedResult, Space, ValueOf } from "./space.js";
import { isSpace } from "./tuple.js";

/** The spaces of a {@link Dict} by name. */
export type DictSpaces = Readonly<Record<string, Space<unknown>>>;

/** A value of a {@link Dict}: one value per name. */
export type DictValue<S extends DictSpaces> = { [K in keyof S]: ValueOf<S[K]> };

/** A mask of a {@link Dict}: masks for some of its names. */
export type DictMask<S extends DictSpaces> = { readonly [K in keyof S]?: MaskOf<S[K]> };

/** One seed for all, or one for each name. */
export type DictSeed = SpaceSeed;

/** Options of {@link Dict}. */
export interface DictOptions {
  /** Seeds the generators of the space and of its parts. */
  readonly seed?: DictSeed;
  /** Whether the parts are put into alphabetical order; else they stay as given. @defaultValue true */
  readonly sortKeys?: boolean;
}

/**
 * Objects with exactly the given names. Parts are in alphabetical order unless told otherwise, as in Gymnasium.
 *
 * @example
 * const space = new Dict({ level: new Discrete(3), position: new Box(-1, 1, { shape: [2] }) });
 * space.sample(); // { level: 2, position: Float32Array [0.3, -0.8] }
 */
export class Dict<S extends DictSpaces> extends CompositeSpace implements Space<DictValue<S>, DictMask<S>> {
  readonly shape = null;
  readonly dtype = null;
  /** The parts by name, in their order. */
  readonly spaces: S;
  /** Whether the parts were put into alphabetical order. */
  readonly sortKeys: boolean;
  readonly #entries: readonly (readonly [string, Space<unknown>])[];

  /** @throws {@link InvalidOptionError} when something is no space. */
  constructor(spaces: S, { seed, sortKeys = true }: DictOptions = {}) {
    super();
    this.sortKeys = sortKeys;
    const entries = Object.entries(spaces);
    checkParts(entries);
    this.#entries = sortKeys ? entries.sort(([a], [b]) => (a < b ? -1 : 1)) : entries;
    this.spaces = Object.freeze(Object.fromEntries(this.#entries)) as S;
    if (seed !== undefined) this.seed(seed);
  }

  /**
   * Restarts all generators: those of the parts with seeds drawn from this one's, or each with its own.
   * @returns The seeds of the parts.
   * @throws {@link InvalidSeedError} when a seed is not a non-negative integer.
   * @throws {@link InvalidOptionError} when seeds are given by name and a name is missing or unknown.
   */
  override seed(seed?: DictSeed): { readonly [key: string]: SeedResult } {
    if (seed === undefined) return this.#map((_, space) => space.seed());
    if (typeof seed === "object") {
      this.#checkNames("seed", seed);
      const seeds = seed as Readonly<Record<string, SpaceSeed>>;
      return this.#map((key, space) => seedPart(space, seeds[key]!, `seed.${key}`));
    }
    const seeds = this.drawSeeds(seed, this.#entries.length);
    let at = 0;
    return this.#map((_, space) => space.seed(seeds[at++]!));
  }

  /**
   * An object with a sample of every part.
   * @throws {@link InvalidOptionError} when mask and probability are given, or one of a part does not fit.
   */
  sample(options: SampleOptions<DictMask<S>> = {}): DictValue<S> {
    const restriction = restrictionOf(options);
    if (restriction === undefined) return this.#map((_, space) => space.sample()) as DictValue<S>;
    const { name } = restriction;
    const masks = restriction.value as Readonly<Record<string, unknown>>;
    const unknown = Object.keys(masks).find((key) => !Object.hasOwn(this.spaces, key));
    if (unknown !== undefined) throw new InvalidOptionError(name, "masks by the names of the parts", unknown);
    const value = this.#map((key, space) => {
      return within(name, `${name}.${key}`, () => space.sample(partOptions(name, masks[key])));
    });
    return value as DictValue<S>;
  }

  contains(value: unknown): value is DictValue<S> {
    if (!isRecord(value) || Object.keys(value).length !== this.#entries.length) return false;
    for (const [key, space] of this.#entries) {
      if (!Object.hasOwn(value, key) || !space.contains(value[key])) return false;
    }
    return true;
  }

  copy(): Dict<S> {
    const { sortKeys } = this;
    return new Dict(this.#map((_, space) => copySpace(space)) as unknown as S, { sortKeys }).continueFrom(this);
  }

  toJsonable(batch: readonly DictValue<S>[]): { readonly [key: string]: Json } {
    return this.#map((key, space) => space.toJsonable(batch.map((value) => value[key])));
  }

  fromJsonable(json: Json): DictValue<S>[] {
    if (!isRecord(json)) throw new InvalidOptionError("json", "an object of lists", json);
    this.#checkNames("json", json);
    const columns = this.#map((key, space) => {
      return within("json", `json.${key}`, () => space.fromJsonable(json[key] as Json));
    });
    const length = Object.values(columns)[0]?.length ?? 0;
    for (const [key, column] of Object.entries(columns)) {
      if (column.length !== length) throw new InvalidOptionError(`json.${key}`, `a list of ${length}`, json[key]);
    }
    return Array.from({ length }, (_, i) => this.#map((key) => columns[key]![i]) as DictValue<S>);
  }

  equals(other: unknown): boolean {
    if (!(other instanceof Dict)) return false;
    const spaces: DictSpaces = other.spaces;
    if (Object.keys(spaces).length !== this.#entries.length) return false;
    return this.#entries.every(([key, space]) => Object.hasOwn(spaces, key) && space.equals(spaces[key]));
  }

  override toString(): string {
    return `Dict(${this.#entries.map(([key, space]) => `'${key}': ${space}`).join(", ")})`;
  }

  #map<R>(part: (key: string, space: Space<unknown>) => R): Record<string, R> {
    const result: Record<string, R> = {};
    for (const [key, space] of this.#entries) result[key] = part(key, space);
    return result;
  }

  #checkNames(option: string, given: object): void {
    const names = this.#entries.map(([key]) => key);
    if (Object.keys(given).sort().join("\n") !== names.sort().join("\n")) {
      throw new InvalidOptionError(option, `an object with the names ${names.join(", ")}`, given);
    }
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function checkParts(entries: readonly (readonly [string, unknown])[]): void {
  const issues = entries.flatMap(([key, space]) => {
    return isSpace(space) ? [] : [{ path: `spaces.${key}`, expected: "a space", got: space }];
  });
  if (issues.length > 0) throw InvalidOptionError.of(issues);
}
