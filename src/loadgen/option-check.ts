/** Checks of generator options. @module */
import { InvalidOptionError } from "../errors.js";

/**
 * Refuses a number outside a closed interval.
 *
 * @param meaning - What the number is, such as `a share of the reference rate`.
 * @throws InvalidOptionError
 */
export function checkRange(option: string, value: number, low: number, high: number, meaning: string): void {
  if (typeof value !== "number" || !(value >= low && value <= high)) {
    throw new InvalidOptionError(option, `${meaning} from ${low} to ${high}`, value);
  }
}

/** Checks an option called `noise`. */
export function checkNoise(noise: number): void {
  checkRange("noise", noise, 0, 0.5, "a relative standard deviation");
}

/**
 * Refuses what is not a whole number of a closed interval.
 *
 * @throws InvalidOptionError
 */
export function checkCount(option: string, value: number, low: number, high: number): void {
  if (!Number.isInteger(value) || value < low || value > high) {
    throw new InvalidOptionError(option, `an integer from ${low} to ${high}`, value);
  }
}

/** Checks options called `low` and `high`. */
export function checkOrder(low: number, high: number): void {
  checkRange("low", low, 0, 1, "a share of the reference rate");
  checkRange("high", high, low, 1, "a share of the reference rate");
}
