/** The work of a request over the day. @module */
import { cos } from "../elementary.js";
import type { DailySwing } from "../infra/service.js";

/**
 * How much more work than on average a request is: 1 + amplitude · cos(2π (hour − peakHour) / 24).
 * @param seconds - Model time: seconds since 1970-01-01 UTC.
 */
export function workFactor({ amplitude, peakHour }: DailySwing, seconds: number): number {
  const hour = (seconds % 86_400) / 3600;
  return 1 + amplitude * cos((2 * Math.PI * (hour - peakHour)) / 24);
}
