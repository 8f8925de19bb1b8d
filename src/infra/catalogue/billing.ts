/**
 * How DigitalOcean bills: by the second since January 2026.
 *
 * @see https://docs.digitalocean.com/products/droplets/details/pricing/ (read November 2026)
 * @module
 */

/** Hours after which a month's price is reached: 28 days. The hourly price is the monthly one divided by it. */
export const BILLED_HOURS_PER_MONTH = 672;
/** The longest time a month is billed for. Unit: seconds. */
export const BILLED_SECONDS_PER_MONTH: number = 672 * 3600;
/** The shortest time an instance is billed for. Unit: seconds. */
export const MINIMUM_BILLED_SECONDS = 60;
/** The least an instance costs, whatever its life. Unit: USD. */
export const MINIMUM_CHARGE_USD = 0.01;

/** The hourly price that belongs to a monthly list price. Unit: USD per hour. */
export function hourlyPrice(usdPerMonth: number): number {
  return usdPerMonth / BILLED_HOURS_PER_MONTH;
}

/**
 * What one instance costs within one calendar month at one price: by the second, with the minimum and the monthly cap.
 *
 * @param usdPerHour - List price. Unit: USD per hour, from 0; 0 costs nothing.
 * @param seconds - How long it existed. Unit: seconds, from 0.
 * @returns USD.
 */
export function billedUsd(usdPerHour: number, seconds: number): number {
  if (usdPerHour === 0) return 0;
  const billed = Math.min(Math.max(seconds, MINIMUM_BILLED_SECONDS), BILLED_SECONDS_PER_MONTH);
  return Math.max((usdPerHour * billed) / 3600, MINIMUM_CHARGE_USD);
}
