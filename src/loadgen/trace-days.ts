/** The days of a trace, and which are for training and which for tests. @module */
import type { TraceRates } from "./trace-gaps.js";
import type { Split } from "./workload.js";

/** One episode of a trace. */
export interface TraceDay {
  /** When it begins. Unit: seconds since 1970-01-01 UTC. */
  readonly startSeconds: number;
}

/** The episodes of a trace. */
export interface TraceDays extends Readonly<Record<Split, readonly TraceDay[]>> {
  /** Length of each, in the trace's own time. Unit: seconds. */
  readonly lengthSeconds: number;
  /** Whether both splits have the same day, because there is only one. */
  readonly shared: boolean;
}

const DAY_SECONDS = 86_400;
/** Share of the days that are for tests: three in a week. */
const TEST_SHARE = 3 / 7;

/**
 * The whole UTC days of a trace, the last three sevenths (rounded, at least one) for tests.
 *
 * A day is whole when less than one period is missing at either end. A trace without a whole day is one episode from its
 * first row to its last, used by both splits; so is a trace's only day.
 */
export function traceDays({ middles, periodSeconds }: TraceRates): TraceDays {
  const start = middles[0]! - periodSeconds / 2;
  const end = middles.at(-1)! + periodSeconds / 2;
  const days: TraceDay[] = [];
  const first = Math.ceil((start - periodSeconds) / DAY_SECONDS + 1e-9);
  for (let day = first; (day + 1) * DAY_SECONDS < end + periodSeconds; day++) {
    days.push({ startSeconds: day * DAY_SECONDS });
  }
  if (days.length === 0) {
    const only = [{ startSeconds: start }];
    return { train: only, test: only, lengthSeconds: end - start, shared: true };
  }
  if (days.length === 1) return { train: days, test: days, lengthSeconds: DAY_SECONDS, shared: true };
  const tests = Math.max(1, Math.round(days.length * TEST_SHARE));
  const split = days.length - tests;
  return { train: days.slice(0, split), test: days.slice(split), lengthSeconds: DAY_SECONDS, shared: false };
}
