/** Rule: what an expert would write, with the trend, a learnt schedule and announcements. @module */
import type { Demand, DemandRuleOptions } from "./demand-rule.js";
import { FeedForwardPolicy } from "./feed-forward.js";
import { LearnedSchedule, type ScheduleTable } from "./learned-schedule.js";
import { checkSeconds } from "./rule-options.js";

/** Options of {@link ExpertPolicy}. */
export interface ExpertPolicyOptions extends DemandRuleOptions {
  /** How far ahead the signal `announcedRate` tells. Unit: seconds. @defaultValue 180 */
  readonly announcedAheadSeconds?: number;
  /** Load by time of day. @defaultValue none: trend and announcements alone */
  readonly schedule?: ScheduleTable;
}

interface Announcement {
  readonly forSeconds: number;
  readonly rate: number;
}

/**
 * Foresees the rate at the entry from what is known: the larger of its trend and the rise that is usual at this time of day, plus what has been announced
 * for the next `leadSeconds` beyond what is announced for now.
 *
 * @example
 * new ExpertPolicy({ utilization: 0.75 }); // on the command line: expert:0.75
 */
export class ExpertPolicy extends FeedForwardPolicy {
  readonly #schedule: LearnedSchedule | null;
  readonly #announcedAheadSeconds: number;
  readonly #announcements = new Map<string, Announcement[]>();

  /** @throws InvalidOptionError when an option lies outside its range */
  constructor({ announcedAheadSeconds = 180, schedule, ...options }: ExpertPolicyOptions = {}) {
    super(options, "expert");
    checkSeconds("announcedAheadSeconds", announcedAheadSeconds);
    this.#schedule = schedule === undefined ? null : new LearnedSchedule(schedule);
    this.#announcedAheadSeconds = announcedAheadSeconds;
  }

  protected override forget(): void {
    super.forget();
    this.#announcements.clear();
  }

  protected override foreseeRate(demand: Demand): number {
    const { arrivalRate, timeSeconds } = demand;
    const usual = this.#schedule?.greatestRise(timeSeconds, this.leadSeconds) ?? 0;
    const rise = Math.max(this.trend(demand), usual);
    return arrivalRate + rise + this.#announcedRise(demand);
  }

  /** What is announced for the next `leadSeconds` at most, beyond what is announced for now. */
  #announcedRise({ control, announcedRate, timeSeconds }: Demand): number {
    const all = this.#announcements.get(control.name) ?? [];
    all.push({ forSeconds: timeSeconds + this.#announcedAheadSeconds, rate: announcedRate });
    const known = all.filter(({ forSeconds }) => forSeconds >= timeSeconds);
    this.#announcements.set(control.name, known);
    const now = known[0]!.forSeconds > timeSeconds + 1 ? 0 : known[0]!.rate;
    const most = known
      .filter(({ forSeconds }) => forSeconds <= timeSeconds + this.leadSeconds)
      .reduce((greatest, { rate }) => Math.max(greatest, rate), 0);
    return Math.max(0, most - now);
  }
}
