/** The best options of a rule, by search on days for training. @module */
import type { CalibratedRule } from "../agents/calibrated-rule.js";
import { createRule, type LearntParts } from "../agents/create-policy.js";
import { InvalidOptionError } from "../errors.js";
import { createRng, type Seed } from "../rng.js";
import { learnForecast } from "./learn-forecast.js";
import { scheduleOf } from "./learn-schedule.js";
import { policySpecOf } from "./policy-spec-of.js";
import type { JudgedEnv } from "./run-episode.js";
import { runMany } from "./run-many.js";
import { drawOptions, neighboursOf, searchSpaceIn, searchSpaceOf } from "./search-space.js";
import { watchDays } from "./watch-days.js";

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
  /** Options that are given, and not searched, such as `{ everySeconds: 15 }`. @defaultValue {} */
  readonly fixed?: Readonly<Record<string, number>>;
  /** Seed of the draws. @defaultValue 0 */
  readonly seed?: Seed;
  /** Stops an episode earlier. @defaultValue Infinity */
  readonly maxSteps?: number;
  /** Stops between two steps when it is aborted: rejects with its reason. */
  readonly signal?: AbortSignal;
  /** Told after every batch of options that was judged. */
  readonly onProgress?: (progress: CalibrationProgress) => void;
}

/** Rules that learn something of the day first. */
const LEARNING: readonly string[] = ["expert", "predictive", "forecast"];
/** How many days a schedule or a forecast is learnt from, at least. */
const LEARNING_DAYS = 14;

/**
 * Searches a rule's options: draws sets of them, judges all on a third of the days and the better third of them on every day, then moves the best
 * one step by step as long as that helps. All are judged on the same days with the same arrivals, in lockstep where the environment is simulated. Where several
 * controls count replicas, each has a utilization of its own; controls that choose from lists are held, each at the value found best. Rules that use a schedule
 * or a forecast learn it first, on days of the same split. The same options give the same rule.
 *
 * @throws InvalidOptionError, MissingSignalError, PolicyMismatchError
 */
export async function calibrate(options: CalibrateOptions): Promise<CalibratedRule> {
  const { rule, envs, workloads, days = 6, draws = 48, seed = 0, fixed = {} } = options;
  searchSpaceOf(rule);
  checkCount("days", days);
  checkCount("draws", draws);
  if (envs.length === 0) throw new InvalidOptionError("envs", "at least one environment", envs);
  const { id, controls } = policySpecOf(envs[0]!);
  const space = searchSpaceIn(rule, controls, fixed);
  const learnt = await learn(rule, envs, days);
  const judge = new Judge(options, learnt);
  const rng = createRng(seed);
  const some = Math.max(1, Math.floor(days / 3));
  const drawn = Array.from({ length: draws }, () => drawOptions(space, rng));
  const first = await judge.score(drawn, some);
  const better = first.sort(byReturn).slice(0, Math.ceil(draws / 3));
  let best = bestOf(
    await judge.score(
      better.map(({ values }) => values),
      days,
    ),
  );
  for (;;) {
    const next = bestOf(await judge.score(neighboursOf(space, best.values), days));
    if (!(next?.return > best.return)) break;
    best = next;
  }
  return {
    rule,
    options: { ...best.values, ...fixed },
    ...learnt,
    calibration: {
      env: id,
      workloads,
      seeds: Array.from({ length: days }, (_, day) => day),
      candidates: judge.tried,
      return: best.return,
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
  readonly #learnt: LearntParts;
  readonly #known = new Map<string, number>();
  readonly #sets = new Set<string>();
  #best = -Infinity;

  constructor(options: CalibrateOptions, learnt: LearntParts) {
    this.#options = options;
    this.#learnt = learnt;
  }

  /** How many different sets were judged. */
  get tried(): number {
    return this.#sets.size;
  }

  /** The mean return of each set over the first `days` days of all environments. */
  async score(sets: readonly Scored["values"][], days: number): Promise<Scored[]> {
    const keyOf = (values: Scored["values"]): string => `${days} ${JSON.stringify(values)}`;
    const unknown = [...new Map(sets.map((values) => [keyOf(values), values])).values()].filter(
      (values) => !this.#known.has(keyOf(values)),
    );
    const returns = await this.#meanReturns(unknown, days);
    for (const [k, values] of unknown.entries()) {
      this.#known.set(keyOf(values), returns[k]!);
      this.#sets.add(JSON.stringify(values));
      if (days === (this.#options.days ?? 6)) this.#best = Math.max(this.#best, returns[k]!);
    }
    this.#options.onProgress?.({ tried: this.tried, best: this.#best });
    return sets.map((values) => ({ values, return: this.#known.get(keyOf(values))! }));
  }

  async #meanReturns(sets: readonly Scored["values"][], days: number): Promise<number[]> {
    const { rule, envs, fixed = {}, maxSteps = Infinity, signal } = this.#options;
    const sums = sets.map(() => 0);
    for (const env of envs) {
      const episodes = sets.flatMap((values) =>
        Array.from({ length: days }, (_, seed) => ({
          policy: createRule(rule, rule, { ...values, ...fixed }, this.#learnt),
          seed,
        })),
      );
      const options = { maxSteps, ...(signal === undefined ? {} : { signal }) };
      for (const [k, measures] of (await runMany(env, episodes, options)).entries()) {
        sums[Math.floor(k / days)]! += measures.return;
      }
    }
    return sums.map((sum) => sum / (envs.length * days));
  }
}

/** The schedule is that of the first environment; a forecast is learnt from the days of all. */
async function learn(rule: string, envs: readonly JudgedEnv[], days: number): Promise<LearntParts> {
  if (!LEARNING.includes(rule)) return {};
  const seeds = Array.from({ length: Math.max(days, LEARNING_DAYS) }, (_, day) => day);
  const watched = [];
  for (const env of rule === "forecast" ? envs : envs.slice(0, 1)) {
    const readings = await watchDays(env, seeds);
    if (readings === null) return {};
    watched.push(readings);
  }
  const schedule = scheduleOf(watched[0]!, policySpecOf(envs[0]!).stepSeconds) ?? undefined;
  return {
    ...(schedule === undefined ? {} : { schedule }),
    ...(rule === "forecast" ? { forecast: learnForecast(watched.flat(), schedule) } : {}),
  };
}

/** The dearest last. */
function byReturn(a: Scored, b: Scored): number {
  return b.return - a.return;
}

/** The first of the best; of none, none. */
function bestOf(scored: readonly [Scored, ...Scored[]] | readonly Scored[]): Scored {
  return scored.reduce((best, next) => (next.return > best.return ? next : best), scored[0]!);
}

function checkCount(option: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 1)
    throw new InvalidOptionError(option, "an integer of at least 1", value);
}
