/** A reward as the sum of its terms. @module */
import { InvalidOptionError } from "../errors.js";
import { RewardEvaluator } from "./reward-evaluator.js";
import type { RewardTerm } from "./reward-term.js";

/** One term as JSON. */
export interface RewardTermJson {
  /** Name in `info.rewardTerms`. @defaultValue the function's own */
  readonly name?: string;
  /** The function that makes the term, such as `slowRequestPenalty`. */
  readonly function: string;
  /** What the function is called with. @defaultValue `{}` */
  readonly options?: Readonly<Record<string, unknown>>;
}

/** A sum of terms: a frozen description that serves any number of environments. */
export interface Reward {
  /** The terms, in the order they are summed and shown. */
  readonly terms: readonly RewardTerm[];
  /**
   * What environments evaluate it with: has the memory of the terms.
   * @param numEnvs - How many environments share it, each with a memory of its own: an integer from 1. @defaultValue 1
   */
  evaluator(numEnvs?: number): RewardEvaluator;
  /** As JSON, from which `rewardFromJson` makes an equal reward. */
  toJSON(): RewardTermJson[];
}

/**
 * Sums terms to a reward.
 *
 * @throws InvalidOptionError when there is no term, or two have one name
 * @example
 * const reward = sumOfTerms([billedCost(), slowRequestPenalty({ usdPerRequest: 1e-6 })]);
 * const evaluator = reward.evaluator();
 * evaluator.evaluate(step); // USD
 * evaluator.values; // Float64Array [cost, slowRequests]
 */
export function sumOfTerms(terms: readonly RewardTerm[]): Reward {
  if (!Array.isArray(terms) || terms.length === 0) {
    throw new InvalidOptionError("terms", "an array of at least one reward term", terms);
  }
  terms.forEach(checkTerm);
  const names = terms.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) throw new InvalidOptionError("terms", "terms of different names", twice);
  const summed = Object.freeze([...terms]);
  return Object.freeze({
    terms: summed,
    evaluator: (numEnvs?: number) => new RewardEvaluator(summed, numEnvs),
    toJSON: () => summed.map(({ name, function: maker, options }) => ({ name, function: maker, options })),
  });
}

function checkTerm(term: RewardTerm | undefined, k: number): void {
  if (typeof term?.evaluate !== "function") {
    throw new InvalidOptionError(`terms[${k}]`, "a reward term, such as billedCost()", term);
  }
  if (typeof term.name !== "string" || term.name === "") {
    throw new InvalidOptionError(`terms[${k}].name`, "a name", term.name);
  }
  const { memoryLength = 0 } = term;
  if (!Number.isSafeInteger(memoryLength) || memoryLength < 0) {
    throw new InvalidOptionError(`terms[${k}].memoryLength`, "an integer from 0", memoryLength);
  }
}
