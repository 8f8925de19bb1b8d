/** Reward term: a high percentile of the response times, up to a cap. Can be gamed; see docs/reward.md. @module */
import { InvalidOptionError } from "../errors.js";
import { checkName, checkPositive } from "./option-check.js";
import type { RewardTerm } from "./reward-term.js";

/** Options of {@link saturatingLatencyShare}. */
export interface SaturatingLatencyShareOptions {
  /** What the worst latency costs. Unit: USD per hour. */
  readonly usdPerHour: number;
  /** Where the cost begins. Unit: seconds. @defaultValue 0.25 */
  readonly targetSeconds?: number;
  /** Where the cost stops growing. Unit: seconds, above `targetSeconds`. @defaultValue 1 */
  readonly worstSeconds?: number;
  /** Which quantile of the response times is judged, from 0 to 1. @defaultValue 0.95 */
  readonly quantile?: number;
  /** Name in `info.rewardTerms`. @defaultValue "saturatingLatency" */
  readonly name?: string;
}

/**
 * Charges for a high percentile of the response times: nothing up to the target, then in proportion, and no more than the worst.
 *
 * How it is gamed: it counts answered requests only, so those dropped at the door are free as long as the others are quick, and
 * beyond the worst nothing is lost any more. So it is a figure to report, or an addition to the prices per request, and not a
 * reward by itself.
 *
 * @returns A term whose value is in USD and lies in [-`usdPerHour` for the step's length, 0].
 * @throws InvalidOptionError
 */
export function saturatingLatencyShare(options: SaturatingLatencyShareOptions): RewardTerm {
  const { usdPerHour, targetSeconds = 0.25, worstSeconds = 1, quantile = 0.95, name = "saturatingLatency" } = options;
  checkPositive("usdPerHour", usdPerHour, "USD");
  checkPositive("targetSeconds", targetSeconds, "seconds");
  checkPositive("worstSeconds", worstSeconds, "seconds");
  if (worstSeconds <= targetSeconds) {
    throw new InvalidOptionError("worstSeconds", `above targetSeconds, ${targetSeconds} (seconds)`, worstSeconds);
  }
  if (typeof quantile !== "number" || !(quantile >= 0 && quantile <= 1)) {
    throw new InvalidOptionError("quantile", "a number from 0 to 1", quantile);
  }
  checkName(name);
  return Object.freeze({
    name,
    function: "saturatingLatencyShare",
    options: Object.freeze({ usdPerHour, targetSeconds, worstSeconds, quantile }),
    evaluate: (step) => {
      const latency = step.latencyQuantileSeconds(quantile);
      if (Number.isNaN(latency)) return 0;
      const share = Math.min(1, Math.max(0, (latency - targetSeconds) / (worstSeconds - targetSeconds)));
      return 0 - (share * usdPerHour * step.seconds) / 3600;
    },
  } satisfies RewardTerm);
}
