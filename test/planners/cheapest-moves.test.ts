/** Moves that take their time, against all sequences there are. */
import { array, assert, double, integer, property } from "fast-check";
import { describe, expect, it } from "vitest";
import { cheapestMoves, type MoveProblem } from "../../src/planners/cheapest-moves.js";

/** What asking for these levels costs; Infinity where a change is asked for while another is under way. */
function costOf({ costs, levels, initial, changeSteps, maxChange }: MoveProblem, asked: readonly number[]): number {
  let [sum, serving, under, left] = [0, initial, initial, 0];
  for (const [step, level] of asked.entries()) {
    if (left === 0 && level !== serving) {
      if (Math.abs(level - serving) > maxChange) return Infinity;
      [under, left] = [level, changeSteps];
    }
    if (level !== under) return Infinity;
    sum += costs[step * levels + serving]!;
    if (left > 0 && --left === 0) serving = under;
  }
  return sum;
}

/** All sequences of so many levels. */
function sequences(levels: number, steps: number): number[][] {
  if (steps === 0) return [[]];
  return sequences(levels, steps - 1).flatMap((some) => Array.from({ length: levels }, (_, level) => [...some, level]));
}

describe("cheapestMoves", () => {
  it("asks for a sequence as cheap as the cheapest of all, and for no change while another is under way", () => {
    const [steps, levels] = [6, 3];
    const all = sequences(levels, steps);
    const costs = array(double({ min: 0, max: 1, noNaN: true }), { minLength: 18, maxLength: 18 });
    assert(
      property(
        costs,
        integer({ min: 0, max: 2 }),
        integer({ min: 1, max: 2 }),
        integer({ min: 1, max: 3 }),
        (some, initial, maxChange, changeSteps) => {
          const problem = { costs: Float64Array.from(some), levels, initial, maxChange, changeSteps };
          const least = Math.min(...all.map((asked) => costOf(problem, asked)));
          expect(costOf(problem, [...cheapestMoves(problem)])).toBeCloseTo(least, 12);
        },
      ),
      { seed: 8, numRuns: 50 },
    );
  });

  it("asks for a larger level as long before it is needed as a change takes", () => {
    const costs = Float64Array.from([0, 1, 0, 1, 0, 1, 0, 1, 9, 1, 9, 1]);
    expect([...cheapestMoves({ costs, levels: 2, initial: 0, changeSteps: 2, maxChange: 1 })]).toEqual([
      0, 0, 1, 1, 1, 1,
    ]);
  });
});
