/** The space of lists of any length, of values of one space. @module */
import { InvalidOptionError } from "../errors.js";
import { jsonList, partOptions, type Restriction, restrictionList, restrictionOf, within } from "./arguments.js";
import type { BatchOf } from "./batch-space.js";
import { batchesFromJson, batchesToJson, joinValues, splitBatch } from "./batch-values.js";
import { CompositeSpace, type SpaceSeed } from "./composite-space.js";
import { createEmptyArray } from "./concatenate.js";
import { copySpace } from "./seeded-space.js";
import type { Json, MaskOf, SampleOptions, SeedResult, Space, ValueOf } from "./space.js";
import { type CompositeOptions, checkSpaces } from "./tuple.js";

/** Options of {@link Sequence}. */
export interface SequenceOptions<Stack extends boolean = boolean> extends CompositeOptions {
  /** Whether a value is one batch (see `batchSpace`) instead of a list. @defaultValue false */
  readonly stack?: Stack;
}

/** A value of a {@link Sequence}: a list of values, or a batch of them. */
export type SequenceValue<E extends Space<unknown>, Stack extends boolean> = Stack extends true
  ? BatchOf<E>
  : readonly ValueOf<E>[];

/** The length, or lengths to choose from, and a mask for the values; null leaves either to chance. */
export type SequenceMask<E extends Space<unknown>> = readonly [
  length: number | ArrayLike<number> | null,
  feature: MaskOf<E> | null,
];

/** The chance that a sample ends after each value, where no length is given: Gymnasium's choice. */
const END_CHANCE = 0.25;

/**
 * Lists of any length with values of one space; with `stack`, the same values in the arrays of a batch.
 *
 * @example
 * new Sequence(new Discrete(4)).contains([3, 0, 0, 1]); // true
 */
export class Sequence<E extends Space<unknown>, Stack extends boolean = false>
  extends CompositeSpace
  implements Space<SequenceValue<E, Stack>, SequenceMask<E>>
{
  readonly shape = null;
  readonly dtype = null;
  /** The space of the values. */
  readonly featureSpace: E;
  /** Whether a value is one batch instead of a list. */
  readonly stack: Stack;

  /** @throws {@link InvalidOptionError} when `featureSpace` is no space. */
  constructor(featureSpace: E, { stack, seed }: SequenceOptions<Stack> = {}) {
    super();
    checkSpaces("spaces", [featureSpace]);
    this.featureSpace = featureSpace;
    this.stack = (stack ?? false) as Stack;
    if (seed !== undefined) this.seed(seed);
  }

  /**
   * Restarts both generators: from one seed, or from two: for the length, and for the values.
   * @returns Both seeds.
   * @throws {@link InvalidSeedError} when a seed is not a non-negative integer.
   * @throws {@link InvalidOptionError} when a list has not two seeds.
   */
  override seed(seed?: SpaceSeed): readonly SeedResult[] {
    return this.seedWithParts(seed, [this.featureSpace]);
  }

  /**
   * A value of random length, 4 in the mean and at least 1, unless `mask` or `probability` give lengths.
   * @throws {@link InvalidOptionError} when both are given, or one does not fit.
   */
  sample(options?: SampleOptions<SequenceMask<E>>): SequenceValue<E, Stack> {
    const { featureSpace } = this;
    const restriction = restrictionOf(options);
    const masks = restriction === undefined ? [null, null] : restrictionList(restriction, 2);
    const length = this.#sampleLength(restriction?.name ?? "mask", masks[0]);
    const items = Array.from({ length }, () => {
      if (restriction === undefined) return featureSpace.sample();
      const { name } = restriction;
      return within(name, `${name}[1]`, () => featureSpace.sample(partOptions(name, masks[1])));
    });
    return (this.stack ? joinValues(featureSpace, items) : items) as SequenceValue<E, Stack>;
  }

  #sampleLength(name: Restriction["name"], given: unknown): number {
    if (given === null || given === undefined) return this.rng.geometric(END_CHANCE);
    if (typeof given === "number") return checkLength(`${name}[0]`, given);
    const lengths = Array.from(given as ArrayLike<unknown>, (length, i) => checkLength(`${name}[0][${i}]`, length));
    if (lengths.length === 0) throw new InvalidOptionError(`${name}[0]`, "a length, or lengths to choose from", given);
    return this.rng.choice(lengths);
  }

  contains(value: unknown): value is SequenceValue<E, Stack> {
    const items = this.itemsOf(value);
    return items?.every((item) => this.featureSpace.contains(item)) ?? false;
  }

  /** The values in a value of this space; null where it is not built like one. */
  itemsOf(value: unknown): readonly unknown[] | null {
    if (this.stack) return splitBatch(this.featureSpace, value);
    return Array.isArray(value) ? value : null;
  }

  /** What `createEmptyArray` holds for a value that is yet to come: no values, or one of zeros where they are stacked. */
  emptyValue(): SequenceValue<E, Stack> {
    return (this.stack ? createEmptyArray(this.featureSpace, 1) : []) as SequenceValue<E, Stack>;
  }

  copy(): Sequence<E, Stack> {
    const { stack } = this;
    return new Sequence<E, Stack>(copySpace(this.featureSpace), { stack }).continueFrom(this);
  }

  toJsonable(batch: readonly SequenceValue<E, Stack>[]): Json {
    if (this.stack) return batchesToJson(this.featureSpace, batch);
    return batch.map((value) => this.featureSpace.toJsonable(value as readonly unknown[]));
  }

  fromJsonable(json: Json): SequenceValue<E, Stack>[] {
    if (this.stack) return batchesFromJson(this.featureSpace, json) as SequenceValue<E, Stack>[];
    const values = jsonList(json).map((value, i) => {
      return within("json", `json[${i}]`, () => this.featureSpace.fromJsonable(value));
    });
    return values as SequenceValue<E, Stack>[];
  }

  equals(other: unknown): boolean {
    if (!(other instanceof Sequence) || other.stack !== this.stack) return false;
    return this.featureSpace.equals(other.featureSpace);
  }

  override toString(): string {
    return `Sequence(${this.featureSpace}, stack=${this.stack ? "True" : "False"})`;
  }
}

function checkLength(path: string, length: unknown): number {
  if (Number.isSafeInteger(length) && (length as number) >= 0) return length as number;
  throw new InvalidOptionError(path, "an integer of at least 0", length);
}
