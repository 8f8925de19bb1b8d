/** Least squares through the samples of a range. @module */

/** A straight line. */
export interface Line {
  /** Unit: per second. */
  readonly slope: number;
  /** The value at the time of the intercept. */
  readonly intercept: number;
}

/**
 * The least-squares line through the first `size` samples, with compensated sums.
 * @param interceptMs - Time at which the intercept is taken. Unit: milliseconds.
 * @see https://prometheus.io/docs/prometheus/latest/querying/functions/#deriv
 */
export function leastSquares(times: Float64Array, values: Float64Array, size: number, interceptMs: number): Line {
  const x = { sum: 0, rest: 0 };
  const y = { sum: 0, rest: 0 };
  const xy = { sum: 0, rest: 0 };
  const xx = { sum: 0, rest: 0 };
  let constant = true;
  for (let k = 0; k < size; k++) {
    const value = values[k]!;
    const seconds = (times[k]! - interceptMs) / 1000;
    if (value !== values[0]) constant = false;
    add(x, seconds);
    add(y, value);
    add(xy, seconds * value);
    add(xx, seconds * seconds);
  }
  if (constant && size > 0) {
    const value = values[0]!;
    return Number.isFinite(value) ? { slope: 0, intercept: value } : { slope: Number.NaN, intercept: Number.NaN };
  }
  const [sumX, sumY] = [x.sum + x.rest, y.sum + y.rest];
  const covariance = xy.sum + xy.rest - (sumX * sumY) / size;
  const variance = xx.sum + xx.rest - (sumX * sumX) / size;
  const slope = covariance / variance;
  return { slope, intercept: sumY / size - (slope * sumX) / size };
}

/** Neumaier's compensated sum. */
export interface CompensatedSum {
  sum: number;
  rest: number;
}

/** Adds a number; `rest` is what rounding took away. */
export function add(total: CompensatedSum, value: number): void {
  const next = total.sum + value;
  if (Math.abs(total.sum) >= Math.abs(value)) total.rest += total.sum - next + value;
  else total.rest += value - next + total.sum;
  total.sum = next;
}
