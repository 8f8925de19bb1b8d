/** The frame of a benchmark: a named figure, measured several times, reported as the median. @module */

/** One measured number. */
export interface Figure {
  /** Dotted, stable: `single.stepsPerSecond`. */
  readonly name: string;
  readonly value: number;
  readonly unit: string;
}

/** A figure that has not been measured yet. */
export interface Measurement {
  readonly name: string;
  readonly unit: string;
  /** Why it cannot be measured here; then it is named with this reason, and not run. */
  readonly skipped?: string;
  /** Measures it: warm-up rounds first, then the median of the repeats. */
  run(): Promise<Figure>;
}

/** Options of {@link measure}. */
export interface MeasureOptions {
  /** Why it cannot be measured here; undefined where it can. */
  readonly skipped?: string | undefined;
  /** Rounds that count. @defaultValue 5 */
  readonly repeats?: number;
  /** Rounds before them, so that the code is compiled. @defaultValue 1 */
  readonly warmUps?: number;
}

/**
 * Declares a figure.
 *
 * @param name - Dotted and stable; `--only` and `--json` use it.
 * @param unit - Of the value: `steps/s`, `ns`, `bytes`.
 * @param sample - One round; its result is the figure's value in that round.
 */
export function measure(
  name: string,
  unit: string,
  sample: () => number | Promise<number>,
  { repeats = 5, warmUps = 1, skipped }: MeasureOptions = {},
): Measurement {
  const run = async (): Promise<Figure> => {
    const values: number[] = [];
    for (let round = 0; round < warmUps + repeats; round++) {
      const value = await sample();
      if (round >= warmUps) values.push(value);
    }
    return { name, unit, value: median(values) };
  };
  return { name, unit, run, ...(skipped === undefined ? {} : { skipped }) };
}

/** How many units of work were done per second: `work` does `count` of them. */
export async function perSecond(count: number, work: () => unknown): Promise<number> {
  const started = performance.now();
  const result = work();
  if (result instanceof Promise) await result;
  return (count / (performance.now() - started)) * 1000;
}

/** The middle of some numbers; of an even number of them the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
