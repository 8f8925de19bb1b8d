/** Dynamic programming: the cheapest sequence of values when a change takes many steps, and none may begin before the last has ended. @module */

/** A problem for {@link cheapestMoves}. */
export interface MoveProblem {
  /** Cost of each level in each step: shape [steps, levels]. */
  readonly costs: Float64Array;
  readonly levels: number;
  /** The level before the first step. */
  readonly initial: number;
  /** Steps that a change takes, in which the old level serves and is paid. An integer from 1. */
  readonly changeSteps: number;
  /** Greatest change at a time, up or down. An integer from 1. */
  readonly maxChange: number;
}

/**
 * The levels to ask for with the least sum of costs, exactly: Bellman's recursion, backwards over steps × levels.
 *
 * @returns What to ask for in each step; a change is asked for `changeSteps` steps before it serves.
 */
export function cheapestMoves({ costs, levels, initial, changeSteps, maxChange }: MoveProblem): Int32Array {
  const steps = costs.length / levels;
  const sums = sumsOf(costs, levels);
  const rest = new Float64Array((steps + 1) * levels);
  const next = new Int32Array(steps * levels);
  for (let step = steps - 1; step >= 0; step--) {
    const end = Math.min(steps, step + changeSteps);
    for (let level = 0; level < levels; level++) {
      const at = step * levels + level;
      let least = costs[at]! + rest[at + levels]!;
      next[at] = level;
      const meanwhile = sums[end * levels + level]! - sums[at]!;
      const last = Math.min(levels - 1, level + maxChange);
      for (let to = Math.max(0, level - maxChange); to <= last; to++) {
        const sum = meanwhile + rest[end * levels + to]!;
        if (to === level || sum >= least) continue;
        least = sum;
        next[at] = to;
      }
      rest[at] = least;
    }
  }
  return follow(next, steps, levels, initial, changeSteps);
}

/** Costs of each level before each step. */
function sumsOf(costs: Float64Array, levels: number): Float64Array {
  const sums = new Float64Array(costs.length + levels);
  for (let k = 0; k < costs.length; k++) sums[k + levels] = sums[k]! + costs[k]!;
  return sums;
}

function follow(next: Int32Array, steps: number, levels: number, initial: number, changeSteps: number): Int32Array {
  const asked = new Int32Array(steps);
  let level = initial;
  for (let step = 0; step < steps; ) {
    const to = next[step * levels + level]!;
    const end = Math.min(steps, step + (to === level ? 1 : changeSteps));
    asked.fill(to, step, end);
    level = to;
    step = end;
  }
  return asked;
}
