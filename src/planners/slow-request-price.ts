/** What one slow request costs in a reward. @module */
import type { Reward, StepMeasurement } from "../reward/index.js";

const REQUESTS = 1_000;

/** Asks the reward itself: a step in which nothing was billed and every one of many requests was answered late. Unit: USD per request. */
export function slowRequestPrice(reward: Reward, stepSeconds: number): number {
  const step: StepMeasurement = {
    seconds: stepSeconds,
    arrivals: REQUESTS,
    answered: REQUESTS,
    failed: 0,
    costUsd: 0,
    final: false,
    requestsBeyond: () => REQUESTS,
    latencyQuantileSeconds: () => Number.POSITIVE_INFINITY,
  };
  return -reward.evaluator().evaluate(step) / REQUESTS;
}
