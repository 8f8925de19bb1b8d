/** Options that DQN and SAC have in common, and their checks. @module */
import type { NetworkFactory } from "../../networks/index.js";
import type { Seed } from "../../rng.js";
import { checkInteger, checkNumber, checkSizes } from "./option-check.js";

/** Options of the off-policy learners, named as in CleanRL. */
export interface OffPolicyOptions {
  /** Of the weights, the actions and the draws; environment i starts with seed + i. @defaultValue 0 */
  readonly seed?: Seed;
  /** Transitions that are remembered. */
  readonly bufferSize?: number;
  /** Transitions learnt from in one step. */
  readonly batchSize?: number;
  /** Environment steps before the first. */
  readonly learningStarts?: number;
  /** Environment steps from one to the next; below 1, several are done at once. */
  readonly trainFrequency?: number;
  /** Discount, from 0 to 1. */
  readonly gamma?: number;
  /** Rewards added up before the next value counts. */
  readonly nSteps?: number;
  /** How far target networks move at a time, above 0 and at most 1. */
  readonly tau?: number;
  /** Factor of rewards. @defaultValue 1 */
  readonly rewardScale?: number;
  /** Units of the hidden layers. */
  readonly hiddenSizes?: readonly number[];
  /** Whether networks see observations with running mean 0 and deviation 1. @defaultValue true */
  readonly normalizeObservations?: boolean;
  /** What computes the networks. @defaultValue the dense engine */
  readonly engine?: NetworkFactory;
}

/** All options, the engine apart. */
export type FilledOffPolicyOptions = Required<Omit<OffPolicyOptions, "engine">>;

/** Checks filled options. @throws InvalidOptionError */
export function checkOffPolicyOptions(options: FilledOffPolicyOptions): void {
  const { bufferSize, batchSize, learningStarts, nSteps, trainFrequency, gamma, tau, rewardScale } = options;
  for (const [name, value] of Object.entries({ bufferSize, batchSize, learningStarts, nSteps })) {
    checkInteger(name, value);
  }
  for (const [name, value] of Object.entries({ trainFrequency, rewardScale })) {
    checkNumber(name, value, "a finite number above 0", (number) => number > 0 && number < Infinity);
  }
  checkNumber("gamma", gamma, "from 0 to 1", (value) => value >= 0 && value <= 1);
  checkNumber("tau", tau, "above 0 and at most 1", (value) => value > 0 && value <= 1);
  checkSizes("hiddenSizes", options.hiddenSizes);
}
