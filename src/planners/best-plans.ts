/** The best of several plans for each of several known days. @module */
import type { PlanningModel } from "../envs/planning-model.js";
import { InvalidOptionError } from "../errors.js";
import type { Seed } from "../rng.js";
import { DayPlanner, type DayPlanOptions } from "./day-planner.js";
import { planReturns } from "./plan-returns.js";

/** The plan found for a day. */
export interface BestPlan {
  readonly seed: Seed;
  /** Desired values of all controls, in order, for every step. */
  readonly plan: readonly (readonly number[])[];
  /** What it earned when it was tried on that very day. Unit: USD. */
  readonly return: number;
}

/** How cautious plans are: factors on the known rates. */
const CAUTIONS = [1, 1.03, 1.06, 1.1, 1.15] as const;
/** The same where a database moves: what it lacks, it lacks for long. */
const CAUTIONS_OF_MOVES = [1, 1.1, 1.2, 1.35] as const;

/**
 * Plans days that are known beforehand: makes plans with several boot times and factors on the rates, tries all on the very same day, and keeps the best. Controls that
 * choose from lists are held at first, each at what suits the day; they are looked for one after the other. Last, databases are moved during the day, where that pays. All
 * days are tried in lockstep; each gives what it would give alone.
 *
 * @throws InvalidOptionError, InvalidSeedError
 */
export async function findBestPlans(model: PlanningModel, seeds: readonly Seed[]): Promise<BestPlan[]> {
  if (seeds.length === 0) throw new InvalidOptionError("seeds", "at least one seed", seeds);
  const planner = new DayPlanner(model);
  const days = seeds.map((seed) => new Day(seed, planner));
  const lead = planner.leads[Math.floor(planner.leads.length / 2)]!;
  const usual = { caution: CAUTIONS[2], leadSteps: lead };
  await tryAll(model, days, (day) => [{ ...usual, choices: day.choices, moves: null }]);
  for (const { index, min, max } of planner.choiceControls) {
    const others = Array.from({ length: max - min + 1 }, (_, k) => min + k).filter(
      (value) => value !== planner.initialChoices[index],
    );
    await tryAll(model, days, (day) =>
      others.map((value) => ({ ...usual, choices: day.choices.with(index, value), moves: null })),
    );
  }
  await tryAll(model, days, ({ choices }) =>
    planner.leads.flatMap((leadSteps) => CAUTIONS.map((caution) => ({ caution, leadSteps, choices, moves: null }))),
  );
  await tryAll(model, days, (day) =>
    planner.changes.flatMap((changeSteps) =>
      CAUTIONS_OF_MOVES.map((caution) => ({ ...day.options!, moves: { caution, changeSteps } })),
    ),
  );
  return days.map(({ seed, best }) => ({ seed, ...best! }));
}

/** What has been found for one day. */
class Day {
  choices: readonly number[];
  best: Omit<BestPlan, "seed"> | undefined;
  /** Of the best plan. */
  options: DayPlanOptions | undefined;

  constructor(
    readonly seed: Seed,
    readonly planner: DayPlanner,
  ) {
    this.choices = planner.initialChoices;
  }

  consider(options: DayPlanOptions, plan: BestPlan["plan"], sum: number): void {
    if (this.best !== undefined && sum <= this.best.return) return;
    this.best = { plan, return: sum };
    this.options = options;
    this.choices = options.choices;
  }
}

async function tryAll(
  model: PlanningModel,
  days: readonly Day[],
  optionsFor: (day: Day) => readonly DayPlanOptions[],
): Promise<void> {
  const tries = days.flatMap((day) =>
    optionsFor(day).map((options) => ({ day, options, seed: day.seed, plan: day.planner.plan(day.seed, options) })),
  );
  const returns = await planReturns(model, tries);
  for (const [k, { day, options, plan }] of tries.entries()) day.consider(options, plan, returns[k]!);
}
