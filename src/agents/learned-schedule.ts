/** What a service's load does at each time of the day, learnt from days for training. @module */
import { InvalidOptionError } from "../errors.js";

const DAY_SECONDS = 86_400;

/** Load by time of day, as plain data. */
export interface ScheduleTable {
  /** Length of one entry. Unit: seconds; divides a day. */
  readonly periodSeconds: number;
  /** Median of the signal `arrivalRate` in each period of the day, in the signal's unit. */
  readonly usual: readonly number[];
  /** Standard deviation of the same over the days. */
  readonly deviation: readonly number[];
}

/** Answers what is usual at a time of day. */
export class LearnedSchedule {
  readonly #table: ScheduleTable;

  /** @throws {@link InvalidOptionError} when the table does not cover a day or holds what is no load. */
  constructor(table: ScheduleTable) {
    const { periodSeconds, usual, deviation } = table;
    const periods = DAY_SECONDS / periodSeconds;
    if (!Number.isInteger(periods) || periods < 1) {
      throw new InvalidOptionError("schedule.periodSeconds", "seconds that divide a day", periodSeconds);
    }
    for (const [name, values] of Object.entries({ usual, deviation })) {
      if (Array.isArray(values) && values.length === periods && values.every(isLoad)) continue;
      throw new InvalidOptionError(`schedule.${name}`, `${periods} finite numbers of at least 0`, values);
    }
    this.#table = table;
  }

  /** The usual load. @param timeSeconds - Model time: seconds since 1970-01-01 UTC. */
  usualAt(timeSeconds: number): number {
    return this.#table.usual[this.#periodOf(timeSeconds)]!;
  }

  /** How far days differ from it. @param timeSeconds - Model time: seconds since 1970-01-01 UTC. */
  deviationAt(timeSeconds: number): number {
    return this.#table.deviation[this.#periodOf(timeSeconds)]!;
  }

  /** The greatest rise from now to any time up to `leadSeconds` ahead; negative where the load falls all that time. */
  greatestRise(timeSeconds: number, leadSeconds: number): number {
    const { periodSeconds } = this.#table;
    const now = this.usualAt(timeSeconds);
    let most = this.usualAt(timeSeconds + Math.min(periodSeconds, leadSeconds)) - now;
    for (let ahead = 2 * periodSeconds; ahead <= leadSeconds; ahead += periodSeconds) {
      most = Math.max(most, this.usualAt(timeSeconds + ahead) - now);
    }
    return most;
  }

  #periodOf(timeSeconds: number): number {
    return Math.floor((timeSeconds % DAY_SECONDS) / this.#table.periodSeconds);
  }
}

function isLoad(value: unknown): boolean {
  return typeof value === "number" && Number.isFinite(value) && value >= 0;
}
