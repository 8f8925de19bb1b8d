/** When requests are due: arrivals with a rate that changes, as a Poisson process or evenly spaced. @module */
import { log } from "../../elementary.js";
import { InvalidOptionError } from "../../errors.js";
import { streamKey, uniform53At } from "../../simulator/stream.js";

/** How arrivals follow their rate: as a Poisson process, or as evenly as it allows. */
export type Spacing = "poisson" | "even";

/** A rate over time: linear between its knots, constant before the first and after the last. */
export interface RateProfile {
  /** Ascending. Unit: seconds from the start of the load. */
  readonly atSeconds: readonly number[];
  /** One per knot, from 0. Unit: requests per second. */
  readonly rates: readonly number[];
}

/** What {@link Arrivals} are made with. */
export interface ArrivalsOptions {
  readonly profile: RateProfile;
  /** The same seed and profile give the same times. */
  readonly seed: bigint;
  readonly spacing: Spacing;
}

/**
 * Arrival after arrival: each is due when the integral of the rate has grown by one exponential draw since the one before (by 1 when even).
 * A change of the rate therefore shows at once, and in the middle of a gap as well.
 *
 * @see Çınlar, "Introduction to Stochastic Processes" (1975), ch. 4, for the change of time scale.
 */
export class Arrivals {
  readonly #key: readonly [number, number];
  readonly #spacing: Spacing;
  #profile: RateProfile;
  /** Until when the integral is used up. */
  #at = 0;
  /** What is left of it until the next arrival. */
  #left: number;
  #drawn = 0;
  #next: number;

  /** @throws InvalidOptionError when the profile is none */
  constructor({ profile, seed, spacing }: ArrivalsOptions) {
    checkProfile(profile);
    this.#profile = profile;
    this.#key = streamKey(seed, "arrivals");
    this.#spacing = spacing;
    this.#left = this.#draw();
    this.#next = timeAfter(profile, 0, this.#left);
  }

  /** When the next request is due; Infinity when none is. Unit: seconds from the start. */
  get next(): number {
    return this.#next;
  }

  /** The rate at a time. Unit: requests per second. */
  rateAt(seconds: number): number {
    return rateAt(this.#profile, seconds);
  }

  /** Goes on to the arrival after {@link next}. */
  advance(): void {
    this.#at = this.#next;
    this.#left = this.#draw();
    this.#next = timeAfter(this.#profile, this.#at, this.#left);
  }

  /** From a time on, another rate. @param seconds - Not before the last arrival that was taken. */
  setRate(seconds: number, rate: number): void {
    const profile = { atSeconds: [seconds], rates: [rate] };
    checkProfile(profile);
    this.#left = Math.max(0, this.#left - integral(this.#profile, this.#at, seconds));
    this.#at = Math.max(this.#at, seconds);
    this.#profile = profile;
    this.#next = timeAfter(profile, this.#at, this.#left);
  }

  #draw(): number {
    return this.#spacing === "even" ? 1 : -log(uniform53At(this.#key[0], this.#key[1], this.#drawn++));
  }
}

/** Refuses what is no profile. @throws InvalidOptionError */
export function checkProfile({ atSeconds, rates }: RateProfile): void {
  if (rates.length === 0 || rates.length !== atSeconds.length) {
    throw new InvalidOptionError("profile.rates", `one rate for each of ${atSeconds.length} knots`, rates.length);
  }
  const wrong = rates.find((rate) => !(rate >= 0 && rate < Infinity));
  if (wrong !== undefined) {
    throw new InvalidOptionError("profile.rates", "finite numbers from 0 (requests per second)", wrong);
  }
  const back = atSeconds.find((at, i) => !(at > (atSeconds[i - 1] ?? -Infinity) && at < Infinity));
  if (back !== undefined) throw new InvalidOptionError("profile.atSeconds", "finite and ascending (seconds)", back);
}

function rateAt({ atSeconds, rates }: RateProfile, seconds: number): number {
  const after = atSeconds.findIndex((at) => at > seconds);
  if (after === 0) return rates[0]!;
  if (after < 0) return rates.at(-1)!;
  const [from, to] = [atSeconds[after - 1]!, atSeconds[after]!];
  const share = (seconds - from) / (to - from);
  return rates[after - 1]! + share * (rates[after]! - rates[after - 1]!);
}

/** The integral of the rate from one time to a later one. */
function integral(profile: RateProfile, from: number, to: number): number {
  const knots = [from, ...profile.atSeconds.filter((at) => at > from && at < to), to];
  let sum = 0;
  for (let i = 1; i < knots.length; i++) {
    const [a, b] = [knots[i - 1]!, knots[i]!];
    if (b > a) sum += ((rateAt(profile, a) + rateAt(profile, b)) / 2) * (b - a);
  }
  return sum;
}

/** When the integral of the rate since a time reaches an amount; Infinity when it never does. */
function timeAfter(profile: RateProfile, from: number, amount: number): number {
  let at = from;
  let left = amount;
  for (const knot of profile.atSeconds) {
    if (knot <= at) continue;
    const [r0, r1] = [rateAt(profile, at), rateAt(profile, knot)];
    const whole = ((r0 + r1) / 2) * (knot - at);
    if (whole >= left && whole > 0) {
      // The root of r0 x + slope x² / 2 = left, in the form that also holds for a slope of 0.
      const slope = (r1 - r0) / (knot - at);
      return at + (2 * left) / (r0 + Math.sqrt(Math.max(0, r0 * r0 + 2 * slope * left)));
    }
    left -= whole;
    at = knot;
  }
  const last = profile.rates.at(-1)!;
  return last > 0 ? at + left / last : Infinity;
}
