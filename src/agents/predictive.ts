/** Rule: a seasonal forecast with a safety margin. @module */
import { InvalidOptionError } from "../errors.js";
import type { Demand, DemandRuleOptions } from "./demand-rule.js";
import { FeedForwardPolicy } from "./feed-forward.js";
import { LearnedSchedule, type ScheduleTable } from "./learned-schedule.js";

/** Options of {@link PredictivePolicy}. */
export interface PredictivePolicyOptions extends DemandRuleOptions {
  /** How many standard deviations of the day-to-day differences are kept in reserve, from 0 to 5. @defaultValue 0.5 */
  readonly margin?: number;
  /** Load by time of day. @defaultValue none: the load stays what it is */
  readonly schedule?: ScheduleTable;
}

/** Share of the new measurement in the running level of the day. */
const SMOOTHING = 0.1;

/**
 * Foresees the rate by Holt and Winters' multiplicative seasons without a trend: the usual load at each time up to `leadSeconds` ahead × how today compares
 * with other days; and never less than what is there now. The margin is added to it.
 *
 * @see P. R. Winters, "Forecasting Sales by Exponentially Weighted Moving Averages", Management Science 6 (1960)
 * @example
 * new PredictivePolicy({ margin: 1, schedule }); // on the command line: the file that `infra-gym calibrate predictive` has written
 */
export class PredictivePolicy extends FeedForwardPolicy {
  readonly #schedule: LearnedSchedule | null;
  readonly #margin: number;
  readonly #levels = new Map<string, number>();

  /** @throws InvalidOptionError when an option lies outside its range */
  constructor({ margin = 0.5, schedule, ...options }: PredictivePolicyOptions = {}) {
    super(options, "predictive");
    if (!(margin >= 0 && margin <= 5)) {
      throw new InvalidOptionError("margin", "a number of standard deviations from 0 to 5", margin);
    }
    this.#margin = margin;
    this.#schedule = schedule === undefined ? null : new LearnedSchedule(schedule);
  }

  protected override forget(): void {
    super.forget();
    this.#levels.clear();
  }

  protected override foreseeRate({ control, arrivalRate, timeSeconds }: Demand): number {
    const schedule = this.#schedule;
    if (schedule === null) return arrivalRate;
    const usual = schedule.usualAt(timeSeconds);
    const before = this.#levels.get(control.name) ?? 1;
    const level = usual > 0 ? before + SMOOTHING * (arrivalRate / usual - before) : before;
    this.#levels.set(control.name, level);
    const most = usual + Math.max(0, schedule.greatestRise(timeSeconds, this.leadSeconds));
    const reserve = this.#margin * schedule.deviationAt(timeSeconds + this.leadSeconds);
    return Math.max(arrivalRate, level * most) + reserve;
  }
}
