/** DigitalOcean's billing of a droplet by the second. @module */

/** Shortest time billed. Unit: seconds. @see DigitalOcean pricing, per-second billing since January 2026 */
export const MINIMUM_SECONDS = 60;
/** Smallest amount billed. Unit: USD. @see DigitalOcean pricing, per-second billing since January 2026 */
export const MINIMUM_USD = 0.01;
/** After these hours in a calendar month nothing more is billed: a month's price is 672 hourly ones. */
export const CAP_SECONDS: number = 672 * 3600;

/** How long the minimum charge of a new droplet pays for. @param usdPerHour - List price. @returns Unit: seconds. */
export function prepaidSeconds(usdPerHour: number): number {
  if (usdPerHour <= 0) return Number.POSITIVE_INFINITY;
  return Math.max(MINIMUM_SECONDS, (MINIMUM_USD * 3600) / usdPerHour);
}

/** Start of the UTC month of a time, and of the next one. Unit: seconds since 1970. */
export function monthOf(seconds: number): readonly [start: number, end: number] {
  const date = new Date(seconds * 1000);
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth();
  return [Date.UTC(year, month, 1) / 1000, Date.UTC(year, month + 1, 1) / 1000];
}
