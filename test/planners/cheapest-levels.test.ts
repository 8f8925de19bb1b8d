import { array, assert, double, integer, property } from "fast-check";
import { describe, expect, it } from "vitest";
import { cheapestLevels, type LevelProblem } from "../../src/planners/cheapest-levels.js";

function costOf({ costs, levels, initial, upCost }: LevelProblem, sequence: readonly number[]): number {
  return sequence.reduce((sum, level, step) => {
    const before = step === 0 ? initial : sequence[step - 1]!;
    return sum + Math.max(0, level - before) * upCost + costs[step * levels + level]!;
  }, 0);
}

/** The least cost of all sequences there are. */
function leastCost(problem: LevelProblem, steps: number): number {
  const { levels, initial, maxChange, leadSteps } = problem;
  let sequences: number[][] = [[]];
  for (let step = 0; step < steps; step++) {
    sequences = sequences.flatMap((sequence) => {
      const before = sequence.at(-1) ?? initial;
      return Array.from({ length: levels }, (_, level) => level)
        .filter((level) => Math.abs(level - before) <= maxChange && !(step < leadSteps && level > initial))
        .map((level) => [...sequence, level]);
    });
  }
  return Math.min(...sequences.map((sequence) => costOf(problem, sequence)));
}

describe("cheapestLevels", () => {
  it("finds a sequence as cheap as the cheapest of all", () => {
    const [steps, levels] = [5, 3];
    const costs = array(double({ min: 0, max: 1, noNaN: true }), {
      minLength: steps * levels,
      maxLength: steps * levels,
    });
    assert(
      property(
        costs,
        integer({ min: 0, max: 2 }),
        integer({ min: 1, max: 2 }),
        integer({ min: 0, max: 2 }),
        (all, initial, maxChange, leadSteps) => {
          const problem = { costs: Float64Array.from(all), levels, initial, upCost: 0.3, maxChange, leadSteps };
          const found = [...cheapestLevels(problem)];
          expect(costOf(problem, found)).toBeCloseTo(leastCost(problem, steps), 12);
        },
      ),
      { seed: 8, numRuns: 50 },
    );
  });
});
