/** Who is cheaper on the same days, and by how much. @module */
import { bootstrapMean, type MeanInterval } from "../bootstrap-mean.js";

/** One policy against another in one environment. */
export interface PairedDifference {
  readonly policy: string;
  readonly than: string;
  readonly env: string;
  /** By how many USD a day it is cheaper, over all days of all workloads, with its 95 % interval; below 0 where it is dearer. */
  readonly usd: MeanInterval;
  /** The same as a share of what the other one costs, by workload and then their mean. The cost is −return: the bill and the price of late and failed requests. */
  readonly share: MeanInterval;
}

/**
 * Differences day by day: what is common to a day, such as its load, is not in them.
 *
 * @param returns - Of the policy: a row for each workload, a column for each day. Unit: USD.
 * @param others - Of the other one, on the same days.
 */
export function pairedDifference(
  policy: string,
  than: string,
  env: string,
  returns: readonly (readonly number[])[],
  others: readonly (readonly number[])[],
): PairedDifference {
  const usd = returns.map((row, workload) => row.map((value, day) => value - others[workload]![day]!));
  const share = usd.map((row, workload) => {
    const cost = -others[workload]!.reduce((sum, value) => sum + value, 0) / row.length;
    return row.map((value) => value / cost);
  });
  return { policy, than, env, usd: bootstrapMean(usd.flat()), share: bootstrapMean(share.flat()) };
}
