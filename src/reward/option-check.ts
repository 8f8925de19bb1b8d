/** Checks of the options of reward terms. @module */
import { InvalidOptionError } from "../errors.js";
import { LATENCY_BUCKETS } from "../metrics/latency-buckets.js";

/**
 * Refuses what is not a finite number above 0.
 *
 * @param unit - What it is measured in, such as `seconds`.
 * @throws InvalidOptionError
 */
export function checkPositive(option: string, value: number, unit: string): void {
  if (!Number.isFinite(value) || value <= 0) {
    throw new InvalidOptionError(option, `a finite number above 0 (${unit})`, value);
  }
}

/** Refuses what is not a share above 0 and at most 1. @throws InvalidOptionError */
export function checkShare(option: string, value: number): void {
  if (typeof value !== "number" || !(value > 0 && value <= 1)) {
    throw new InvalidOptionError(option, "a share above 0 and at most 1", value);
  }
}

/** Refuses a promised response time that the histogram cannot tell: only its bounds can be counted exactly. @throws InvalidOptionError */
export function checkTargetSeconds(value: number): void {
  checkPositive("targetSeconds", value, "seconds");
  if (LATENCY_BUCKETS.includes(value)) return;
  const nearest = LATENCY_BUCKETS.reduce((best, bound) =>
    Math.abs(bound - value) < Math.abs(best - value) ? bound : best,
  );
  throw new InvalidOptionError(
    "targetSeconds",
    `a bound of the latency histogram, nearest ${nearest} (seconds)`,
    value,
  );
}

/** Refuses a term's name that is not a word of letters, digits and underscores. @throws InvalidOptionError */
export function checkName(name: string): void {
  if (typeof name !== "string" || !/^[A-Za-z]\w*$/.test(name)) {
    throw new InvalidOptionError("name", "a letter, then letters, digits and underscores", name);
  }
}
