/** Sums and means of many values, in the bits of each Prometheus version. @module */
import type { PromqlProfile } from "./sample-window.js";

/**
 * Sum of the first `size` values by Neumaier's compensated summation. `prom3` drops the compensation once the sum is infinite.
 * @see https://en.wikipedia.org/wiki/Kahan_summation_algorithm#Further_enhancements
 */
export function compensatedSum(values: Float64Array, size: number, profile: PromqlProfile): number {
  let sum = 0;
  let compensation = 0;
  for (let k = 0; k < size; k++) {
    const value = values[k]!;
    const total = sum + value;
    if (profile === "prom3" && isInfinite(total)) compensation = 0;
    else if (Math.abs(sum) >= Math.abs(value)) compensation += sum - total + value;
    else compensation += value - total + sum;
    sum = total;
  }
  return isInfinite(sum) ? sum : sum + compensation;
}

/** Sum of the first `size` values, one after the other. */
export function plainSum(values: Float64Array, size: number): number {
  let sum = values[0]!;
  for (let k = 1; k < size; k++) sum += values[k]!;
  return sum;
}

/** Mean as `prom3` takes it: the compensated sum divided; from where that overflows, a moving mean. */
export function dividedMean(values: Float64Array, size: number): number {
  let sum = 0;
  let compensation = 0;
  for (let k = 0; k < size; k++) {
    const value = values[k]!;
    const total = sum + value;
    if (isInfinite(total) && k > 0) return movingMean(values, k, size, sum / k, compensation / k, true);
    if (isInfinite(total)) compensation = 0;
    else if (Math.abs(sum) >= Math.abs(value)) compensation += sum - total + value;
    else compensation += value - total + sum;
    sum = total;
  }
  return sum / size + compensation / size;
}

/** Mean that is moved by each value from index `from` on, as `prom2` takes it over time (compensated) and over series (plain). */
export function movingMean(
  values: Float64Array,
  from: number,
  size: number,
  start: number,
  startCompensation: number,
  scaled: boolean,
  compensated = true,
): number {
  let mean = start;
  let compensation = startCompensation;
  for (let k = from; k < size; k++) {
    const value = values[k]!;
    const count = k + 1;
    if (isInfinite(mean) && (isInfinite(value) ? mean > 0 === value > 0 : !Number.isNaN(value))) continue;
    const share = (count - 1) / count;
    const before = scaled ? share * mean : mean;
    const change = scaled ? value / count : value / count - mean / count;
    if (scaled) compensation *= share;
    const total = before + change;
    if (!compensated || (scaled && isInfinite(total))) compensation = 0;
    else if (Math.abs(before) >= Math.abs(change)) compensation += before - total + change;
    else compensation += change - total + before;
    mean = total;
  }
  return !compensated || isInfinite(mean) ? mean : mean + compensation;
}

function isInfinite(value: number): boolean {
  return value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY;
}
