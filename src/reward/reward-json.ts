/** Rewards from JSON: what a definition or a configuration file holds becomes a reward again. @module */
import { InvalidOptionError } from "../errors.js";
import { didYouMean } from "../messages.js";
import { availabilityCredit } from "./availability-credit.js";
import { billedCost } from "./billed-cost.js";
import { failedRequestPenalty } from "./failed-request-penalty.js";
import { latencyCredit } from "./latency-credit.js";
import type { RewardTerm } from "./reward-term.js";
import { saturatingLatencyShare } from "./saturating-latency-share.js";
import { slowRequestPenalty } from "./slow-request-penalty.js";
import { type Reward, type RewardTermJson, sumOfTerms } from "./sum-of-terms.js";

/** A function that makes a term and checks what it is called with. */
export type RewardTermMaker = (options: never) => RewardTerm;

/** The functions of the library, those of the default reward first. */
const MAKERS: Readonly<Record<string, RewardTermMaker>> = Object.freeze({
  billedCost,
  slowRequestPenalty,
  failedRequestPenalty,
  availabilityCredit,
  latencyCredit,
  saturatingLatencyShare,
});

/** The names of all functions that make a term. */
export function rewardTermNames(): string[] {
  return Object.keys(MAKERS);
}

/**
 * A reward from JSON. `rewardFromJson(reward.toJSON())` makes an equal reward again.
 *
 * @param json - Terms in the order they are summed.
 * @param ownMakers - Functions of one's own, by name, besides those of the library.
 * @throws InvalidOptionError that names the entry: unknown function or option, wrong value, or one name twice
 * @example
 * rewardFromJson([
 *   { function: "billedCost" },
 *   { function: "slowRequestPenalty", options: { usdPerRequest: 1e-6 } },
 *   { function: "failedRequestPenalty", options: { usdPerRequest: 4e-6 } },
 * ]);
 */
export function rewardFromJson(
  json: readonly RewardTermJson[],
  ownMakers: Readonly<Record<string, RewardTermMaker>> = {},
): Reward {
  if (!Array.isArray(json)) throw new InvalidOptionError("reward", "an array of { function, options }", json);
  const makers = new Map(Object.entries({ ...MAKERS, ...ownMakers }));
  return sumOfTerms(json.map((entry: RewardTermJson, k) => termOf(entry, `reward[${k}]`, makers)));
}

function termOf(entry: RewardTermJson, path: string, makers: ReadonlyMap<string, RewardTermMaker>): RewardTerm {
  checkEntry(entry, path);
  const maker = makers.get(entry.function);
  if (maker === undefined) throw unknownWord(`${path}.function`, "a reward term", entry.function, [...makers.keys()]);
  const given = entry.options ?? {};
  const term = made(() => maker({ ...given, ...(entry.name !== undefined && { name: entry.name }) } as never), path);
  const known = Object.keys(term.options);
  const unknown = Object.keys(given).find((option) => !known.includes(option));
  if (unknown !== undefined) throw unknownWord(`${path}.options`, `an option of ${entry.function}`, unknown, known);
  return term;
}

function checkEntry(entry: unknown, path: string): void {
  if (!isRecord(entry)) throw new InvalidOptionError(path, "an object { function, options }", entry);
  const known = ["name", "function", "options"];
  const unknown = Object.keys(entry).find((key) => !known.includes(key));
  if (unknown !== undefined) throw unknownWord(path, "an object of name, function and options", unknown, known);
  if (entry.options !== undefined && !isRecord(entry.options)) {
    throw new InvalidOptionError(`${path}.options`, "an object", entry.options);
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A term, or the error of its function with the entry's path before the option. */
function made(make: () => RewardTerm, path: string): RewardTerm {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof InvalidOptionError)) throw error;
    const option = error.option === "name" ? `${path}.name` : `${path}.options.${error.option}`;
    throw new InvalidOptionError(option, error.expected, error.got, { cause: error });
  }
}

function unknownWord(option: string, what: string, got: unknown, known: readonly string[]): InvalidOptionError {
  const nearest = typeof got === "string" ? didYouMean(got, known) : undefined;
  const choice = known.length === 0 ? "there is none" : `one of ${known.join(", ")}`;
  const advice = nearest === undefined ? choice : `did you mean ${JSON.stringify(nearest)}?`;
  return new InvalidOptionError(option, `${what} (${advice})`, got);
}
