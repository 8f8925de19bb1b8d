/** The space of strings of given characters. @module */
import { InvalidOptionError, type OptionIssue } from "../errors.js";
import type { Seed } from "../rng.js";
import { jsonList, type Restriction, restrictionList, restrictionOf } from "./arguments.js";
import { SeededSpace } from "./seeded-space.js";
import type { Json, SampleOptions, Space } from "./space.js";

/** Options of {@link Text}. */
export interface TextOptions {
  /** Fewest characters: an integer from 0 to the maximum. @defaultValue 1 */
  readonly minLength?: number;
  /** The characters, in the order of masks and flattenings. @defaultValue digits, then capital, then small letters */
  readonly charset?: string | Iterable<string>;
  /** Seeds the space's generator. */
  readonly seed?: Seed;
}

/** The length, and a number for each character; null leaves either to chance. */
export type TextMask = readonly [length: number | null, characters: ArrayLike<number> | null];

const ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/**
 * Strings of characters from a set, with bounds on their length. Characters are Unicode code points.
 *
 * @example
 * new Text(5, { charset: "abc" }).contains("abba"); // true
 */
export class Text extends SeededSpace implements Space<string, TextMask> {
  readonly shape = null;
  readonly dtype = null;
  /** Fewest characters of a value. */
  readonly minLength: number;
  /** Most characters of a value. */
  readonly maxLength: number;
  /** The characters in the order of masks and flattenings. */
  readonly characterList: readonly string[];
  readonly #indices: ReadonlyMap<string, number>;

  /** @throws {@link InvalidOptionError} when a length is no such integer, or a character is not one or there twice. */
  constructor(maxLength: number, { minLength = 1, charset = ALPHANUMERIC, seed }: TextOptions = {}) {
    super();
    this.characterList = Object.freeze([...charset]);
    checkOptions(minLength, maxLength, this.characterList);
    this.minLength = minLength;
    this.maxLength = maxLength;
    this.#indices = new Map(this.characterList.map((character, i) => [character, i]));
    if (seed !== undefined) this.seed(seed);
  }

  /** All characters in alphabetical order, as one string. */
  get characters(): string {
    return [...this.characterList].sort(compareCodePoints).join("");
  }

  /** Position of a character in {@link Text.characterList}; undefined where it is not in the set. */
  characterIndex(character: string): number | undefined {
    return this.#indices.get(character);
  }

  /**
   * A value, uniform in length and characters unless `mask` or `probability` say otherwise; the empty string where the
   * mask forbids all characters and the space allows it.
   * @throws {@link InvalidOptionError} when both are given, or one does not fit.
   */
  sample(options?: SampleOptions<TextMask>): string {
    const restriction = restrictionOf(options);
    const [length, chances] = restriction === undefined ? [null, null] : this.#checkRestriction(restriction);
    const size = length ?? this.rng.integers(this.minLength, this.maxLength + 1);
    const count = this.characterList.length;
    const p = chances ?? new Float64Array(count).fill(1 / count);
    if (p.every((chance) => chance === 0)) {
      if (this.minLength === 0) return "";
      throw new InvalidOptionError(`${restriction!.name}[1]`, "above 0 for one character at least", p);
    }
    return Array.from(this.rng.choice(count, { p, size }), (index) => this.characterList[index]!).join("");
  }

  #checkRestriction(restriction: Restriction): [length: number | null, chances: Float64Array | null] {
    const { name } = restriction;
    const { 0: length, 1: given } = restrictionList(restriction, 2) as unknown as TextMask;
    const { minLength, maxLength } = this;
    if (length !== null && !(Number.isInteger(length) && length >= minLength && length <= maxLength)) {
      throw new InvalidOptionError(`${name}[0]`, `null or an integer from ${minLength} to ${maxLength}`, length);
    }
    if (given === null) return [length, null];
    const count = this.characterList.length;
    if (given?.length !== count) throw new InvalidOptionError(`${name}[1]`, `null or a list of ${count} values`, given);
    const chances = Float64Array.from(given);
    const sum = chances.reduce((total, chance) => total + chance, 0);
    if (name === "mask") {
      const wrong = chances.findIndex((bit) => bit !== 0 && bit !== 1);
      if (wrong >= 0) throw new InvalidOptionError(`mask[1][${wrong}]`, "0 or 1", chances[wrong]);
      return [length, sum > 0 ? chances.map((bit) => bit / sum) : chances];
    }
    const wrong = chances.findIndex((chance) => !(chance >= 0 && chance <= 1));
    if (wrong >= 0) throw new InvalidOptionError(`probability[1][${wrong}]`, "a number from 0 to 1", chances[wrong]);
    if (Math.abs(sum - 1) > 1e-8) throw new InvalidOptionError("probability[1]", "chances that sum to 1", given);
    return [length, chances];
  }

  contains(value: unknown): value is string {
    if (typeof value !== "string") return false;
    let length = 0;
    for (const character of value) {
      if (!this.#indices.has(character)) return false;
      length++;
    }
    return length >= this.minLength && length <= this.maxLength;
  }

  /** What `createEmptyArray` holds for a value that is yet to come: the shortest string of the first character. */
  emptyValue(): string {
    return this.characters.slice(0, this.characters.codePointAt(0)! > 0xffff ? 2 : 1).repeat(this.minLength);
  }

  copy(): Text {
    return new Text(this.maxLength, { minLength: this.minLength, charset: this.characterList }).continueFrom(this);
  }

  toJsonable(batch: readonly string[]): readonly string[] {
    return [...batch];
  }

  fromJsonable(json: Json): string[] {
    return jsonList(json, "a list of strings").map((value, i) => {
      if (typeof value === "string") return value;
      throw new InvalidOptionError(`json[${i}]`, "a string", value);
    });
  }

  equals(other: unknown): boolean {
    return (
      other instanceof Text &&
      other.minLength === this.minLength &&
      other.maxLength === this.maxLength &&
      other.characters === this.characters
    );
  }

  override toString(): string {
    return `Text(${this.minLength}, ${this.maxLength}, charset=${this.characters})`;
  }
}

function checkOptions(minLength: number, maxLength: number, characters: readonly string[]): void {
  const issues: OptionIssue[] = [];
  if (!Number.isInteger(minLength) || minLength < 0) {
    issues.push({ path: "minLength", expected: "an integer of at least 0", got: minLength });
  }
  if (!Number.isInteger(maxLength) || maxLength < minLength || maxLength > 2 ** 31 - 2) {
    issues.push({
      path: "maxLength",
      expected: `an integer from minLength, ${minLength}, to 2^31 - 2`,
      got: maxLength,
    });
  }
  if (characters.length === 0) issues.push({ path: "charset", expected: "at least one character", got: "" });
  const seen = new Set<unknown>();
  characters.forEach((character: unknown, i) => {
    if (typeof character !== "string" || [...character].length !== 1) {
      issues.push({ path: `charset[${i}]`, expected: "one character", got: character });
    } else if (seen.has(character)) {
      issues.push({ path: `charset[${i}]`, expected: "a character that is not there before", got: character });
    }
    seen.add(character);
  });
  if (issues.length > 0) throw InvalidOptionError.of(issues);
}

/** As Python sorts: by code point, where JavaScript sorts by UTF-16 unit. */
function compareCodePoints(a: string, b: string): number {
  return a.codePointAt(0)! - b.codePointAt(0)!;
}
