/** What is announced of the load to come. @module */
import { KNOT_SECONDS, type RateSeries } from "../loadgen/workload.js";

/** Announced extra rate some time after the start of a series. Unit: requests per second, seconds. */
export function announcedRate({ announced }: RateSeries, seconds: number): number {
  const position = Math.min(announced.length - 1, Math.max(0, seconds / KNOT_SECONDS));
  const knot = Math.floor(position);
  const next = Math.min(announced.length - 1, knot + 1);
  return announced[knot]! + (announced[next]! - announced[knot]!) * (position - knot);
}
