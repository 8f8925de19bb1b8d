/** Dynamic programming: the cheapest sequence of levels when going up has to be paid ahead. @module */

/** A problem for {@link cheapestLevels}. */
export interface LevelProblem {
  /** Cost of each level in each step: shape [steps, levels]. */
  readonly costs: Float64Array;
  readonly levels: number;
  /** The level before the first step. */
  readonly initial: number;
  /** Cost of going up by one level: what is paid while it boots. */
  readonly upCost: number;
  /** Greatest change between two steps, up or down. An integer from 1. */
  readonly maxChange: number;
  /** Steps at the start in which no level above the initial one can be had. */
  readonly leadSteps: number;
}

/**
 * The sequence of levels with the least sum of costs, exactly: Bellman's recursion over steps × levels.
 *
 * @returns The level of each step.
 * @see R. Bellman, "Dynamic Programming" (1957), ch. III
 */
export function cheapestLevels(problem: LevelProblem): Int32Array {
  const { costs, levels, initial, upCost, maxChange, leadSteps } = problem;
  const steps = costs.length / levels;
  const cameFrom = new Int32Array(steps * levels);
  let before = new Float64Array(levels).fill(Infinity);
  before[initial] = 0;
  for (let step = 0; step < steps; step++) {
    const after = new Float64Array(levels).fill(Infinity);
    for (let level = 0; level < levels; level++) {
      if (step < leadSteps && level > initial) continue;
      const last = Math.min(levels - 1, level + maxChange);
      for (let from = Math.max(0, level - maxChange); from <= last; from++) {
        const sum = before[from]! + Math.max(0, level - from) * upCost + costs[step * levels + level]!;
        if (sum < after[level]!) {
          after[level] = sum;
          cameFrom[step * levels + level] = from;
        }
      }
    }
    before = after;
  }
  const chosen = new Int32Array(steps);
  let level = before.indexOf(before.reduce((least, sum) => Math.min(least, sum), Infinity));
  for (let step = steps - 1; step >= 0; step--) {
    chosen[step] = level;
    level = cameFrom[step * levels + level]!;
  }
  return chosen;
}
