/** The best options of a rule, by search on days for training. @module */
import type { CalibratedRule } from "../agents/calibrated-rule.js";
import { createRule } from "../agents/create-policy.js";
import type { ScheduleTable } from "../agents/learned-schedule.js";
import { InvalidOptionError } from "../errors.js";
import { createRng, type Seed } from "../rng.js";
import { learnSchedule } from "./learn-schedule.js";
import { policySpecOf } from "./policy-spec-of.js";
import { type JudgedEnv, runEpisode } from "./run-episode.js";
import { drawOptions, neighboursOf, searchSpaceOf } from "./search-space.js";

/** How far a calibration is. */
export interface CalibrationProgress {
  /** Sets of options tried. */
  readonly tried: number;
  /** Mean return of the best so far, on all days. Unit: USD. */
  readonly best: number;
}

/** Options of {@link calibrate}. */
export interface CalibrateOptions {
  /** The rule's name: one of {@link calibratableRules}. */
  readonly rule: string;
  /** One for each workload, made with `split: "train"`. At least one. */
  readonly envs: readonly JudgedEnv[];
  /** What the workloads are called, for the record. */
  readonly workloads: readonly string[];
  /** How many days of each workload the options are judged on: seeds 0, 1, … @defaultValue 6 */
  readonly days?: number;
  /** How many sets of options are drawn before the best is refined. @defaultValue 48 */
  readonly draws?: number;
  /** Seed of the draws. @defaultValue 0 */
  readonly seed?: Seed;
  /** Stops an episode earlier. @defaultValue Infinity */
  readonly maxSteps?: number;
  /** Told after every set of options that was judged. */
  readonly onProgress?: (progress: CalibrationProgress) => void;
}

/** How many days a schedule is learnt from, at least. */
const SCHEDULE_DAYS = 14;
/** Rules that use a schedule. */
const SCHEDULED: readonly string[] = ["expert", "predictive"];

/**
 * Searches a rule's options: draws sets of them, judges all on a third of the days and the better third of them on every day, then moves the best
 * one step by step as long as that helps. All are judged on the same days with the same arrivals. Rules that use a schedule learn it first, on days
 * of the same split. The same options give the same rule.
 *
 * @throws InvalidOptionError, MissingSignalError, PolicyMismatchError
 */
export async function calibrate(options: CalibrateOptions): Promise<CalibratedRule> {
  const { rule, envs, workloads, days = 6, draws = 48, seed = 0 } = options;
  const space = searchSpaceOf(rule);
  checkCount("days", days);
  checkCount("draws", draws);
  if (envs.length === 0) throw new InvalidOptionError("envs", "at least one environment", envs);
  const schedule = SCHEDULED.includes(rule) ? await scheduleOf(envs[0]!, days) : undefined;
  const judge = new Judge(options, schedule);
  const rng = createRng(seed);
  const first: Scored[] = [];
  const some = Math.max(1, Math.floor(days / 3));
  for (let draw = 0; draw < draws; draw++) first.push(await judge.score(drawOptions(space, rng), some));
  let best: Scored | undefined;
  for (const { values } of first.sort(byReturn).slice(0, Math.ceil(draws / 3))) {
    best = better(best, await judge.score(values, days));
  }
  for (let improved = true; improved; ) {
    improved = false;
    for (const values of neighboursOf(space, best!.values)) {
      const next = better(best, await judge.score(values, days));
      if (next !== best) improved = true;
      best = next;
    }
  }
  return {
    rule,
    options: best!.values,
    ...(schedule === undefined ? {} : { schedule }),
    calibration: {
      env: policySpecOf(envs[0]!).id,
      workloads,
      seeds: Array.from({ length: days }, (_, day) => day),
      candidates: judge.tried,
      return: best!.return,
    },
  };
}

interface Scored {
  readonly values: Readonly<Record<string, number>>;
  readonly return: number;
}

/** Judges options, each set once. */
class Judge {
  readonly #options: CalibrateOptions;
  readonly #schedule: ScheduleTable | undefined;
  readonly #known = new Map<string, number>();
  readonly #sets = new Set<string>();
  #best = -Infinity;

  constructor(options: CalibrateOptions, schedule: ScheduleTable | undefined) {
    this.#options = options;
    this.#schedule = schedule;
  }

  /** How many different sets were judged. */
  get tried(): number {
    return this.#sets.size;
  }

  async score(values: Readonly<Record<string, number>>, days: number): Promise<Scored> {
    const set = JSON.stringify(values);
    const key = `${days} ${set}`;
    const mean = this.#known.get(key) ?? (await this.#meanReturn(values, days));
    this.#known.set(key, mean);
    this.#sets.add(set);
    if (days === (this.#options.days ?? 6)) this.#best = Math.max(this.#best, mean);
    this.#options.onProgress?.({ tried: this.tried, best: this.#best });
    return { values, return: mean };
  }

  async #meanReturn(values: Readonly<Record<string, number>>, days: number): Promise<number> {
    const { rule, envs, maxSteps = Infinity } = this.#options;
    let sum = 0;
    for (const env of envs) {
      const policy = createRule(rule, rule, values, this.#schedule);
      policy.bind(policySpecOf(env));
      for (let seed = 0; seed < days; seed++) sum += (await runEpisode(env, policy, { seed, maxSteps })).return;
    }
    return sum / (envs.length * days);
  }
}

async function scheduleOf(env: JudgedEnv, days: number): Promise<ScheduleTable | undefined> {
  const seeds = Array.from({ length: Math.max(days, SCHEDULE_DAYS) }, (_, day) => day);
  return (await learnSchedule(env, seeds)) ?? undefined;
}

/** The dearest last. */
function byReturn(a: Scored, b: Scored): number {
  return b.return - a.return;
}

function better(best: Scored | undefined, next: Scored): Scored {
  return best === undefined || next.return > best.return ? next : best;
}

function checkCount(option: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 1)
    throw new InvalidOptionError(option, "an integer of at least 1", value);
}
