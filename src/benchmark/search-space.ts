/** In which ranges a rule's options are searched. @module */
import type { PolicyControl } from "../agents/policy.js";
import { InvalidOptionError } from "../errors.js";
import type { Generator } from "../rng.js";
import { FORECAST_LEADS } from "./learn-forecast.js";

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
  forecast: {
    ...DEMAND,
    leadSeconds: { low: FORECAST_LEADS[0]!, high: FORECAST_LEADS.at(-1)!, step: 60 },
    quantile: { low: 0.5, high: 0.98, step: 0.04 },
  },
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

/**
 * The ranges in one environment: where several controls count replicas, each has a utilization of its own, and each choice is held at one of its values.
 *
 * @param fixed - Options that are given, and not searched.
 * @throws InvalidOptionError
 */
export function searchSpaceIn(
  rule: string,
  controls: readonly PolicyControl[],
  fixed: Readonly<Record<string, number>> = {},
): Readonly<Record<string, SearchRange>> {
  const { utilization, ...others } = searchSpaceOf(rule) as Readonly<Record<string, SearchRange>>;
  const counts = controls.filter(({ kind }) => kind === "count");
  const choices = controls.filter(({ kind }) => kind === "choice");
  const targets = counts.map(
    ({ name }) => [counts.length === 1 ? "utilization" : `utilization.${name}`, utilization!] as const,
  );
  const held = choices.map(({ name, min, max }) => [`held.${name}`, { low: min, high: max, step: 1 }] as const);
  const space: Record<string, SearchRange> = { ...Object.fromEntries(targets), ...others, ...Object.fromEntries(held) };
  return Object.fromEntries(Object.entries(space).filter(([name]) => !(name in fixed)));
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
