/** In which ranges a rule's options are searched. @module */
import { InvalidOptionError } from "../errors.js";
import type { Generator } from "../rng.js";

/** One option: from `low` to `high` in steps of `step`. */
export interface SearchRange {
  readonly low: number;
  readonly high: number;
  readonly step: number;
}

const UTILIZATION: SearchRange = { low: 0.4, high: 0.98, step: 0.02 };
const DEMAND = {
  utilization: UTILIZATION,
  leadSeconds: { low: 0, high: 300, step: 30 },
  stabilizationSeconds: { low: 0, high: 900, step: 60 },
} as const;

const SPACES: Readonly<Record<string, Readonly<Record<string, SearchRange>>>> = {
  threshold: {
    utilization: UTILIZATION,
    tolerance: { low: 0, high: 0.2, step: 0.02 },
    stabilizationSeconds: { low: 0, high: 900, step: 60 },
  },
  "target-tracking": { utilization: UTILIZATION, cooldownSeconds: { low: 0, high: 600, step: 60 } },
  trend: DEMAND,
  "feed-forward": DEMAND,
  expert: DEMAND,
  predictive: { ...DEMAND, margin: { low: 0, high: 3, step: 0.25 } },
};

/** The rules that can be calibrated. */
export function calibratableRules(): string[] {
  return Object.keys(SPACES);
}

/** The options of a rule and their ranges. @throws InvalidOptionError */
export function searchSpaceOf(rule: string): Readonly<Record<string, SearchRange>> {
  const space = SPACES[rule];
  if (space !== undefined) return space;
  throw new InvalidOptionError("rule", `one of ${calibratableRules().join(", ")}`, rule);
}

/** Options drawn evenly from the ranges. */
export function drawOptions(space: Readonly<Record<string, SearchRange>>, rng: Generator): Record<string, number> {
  return Object.fromEntries(
    Object.entries(space).map(([name, range]) => {
      const places = Math.round((range.high - range.low) / range.step) + 1;
      return [name, valueAt(range, rng.integers(places))];
    }),
  );
}

/** Options in which one is one or three steps away, all of them. */
export function neighboursOf(
  space: Readonly<Record<string, SearchRange>>,
  options: Readonly<Record<string, number>>,
): Record<string, number>[] {
  return Object.entries(space).flatMap(([name, range]) =>
    [-3, -1, 1, 3]
      .map((steps) => valueAt(range, Math.round((options[name]! - range.low) / range.step) + steps))
      .filter((value) => value >= range.low && value <= range.high)
      .map((value) => ({ ...options, [name]: value })),
  );
}

function valueAt({ low, step }: SearchRange, place: number): number {
  return Number((low + place * step).toFixed(6));
}
