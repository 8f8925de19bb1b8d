/** The load as a planner reads it off an environment: what came, and what is announced. @module */
import type { PolicySpec } from "../agents/policy.js";
import type { InfraInfo } from "../envs/info.js";
import type { LoadReading } from "./load-forecaster.js";

/** How far ahead the signal `announcedRate` tells. Unit: seconds. */
const AHEAD_SECONDS = 180;

/** Puts the loads and announcements of an episode together. Signals are in a unit of their environment's; requests per second are told by what came. */
export class LoadSense {
  /** How far ahead announcements are known; 0 where there are none. Unit: seconds. */
  readonly aheadSeconds: number;
  readonly #control: string;
  readonly #stepSeconds: number;
  /** What was announced, rising in time. Unit: the signal's. */
  #announced: { readonly forSeconds: number; readonly rate: number }[] = [];
  /** Requests that came, and the signal `arrivalRate` of the same steps summed: their quotient is the unit. */
  #requests = 0;
  #signals = 0;

  constructor({ controls, stepSeconds }: PolicySpec) {
    const telling = controls.find(
      ({ signals }) => signals.includes("announcedRate") && signals.includes("arrivalRate"),
    );
    this.aheadSeconds = telling === undefined ? 0 : AHEAD_SECONDS;
    this.#control = telling?.name ?? "";
    this.#stepSeconds = stepSeconds;
  }

  reset(): void {
    this.#announced = [];
    this.#requests = 0;
    this.#signals = 0;
  }

  /** @param usual - What stands for the load before the first step. */
  read({ slo, signals, timeSeconds }: InfraInfo, usual: () => number): LoadReading {
    const rate = slo.arrivals / this.#stepSeconds;
    const { arrivalRate, announcedRate } = signals[this.#control] ?? {};
    if (slo.arrivals > 0 && arrivalRate !== undefined && Number.isFinite(arrivalRate)) {
      this.#requests += rate;
      this.#signals += arrivalRate;
    }
    if (announcedRate !== undefined && Number.isFinite(announcedRate)) {
      this.#announced.push({ forSeconds: timeSeconds + this.aheadSeconds, rate: announcedRate });
    }
    const unit = this.#signals > 0 ? this.#requests / this.#signals : 0;
    const at = (seconds: number): number => unit * this.#announcedAt(timeSeconds + seconds);
    return {
      timeSeconds,
      rate: this.#requests === 0 && slo.arrivals === 0 ? usual() : rate,
      announcedNow: at(-this.#stepSeconds / 2),
      announcedAt: at,
    };
  }

  /** Between two announcements on their line; the last one holds for what comes after. */
  #announcedAt(seconds: number): number {
    const all = this.#announced;
    const next = all.findIndex(({ forSeconds }) => forSeconds >= seconds);
    if (next < 0) return all.at(-1)?.rate ?? 0;
    const after = all[next]!;
    const before = all[next - 1];
    if (before === undefined) return after.forSeconds - seconds > this.#stepSeconds ? 0 : after.rate;
    const share = (seconds - before.forSeconds) / (after.forSeconds - before.forSeconds);
    return before.rate + (after.rate - before.rate) * share;
  }
}
