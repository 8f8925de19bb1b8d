/** A workload scaled to a rate of its own. @module */
import { checkRange } from "./option-check.js";
import type { Workload } from "./workload.js";

/**
 * A workload that is scaled to this rate, whatever an environment is made for: where no more may be sent, as in a real account.
 *
 * @param rate - What stands for the reference rate: the peak of most generators. Unit: requests per second, above 0.
 * @throws InvalidOptionError
 * @example
 * const env = await make("WebService-v0", { workload: atRate(day(), 50) });
 */
export function atRate(workload: Workload, rate: number): Workload {
  checkRange("rate", rate, Number.MIN_VALUE, Number.MAX_VALUE, "requests per second");
  const { name, options, durationSeconds } = workload;
  return Object.freeze({
    name,
    options: { ...options, atRate: rate },
    durationSeconds,
    series: (request) => workload.series({ ...request, referenceRate: rate }),
  } satisfies Workload);
}
