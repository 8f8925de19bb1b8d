/** One side against another: errors by policy, and whether both put the policies into one order. @module */
import { allPairs, kendallTau } from "./kendall-tau.js";
import { type PairedDifference, pairedDifference } from "./paired-difference.js";
import { type Pooled, pool } from "./pooled.js";
import { type EpisodeRecord, episodeKey, type StepRecord } from "./step-record.js";

/** Up to this utilization, measured on the reference, a step counts as moderately loaded. */
export const MODERATE_UTILIZATION = 0.8;

/** Where bands of utilization end; the last one is open. */
const BAND_ENDS = [0.3, 0.6, 0.8, 0.95, Number.POSITIVE_INFINITY] as const;

/** Relative errors, (side − reference) / reference; the error rate's is the difference itself. NaN where the reference has nothing. */
export interface Errors {
  readonly utilization: number;
  readonly meanSeconds: number;
  /** Of the 95th percentile over all requests, from the histograms of both. */
  readonly p95Seconds: number;
  /** Of the mean of the steps' percentiles by PromQL, as a policy sees them. */
  readonly stepP95Seconds: number;
  /** Of the same against every request's own time on the reference. */
  readonly rawStepP95Seconds: number;
  readonly errorRate: number;
  readonly costUsd: number;
  readonly rewardPerStep: number;
}

/** One policy on both sides. */
export interface PolicyComparison {
  readonly policy: string;
  readonly reference: Pooled;
  readonly side: Pooled;
  readonly errors: Errors;
  /** Over the steps in which the reference was at most moderately loaded. */
  readonly moderate: Errors;
  readonly moderateSteps: number;
  /** Sum of each episode's rewards. Unit: USD. */
  readonly episodeRewards: readonly { readonly seed: string; readonly reference: number; readonly side: number }[];
}

/** The steps of all policies in which the reference was utilized about as much. */
export interface BandComparison {
  /** Utilization of the reference above this, and up to `to`; null for no end. */
  readonly from: number;
  readonly to: number | null;
  readonly reference: Pooled;
  readonly side: Pooled;
  readonly errors: Errors;
}

/** Two policies on both sides. */
export interface PairComparison {
  readonly policies: readonly [string, string];
  /** Difference of the rewards of a step. Unit: USD. */
  readonly reference: PairedDifference;
  readonly side: PairedDifference;
}

/** What {@link compareSides} finds. */
export interface SideComparison {
  readonly side: string;
  readonly policies: readonly PolicyComparison[];
  readonly pairs: readonly PairComparison[];
  /** By utilization, those with steps in them. */
  readonly bands: readonly BandComparison[];
  /** Kendall's τ of the mean rewards, over the pairs that the reference tells apart at 95 %; NaN where there are none. */
  readonly kendallTau: number;
  readonly pairsToldApart: number;
}

/**
 * Compares the episodes of a side with those of the reference.
 *
 * @param policies - In the order of the result.
 * @param reference - One for each policy and seed.
 * @param side - The same policies and seeds.
 */
export function compareSides(
  policies: readonly string[],
  reference: readonly EpisodeRecord[],
  side: readonly EpisodeRecord[],
): SideComparison {
  const others = new Map(side.map((episode) => [episodeKey(episode), episode]));
  const matched = reference.flatMap((episode) => {
    const other = others.get(episodeKey(episode));
    return other === undefined ? [] : [matchSteps(episode, other)];
  });
  const of = (policy: string): MatchedEpisode[] => matched.filter((episode) => episode.policy === policy);
  const compared = policies.map((policy) => comparePolicy(policy, of(policy)));
  const pairs = allPairs(policies.length);
  const both = pairs.map(([i, j]) => comparePair(policies[i]!, policies[j]!, of(policies[i]!), of(policies[j]!)));
  const toldApart = pairs.filter((_, k) => both[k]!.reference.isToldApart);
  return {
    side: side[0]?.side ?? "",
    policies: compared,
    pairs: both,
    bands: compareBands(matched.flatMap(stepPairs)),
    pairsToldApart: toldApart.length,
    kendallTau: kendallTau(
      compared.map((policy) => policy.reference.rewardPerStep),
      compared.map((policy) => policy.side.rewardPerStep),
      toldApart,
    ),
  };
}

