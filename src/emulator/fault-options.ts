/** Which faults to inject, how often, and their form on a command line. @module */
import { InvalidOptionError } from "../errors.js";
import { suggestion } from "../messages.js";
import { checkSeed } from "../rng.js";

/** Which faults to inject. Chances are probabilities from 0 to 1 for each request (`stuck`: for each action; `stale`: for each new resource and each change). */
export interface FaultOptions {
  /** @defaultValue 0 */
  readonly seed?: number | bigint;
  /** Chance of 429 with a `Retry-After` of `retryAfterSeconds`. @defaultValue 0 */
  readonly tooManyRequests?: number;
  /** Unit: seconds. @defaultValue 1 */
  readonly retryAfterSeconds?: number;
  /** Chance of 500 or 503 before any work is done. @defaultValue 0 */
  readonly errorBefore?: number;
  /** Chance of 500 after the work was done. @defaultValue 0 */
  readonly errorAfter?: number;
  /** Chance of an answer that comes `slowSeconds` later. @defaultValue 0 */
  readonly slow?: number;
  /** Unit: seconds of wall time. @defaultValue 0.2 */
  readonly slowSeconds?: number;
  /** Chance of a connection that is cut before any work is done. @defaultValue 0 */
  readonly dropBefore?: number;
  /** Chance of a connection that is cut after the work was done, in place of the answer. @defaultValue 0 */
  readonly dropAfter?: number;
  /** Chance of an action that never completes. @defaultValue 0 */
  readonly stuck?: number;
  /** Regions in which nothing new can be made. @defaultValue none */
  readonly capacity?: readonly string[];
  /** Chance of a new resource that is not seen at first, and of a change or deletion that reads do not show at first. @defaultValue 0 */
  readonly stale?: number;
  /** For how many requests. @defaultValue 3 */
  readonly staleRequests?: number;
}

/** The options with their defaults filled in. */
export type Faults = Required<Omit<FaultOptions, "seed">> & { readonly seed: bigint };

const CHANCES = [
  "tooManyRequests",
  "errorBefore",
  "errorAfter",
  "slow",
  "dropBefore",
  "dropAfter",
  "stuck",
  "stale",
] as const;

/** Checks the options and fills in the defaults. @throws {@link InvalidOptionError} naming the option; {@link InvalidSeedError} */
export function checkFaults(options: FaultOptions = {}): Faults {
  const faults: Faults = {
    tooManyRequests: 0,
    retryAfterSeconds: 1,
    errorBefore: 0,
    errorAfter: 0,
    slow: 0,
    slowSeconds: 0.2,
    dropBefore: 0,
    dropAfter: 0,
    stuck: 0,
    capacity: [],
    stale: 0,
    staleRequests: 3,
    ...options,
    seed: checkSeed(options.seed ?? 0),
  };
  for (const name of CHANCES) {
    const value = faults[name];
    if (!(value >= 0 && value <= 1)) throw new InvalidOptionError(`faults.${name}`, "a number from 0 to 1", value);
  }
  for (const name of ["retryAfterSeconds", "slowSeconds", "staleRequests"] as const) {
    const value = faults[name];
    if (!(value >= 0 && value < Number.POSITIVE_INFINITY)) {
      throw new InvalidOptionError(`faults.${name}`, "a finite number from 0", value);
    }
  }
  return faults;
}

/** Names on the command line, for the options they stand for; the second is what a value after a colon stands for. */
const WORDS: Readonly<Record<string, readonly [keyof FaultOptions, (keyof FaultOptions)?]>> = {
  "429": ["tooManyRequests", "retryAfterSeconds"],
  "5xx-before": ["errorBefore"],
  "5xx-after": ["errorAfter"],
  slow: ["slow", "slowSeconds"],
  "drop-before": ["dropBefore"],
  "drop-after": ["dropAfter"],
  stuck: ["stuck"],
  stale: ["stale", "staleRequests"],
};

/**
 * Reads faults as they are written on a command line: `seed=7,429=0.1:2,5xx-before=0.05,slow=0.1:0.5,capacity=fra1+nyc1`.
 *
 * @throws {@link InvalidOptionError} when a part of it is not understood.
 */
export function parseFaults(text: string): FaultOptions {
  const options: Record<string, unknown> = {};
  for (const part of text.split(",").filter((piece) => piece !== "")) {
    const [word = "", value = ""] = part.split("=");
    const known = WORDS[word];
    if (word === "seed") options.seed = bigintOf(part, value);
    else if (word === "capacity") options.capacity = value.split("+");
    else if (known === undefined) {
      const words = ["seed", "capacity", ...Object.keys(WORDS)];
      throw new InvalidOptionError("faults", `faults such as "seed=7,429=0.1" (${suggestion(word, words)})`, text);
    } else {
      const [chance, extra] = value.split(":");
      options[known[0]] = numberOf(part, chance);
      if (extra !== undefined && known[1] !== undefined) options[known[1]] = numberOf(part, extra);
    }
  }
  return options as FaultOptions;
}

function numberOf(part: string, text: string | undefined): number {
  const value = text === undefined || text.trim() === "" ? Number.NaN : Number(text);
  if (!Number.isFinite(value)) throw new InvalidOptionError("faults", 'faults such as "seed=7,429=0.1"', part);
  return value;
}

function bigintOf(part: string, text: string): bigint {
  if (!/^\d+$/.test(text)) throw new InvalidOptionError("faults", 'faults such as "seed=7,429=0.1"', part);
  return BigInt(text);
}
