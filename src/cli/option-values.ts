/** The values of a command's options, read as what they should be; a mistake names the option. @module */
import { UsageError } from "../errors.js";
import { parseDuration } from "./parse-duration.js";
import { parseSeed, parseSeeds } from "./parse-seeds.js";

/** A value and where it came from. */
export interface GivenValue {
  readonly text: string;
  /** Such as `--seeds`, or `"seeds" in config.json`. */
  readonly source: string;
}

/** What was given to a command: by command line, or by configuration file. */
export class OptionValues {
  readonly #given: ReadonlyMap<string, GivenValue>;

  constructor(given: ReadonlyMap<string, GivenValue>) {
    this.#given = given;
  }

  /** The value as it was given. */
  text(name: string): string | undefined {
    return this.#given.get(name)?.text;
  }

  /** Where a value came from: the words for a message. */
  source(name: string): string {
    return this.#given.get(name)?.source ?? `--${name}`;
  }

  /** Whether a flag is set. */
  flag(name: string): boolean {
    return this.#given.get(name)?.text === "true";
  }

  /** A value that must be there. @param example - For the message. @throws UsageError */
  required(name: string, example: string): string {
    const text = this.text(name);
    if (text !== undefined) return text;
    throw new UsageError(
      `Expected ${name.toUpperCase()}, such as ${example}, which is missing. Add --help for all options.`,
    );
  }

  /** A number of things. @throws UsageError unless it is an integer of at least 1 */
  count(name: string): number | undefined {
    return this.#read(name, "an integer of at least 1", (text) => {
      const value = /^\d+$/.test(text) ? Number(text) : 0;
      return Number.isSafeInteger(value) && value >= 1 ? value : undefined;
    });
  }

  /** A port; 0 is any free one. @throws UsageError */
  port(name: string): number | undefined {
    return this.#read(name, "a port from 0 to 65535", (text) => {
      const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
      return value <= 65_535 ? value : undefined;
    });
  }

  /** A number above 0. @throws UsageError */
  positive(name: string, meaning: string): number | undefined {
    return this.#read(name, meaning, (text) => {
      const value = text.trim() === "" ? Number.NaN : Number(text);
      return Number.isFinite(value) && value > 0 ? value : undefined;
    });
  }

  /** A duration in seconds. @throws UsageError */
  duration(name: string): number | undefined {
    return this.#read(name, "a duration above 0 such as 90s, 5m or 2h", parseDuration);
  }

  /** One seed. @throws UsageError */
  seed(name: string): bigint | undefined {
    return this.#read(name, "a seed: a non-negative integer", parseSeed);
  }

  /** Several seeds. @throws UsageError */
  seeds(name: string): bigint[] | undefined {
    const expected = "a number of seeds of at least 1 (5 means 0 to 4), or a list of different seeds such as 3,8,13";
    return this.#read(name, expected, parseSeeds);
  }

  /** One of a few words. @throws UsageError */
  choice<T extends string>(name: string, words: readonly T[]): T | undefined {
    return this.#read(name, `one of ${words.join(", ")}`, (text) => words.find((word) => word === text));
  }

  /** A list of names. @throws UsageError when one is empty or given twice */
  list(name: string): string[] | undefined {
    return this.#read(name, "a list of different names such as a,b", (text) => {
      const names = text
        .replace(/,\s*$/, "")
        .split(",")
        .map((part) => part.trim());
      return names.includes("") || new Set(names).size < names.length ? undefined : names;
    });
  }

  #read<T>(name: string, expected: string, parse: (text: string) => T | undefined): T | undefined {
    const given = this.#given.get(name);
    if (given === undefined) return undefined;
    const value = parse(given.text);
    if (value !== undefined) return value;
    throw new UsageError(`Expected ${given.source} to be ${expected}, got ${JSON.stringify(given.text)}.`);
  }
}