/** The steps that both sides took. */
interface MatchedEpisode {
  readonly policy: string;
  readonly seed: string;
  readonly reference: readonly StepRecord[];
  readonly side: readonly StepRecord[];
}

function matchSteps(reference: EpisodeRecord, side: EpisodeRecord): MatchedEpisode {
  const count = Math.min(reference.steps.length, side.steps.length);
  const { policy, seed } = reference;
  return { policy, seed, reference: reference.steps.slice(0, count), side: side.steps.slice(0, count) };
}

type StepPair = readonly [reference: StepRecord, side: StepRecord];

function stepPairs({ reference, side }: MatchedEpisode): StepPair[] {
  return reference.map((step, k) => [step, side[k]!] as const);
}

function poolBoth(pairs: readonly StepPair[]): [Pooled, Pooled] {
  return [pool(pairs.map(([step]) => step)), pool(pairs.map(([, step]) => step))];
}

function compareBands(steps: readonly StepPair[]): BandComparison[] {
  return BAND_ENDS.flatMap((to, k) => {
    const from = BAND_ENDS[k - 1] ?? 0;
    const within = steps.filter(([{ utilization }]) => {
      const share = utilization ?? Number.NaN;
      return (share > from || (k === 0 && share === 0)) && share <= to;
    });
    if (within.length === 0) return [];
    const [reference, side] = poolBoth(within);
    return [{ from, to: to < Infinity ? to : null, reference, side, errors: errorsOf(reference, side) }];
  });
}

function comparePolicy(policy: string, episodes: readonly MatchedEpisode[]): PolicyComparison {
  const steps = episodes.flatMap(stepPairs);
  const moderate = steps.filter(([step]) => step.utilization !== null && step.utilization <= MODERATE_UTILIZATION);
  const [reference, side] = poolBoth(steps);
  return {
    policy,
    reference,
    side,
    errors: errorsOf(reference, side),
    moderate: errorsOf(...poolBoth(moderate)),
    moderateSteps: moderate.length,
    episodeRewards: episodes.map(({ seed, reference, side }) => ({
      seed,
      reference: sumOf(reference),
      side: sumOf(side),
    })),
  };
}

function sumOf(steps: readonly StepRecord[]): number {
  return steps.reduce((sum, { reward }) => sum + reward, 0);
}

function errorsOf(reference: Pooled, side: Pooled): Errors {
  const relative = (of: (pooled: Pooled) => number): number => (of(side) - of(reference)) / Math.abs(of(reference));
  return {
    utilization: relative(({ utilization }) => utilization),
    meanSeconds: relative(({ meanSeconds }) => meanSeconds),
    p95Seconds: relative(({ p95Seconds }) => p95Seconds),
    stepP95Seconds: relative(({ stepP95Seconds }) => stepP95Seconds),
    rawStepP95Seconds: (side.stepP95Seconds - reference.rawStepP95Seconds) / Math.abs(reference.rawStepP95Seconds),
    errorRate: side.errorRate - reference.errorRate,
    costUsd: relative(({ costUsd }) => costUsd),
    rewardPerStep: relative(({ rewardPerStep }) => rewardPerStep),
  };
}

function comparePair(
  a: string,
  b: string,
  ofA: readonly MatchedEpisode[],
  ofB: readonly MatchedEpisode[],
): PairComparison {
  const rewards = (which: "reference" | "side"): (readonly [number, number])[][] =>
    ofA.flatMap((episode) => {
      const other = ofB.find(({ seed }) => seed === episode.seed);
      if (other === undefined) return [];
      const count = Math.min(episode[which].length, other[which].length);
      return [Array.from({ length: count }, (_, k) => [episode[which][k]!.reward, other[which][k]!.reward] as const)];
    });
  return {
    policies: [a, b],
    reference: pairedDifference(rewards("reference")),
    side: pairedDifference(rewards("side")),
  };
}
