/** Sums and means of many values, in the bits of each Prometheus version. @module */
import type { PromqlProfile } from "./window.js";

/**
 * A running sum with Neumaier's compensation, or a plain one. `prom3` compensates sums and means everywhere, `prom2` only over time.
 * The fields are the state; `add` is called once a value.
 * @see https://en.wikipedia.org/wiki/Kahan_summation_algorithm#Further_enhancements
 */
export class CompensatedSum {
  sum = 0;
  compensation = 0;

  clear(): void {
    this.sum = 0;
    this.compensation = 0;
  }

  /** Adds a value. Once the sum is infinite, the compensation is dropped where `dropInfinite` is set. */
  add(value: number, dropInfinite: boolean): void {
    const total = this.sum + value;
    if (dropInfinite && (total === Number.POSITIVE_INFINITY || total === Number.NEGATIVE_INFINITY))
      this.compensation = 0;
    else if (Math.abs(this.sum) >= Math.abs(value)) this.compensation += this.sum - total + value;
    else this.compensation += value - total + this.sum;
    this.sum = total;
  }
}

/** Whether a version drops the compensation of infinite sums. */
export function dropsInfinite(profile: PromqlProfile): boolean {
  return profile === "prom3";
}
