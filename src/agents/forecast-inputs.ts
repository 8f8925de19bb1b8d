/** What a forecast of the load is made from, the same when it is learnt and when it is used. @module */
import { LearnedSchedule, type ScheduleTable } from "./learned-schedule.js";

/** What is known of the load at a step. */
export interface LoadReading {
  /** In the unit of the signal `arrivalRate`. */
  readonly arrivalRate: number;
  /** What is announced for `announcedAheadSeconds` later, beyond the usual; 0 where nothing is. */
  readonly announcedRate: number;
  /** Model time: seconds since 1970-01-01 UTC. */
  readonly timeSeconds: number;
}

/** How many numbers a forecast is made from. */
export const FORECAST_INPUTS = 8;

/** Remembered readings reach as far back as this. Unit: seconds. */
const MEMORY_SECONDS = 600;

/**
 * Turns readings into the inputs of a forecast `leadSeconds` ahead: 1, the load, its change over the last minute and over the four before, the usual rise and the same in
 * proportion to today's load, what will be announced by then beyond what is there now, and how far days differ.
 */
export class ForecastInputs {
  readonly #leadSeconds: number;
  readonly #aheadSeconds: number;
  readonly #schedule: LearnedSchedule | null;
  readonly #inputs = new Float64Array(FORECAST_INPUTS);
  #readings: LoadReading[] = [];

  constructor(leadSeconds: number, announcedAheadSeconds: number, schedule: ScheduleTable | undefined) {
    this.#leadSeconds = leadSeconds;
    this.#aheadSeconds = announcedAheadSeconds;
    this.#schedule = schedule === undefined ? null : new LearnedSchedule(schedule);
  }

  /** Takes in a reading. @returns The inputs; overwritten by the next call. */
  next(reading: LoadReading): Float64Array {
    const { arrivalRate, timeSeconds } = reading;
    this.#readings.push(reading);
    while (this.#readings[0]!.timeSeconds < timeSeconds - MEMORY_SECONDS) this.#readings.shift();
    const before = this.#rateAt(timeSeconds - 60);
    const usual = this.#schedule?.usualAt(timeSeconds) ?? 0;
    const rise = Math.max(0, this.#schedule?.greatestRise(timeSeconds, this.#leadSeconds) ?? 0);
    this.#inputs[0] = 1;
    this.#inputs[1] = arrivalRate;
    this.#inputs[2] = arrivalRate - before;
    this.#inputs[3] = before - this.#rateAt(timeSeconds - 300);
    this.#inputs[4] = rise;
    this.#inputs[5] = usual > 0 ? Math.min(arrivalRate / usual, 3) * rise : 0;
    this.#inputs[6] = this.#announcedRise(timeSeconds);
    this.#inputs[7] = this.#schedule?.deviationAt(timeSeconds + this.#leadSeconds) ?? 0;
    return this.#inputs;
  }

  /** The load at the last reading no later than a time; the first one before that. */
  #rateAt(timeSeconds: number): number {
    let rate = this.#readings[0]!.arrivalRate;
    for (const reading of this.#readings) {
      if (reading.timeSeconds > timeSeconds) break;
      rate = reading.arrivalRate;
    }
    return rate;
  }

  /** What was announced for times up to `leadSeconds` ahead, beyond what was announced for now. */
  #announcedRise(timeSeconds: number): number {
    let [now, most] = [0, 0];
    for (const { announcedRate, timeSeconds: saidAt } of this.#readings) {
      const ahead = saidAt + this.#aheadSeconds - timeSeconds;
      if (ahead <= 0) now = announcedRate;
      else if (ahead <= this.#leadSeconds) most = Math.max(most, announcedRate);
    }
    return Math.max(0, most - now);
  }
}
