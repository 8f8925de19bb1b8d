/** How sure a mean is. @module */
import { InvalidOptionError } from "../errors.js";
import { createRng, type Seed } from "../rng.js";

/** A mean with its 95 % interval. */
export interface MeanInterval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** Options of {@link bootstrapMean}. */
export interface BootstrapOptions {
  /** How many times the values are drawn again. @defaultValue 2000 */
  readonly resamples?: number;
  /** Seed of the draws: the same values give the same interval. @defaultValue 0 */
  readonly seed?: Seed;
}

/**
 * The mean of values, and the 95 % percentile interval of the means of values drawn from them again, with replacement.
 *
 * @param values - At least one. A NaN among them makes all three NaN.
 * @throws {@link InvalidOptionError} when there is no value, or `resamples` is not an integer of at least 1.
 * @see B. Efron and R. Tibshirani, "An Introduction to the Bootstrap" (1993), ch. 13
 */
export function bootstrapMean(
  values: readonly number[],
  { resamples = 2_000, seed = 0 }: BootstrapOptions = {},
): MeanInterval {
  if (values.length === 0) throw new InvalidOptionError("values", "at least one number", values);
  if (!Number.isSafeInteger(resamples) || resamples < 1) {
    throw new InvalidOptionError("resamples", "an integer of at least 1", resamples);
  }
  const mean = meanOf(values);
  if (!Number.isFinite(mean)) return { mean, low: mean, high: mean };
  if (values.every((value) => value === values[0])) return { mean: values[0]!, low: values[0]!, high: values[0]! };
  const rng = createRng(seed);
  const means = new Float64Array(resamples);
  for (let i = 0; i < resamples; i++) {
    let sum = 0;
    for (let j = 0; j < values.length; j++) sum += values[rng.integers(values.length)]!;
    means[i] = sum / values.length;
  }
  means.sort();
  return { mean, low: quantile(means, 0.025), high: quantile(means, 0.975) };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The value below which a share of sorted values lies, linear between ranks. */
function quantile(sorted: Float64Array, share: number): number {
  const rank = share * (sorted.length - 1);
  const below = Math.floor(rank);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below]! + (rank - below) * (sorted[above]! - sorted[below]!);
}
