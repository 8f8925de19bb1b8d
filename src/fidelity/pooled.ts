/** Many steps taken together. @module */
import { LATENCY_BUCKETS } from "../metrics/latency-buckets.js";
import { bucketQuantile } from "../metrics/promql/bucket-quantile.js";
import type { StepRecord } from "./step-record.js";

/** What steps came to together. NaN where there is nothing to tell it from. */
export interface Pooled {
  readonly steps: number;
  /** Mean over the steps. */
  readonly utilization: number;
  /** Mean over the requests answered. Unit: seconds. */
  readonly meanSeconds: number;
  /** 95th percentile over the requests answered, from the histogram. Unit: seconds. */
  readonly p95Seconds: number;
  /** Means of the steps' own percentiles, weighted by the requests answered: by PromQL, and from every request's time. Unit: seconds. */
  readonly stepP95Seconds: number;
  readonly rawStepP95Seconds: number;
  /** Share of the requests that failed. */
  readonly errorRate: number;
  /** Unit: USD. */
  readonly costUsd: number;
  /** Sum of the rewards, and mean of a step. Unit: USD. */
  readonly reward: number;
  readonly rewardPerStep: number;
}

/** Pools steps. */
export function pool(steps: readonly StepRecord[]): Pooled {
  const total = (of: (step: StepRecord) => number): number => steps.reduce((sum, step) => sum + of(step), 0);
  const weighted = (of: (step: StepRecord) => number | null, weight: (step: StepRecord) => number): number => {
    const known = steps.filter((step) => of(step) !== null && weight(step) > 0);
    const weights = known.reduce((sum, step) => sum + weight(step), 0);
    return known.reduce((sum, step) => sum + of(step)! * weight(step), 0) / weights;
  };
  const answered = ({ answered }: StepRecord): number => answered;
  const counts = LATENCY_BUCKETS.map((_, b) => total(({ within }) => within[b]!));
  const reward = total((step) => step.reward);
  return {
    steps: steps.length,
    utilization: weighted(
      ({ utilization }) => utilization,
      () => 1,
    ),
    meanSeconds: weighted(({ meanSeconds }) => meanSeconds, answered),
    p95Seconds: quantileOf([...counts, total(answered)], 0.95),
    stepP95Seconds: weighted(({ p95Seconds }) => p95Seconds, answered),
    rawStepP95Seconds: weighted(({ p95RawSeconds }) => p95RawSeconds, answered),
    errorRate: total(({ failed }) => failed) / total(({ arrivals }) => arrivals),
    costUsd: total(({ costUsd }) => costUsd),
    reward,
    rewardPerStep: reward / steps.length,
  };
}

const BOUNDS = Float64Array.of(...LATENCY_BUCKETS, Number.POSITIVE_INFINITY);

/**
 * A quantile from cumulative counts, by the rule of Prometheus's `histogram_quantile`.
 * @param within - By bound of `LATENCY_BUCKETS`, then all.
 * @returns Unit: seconds; the last bound where it lies beyond, NaN without any.
 */
function quantileOf(within: readonly number[], share: number): number {
  return bucketQuantile(share, BOUNDS, Float64Array.from(within), BOUNDS.length, "prom3");
}
