/** Whether two policies can be told apart on the same steps of the same days. @module */

/** A mean difference with its 95 % interval. */
export interface PairedDifference {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  /** Whether the interval leaves out 0. */
  readonly isToldApart: boolean;
}

/** Quantiles of Student's t at 0.975, for 1 to 30 degrees of freedom. */
const STUDENT = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11,
  2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
] as const;

/**
 * The mean of `a − b` over paired values, with Student's interval over the means of blocks: steps that follow each other are alike, blocks
 * of them much less.
 *
 * @param episodes - For each episode the values of both, step by step.
 * @param blockSteps - Steps of a block; what is left of an episode is a block of its own where it is at least half as long, and goes to the
 * last one otherwise. @defaultValue 4
 * @returns With fewer than two blocks the interval is endless.
 * @see A. Law, "Simulation Modeling and Analysis" (2015), ch. 9.5, for batch means
 */
export function pairedDifference(
  episodes: readonly (readonly (readonly [number, number])[])[],
  blockSteps = 4,
): PairedDifference {
  const blocks = episodes.flatMap((steps) =>
    blocksOf(
      steps.map(([a, b]) => a - b),
      blockSteps,
    ),
  );
  const weight = blocks.reduce((sum, block) => sum + block.length, 0);
  const mean = blocks.flat().reduce((sum, value) => sum + value, 0) / weight;
  // Blocks of unequal length: the variance of a ratio of sums.
  const squares = blocks.reduce((sum, block) => {
    const own = block.reduce((total, value) => total + value - mean, 0);
    return sum + own * own;
  }, 0);
  const n = blocks.length;
  const error = Math.sqrt((squares * n) / (n - 1)) / weight;
  const half = n < 2 ? Number.POSITIVE_INFINITY : studentQuantile(n - 1) * error;
  const [low, high] = [mean - half, mean + half];
  return { mean, low, high, isToldApart: low > 0 || high < 0 };
}

/** Student's t at 0.975; beyond 30 degrees of freedom the normal distribution's, corrected. */
export function studentQuantile(degrees: number): number {
  return STUDENT[degrees - 1] ?? 1.96 + 2.372 / degrees + 2.823 / degrees ** 2;
}

function blocksOf(values: readonly number[], length: number): number[][] {
  const blocks: number[][] = [];
  for (let from = 0; from < values.length; from += length) blocks.push(values.slice(from, from + length));
  const last = blocks.at(-1);
  if (blocks.length > 1 && last!.length < length / 2) {
    blocks.pop();
    blocks.at(-1)!.push(...last!);
  }
  return blocks;
}
