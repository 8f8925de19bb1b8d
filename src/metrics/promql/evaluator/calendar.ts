/** Parts of a date, in UTC. @module */

/** Functions of a time in seconds since 1970. */
export const CALENDAR_FUNCTIONS: ReadonlyMap<string, (seconds: number) => number> = new Map([
  part("minute", (date) => date.getUTCMinutes()),
  part("hour", (date) => date.getUTCHours()),
  part("day_of_week", (date) => date.getUTCDay()),
  part("day_of_month", (date) => date.getUTCDate()),
  part("day_of_year", (date) => Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / 86_400_000) + 1),
  part("days_in_month", (date) => new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()),
  part("month", (date) => date.getUTCMonth() + 1),
  part("year", (date) => date.getUTCFullYear()),
]);

/** Fractions of seconds are cut off; beyond the years that a date can have, the result is NaN. */
function part(name: string, of: (date: Date) => number): [string, (seconds: number) => number] {
  return [name, (seconds) => of(new Date(Math.trunc(seconds) * 1000))];
}
