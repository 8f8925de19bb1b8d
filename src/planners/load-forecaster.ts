/** The load some steps ahead, with its uncertainty, as days for training have taught it. @module */
import { EpisodePlanner } from "../envs/episode-plan.js";
import type { PlanningModel } from "../envs/planning-model.js";
import { KNOT_SECONDS, type RateSeries } from "../loadgen/workload.js";
import { createRng } from "../rng.js";
import { announcedRate } from "../simulator/announced-rate.js";

const DAY_SECONDS = 86_400;
/** Days of the split `train` that are looked at. */
const DAYS = 14;

/** What is known of the load now. Unit: requests per second. */
export interface LoadReading {
  /** Unit: seconds since 1970-01-01 UTC. */
  readonly timeSeconds: number;
  /** Of the last step. */
  readonly rate: number;
  /** Extra rate that is announced for now. */
  readonly announcedNow: number;
  /** Extra rate that is announced for some seconds ahead, as far as it is known. */
  announcedAt(secondsAhead: number): number;
}

/**
 * Forecasts the rate of each of the next steps: that of the last one, the rise that is usual at this time of day, and the rise that has been announced. How far such forecasts
 * were off on days for training gives the scenarios, all equally likely. It looks at no day to come.
 */
export class LoadForecaster {
  readonly horizon: number;
  readonly scenarios: number;
  readonly #stepSeconds: number;
  /** Median rate at each time of the day. */
  readonly #usual: Float64Array;
  /** By step ahead, then scenario: how far off, as a share of the last rate. */
  readonly #errors: Float64Array;

  /**
   * @param horizon - Steps ahead.
   * @param scenarios - How many.
   * @param announcedSeconds - How far ahead announcements will be known.
   */
  constructor({ definition, ...days }: PlanningModel, horizon: number, scenarios: number, announcedSeconds: number) {
    const { stepSeconds } = definition;
    this.horizon = horizon;
    this.scenarios = scenarios;
    this.#stepSeconds = stepSeconds;
    const planner = new EpisodePlanner(definition, { ...days, split: "train", episode: "day" });
    const known = Array.from({ length: DAYS }, (_, day) => {
      const { series, steps } = planner.next(createRng(day), BigInt(day));
      return { series, rates: stepRates(series, steps, stepSeconds) };
    });
    this.#usual = this.#learnUsual(known);
    this.#errors = this.#learnErrors(known, announcedSeconds);
  }

  /**
   * Fills in the rate of each step ahead in each scenario.
   * @param into - Shape [scenarios, horizon]. Unit: requests per second.
   */
  forecast(reading: LoadReading, into: Float64Array): void {
    for (let ahead = 0; ahead < this.horizon; ahead++) {
      const middle = this.#middle(reading, ahead);
      for (let k = 0; k < this.scenarios; k++) {
        const off = this.#errors[ahead * this.scenarios + k]! * reading.rate;
        into[k * this.horizon + ahead] = Math.max(0, middle + off);
      }
    }
  }

  /** What is usual at a time of day. Unit: requests per second. */
  usualAt(timeSeconds: number): number {
    return this.#usual[this.#periodOf(timeSeconds)]!;
  }

  #middle({ timeSeconds, rate, announcedNow, announcedAt }: LoadReading, ahead: number): number {
    const { usualAt } = { usualAt: (at: number) => this.usualAt(at) };
    const seconds = (ahead + 0.5) * this.#stepSeconds;
    const rise = usualAt(timeSeconds + seconds) - usualAt(timeSeconds - this.#stepSeconds / 2);
    return Math.max(0, rate + rise + announcedAt(seconds) - announcedNow);
  }

  #periodOf(timeSeconds: number): number {
    return Math.floor((timeSeconds % DAY_SECONDS) / this.#stepSeconds) % this.#usual.length;
  }

  #learnUsual(days: readonly KnownDay[]): Float64Array {
    const periods = Math.ceil(DAY_SECONDS / this.#stepSeconds);
    const seen: number[][] = Array.from({ length: periods }, () => []);
    for (const { series, rates } of days) {
      rates.forEach((rate, step) => {
        const at = series.startSeconds + step * this.#stepSeconds;
        seen[Math.floor((at % DAY_SECONDS) / this.#stepSeconds) % periods]!.push(rate);
      });
    }
    return Float64Array.from(seen, medianOf);
  }

  #learnErrors(days: readonly KnownDay[], announcedSeconds: number): Float64Array {
    const errors = new Float64Array(this.horizon * this.scenarios);
    for (let ahead = 0; ahead < this.horizon; ahead++) {
      const off: number[] = [];
      for (const { series, rates } of days) {
        for (let step = 1; step + ahead < rates.length; step++) {
          const elapsed = step * this.#stepSeconds;
          const reading: LoadReading = {
            timeSeconds: series.startSeconds + elapsed,
            rate: rates[step - 1]!,
            announcedNow: announcedRate(series, elapsed - this.#stepSeconds / 2),
            announcedAt: (seconds) => announcedRate(series, elapsed + Math.min(seconds, announcedSeconds)),
          };
          if (reading.rate > 0) off.push((rates[step + ahead]! - this.#middle(reading, ahead)) / reading.rate);
        }
      }
      off.sort((a, b) => a - b);
      for (let k = 0; k < this.scenarios; k++) errors[ahead * this.scenarios + k] = meanOfPart(off, k, this.scenarios);
    }
    return errors;
  }
}

interface KnownDay {
  readonly series: RateSeries;
  readonly rates: Float64Array;
}

/** Mean rate of each step. */
function stepRates({ rates }: RateSeries, steps: number, stepSeconds: number): Float64Array {
  const perStep = Math.max(1, Math.round(stepSeconds / KNOT_SECONDS));
  return Float64Array.from({ length: steps }, (_, step) => {
    const first = Math.floor((step * stepSeconds) / KNOT_SECONDS);
    let sum = 0;
    for (let k = 0; k < perStep; k++)
      sum += (rates[first + k]! + rates[Math.min(rates.length - 1, first + k + 1)]!) / 2;
    return sum / perStep;
  });
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted.length === 0 ? 0 : sorted[Math.floor(sorted.length / 2)]!;
}

/** Mean of one of equal parts of a sorted list. */
function meanOfPart(sorted: readonly number[], part: number, parts: number): number {
  const first = Math.floor((part * sorted.length) / parts);
  const end = Math.max(first + 1, Math.floor(((part + 1) * sorted.length) / parts));
  const values = sorted.slice(first, end);
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
