/** Parts of a date, in UTC. @module */

/** A date within 400 years after 1970, and how many years were taken off it. */
interface PeriodDate {
  readonly date: Date;
  readonly years: number;
}

/** Functions of a time in seconds since 1970. */
export const CALENDAR_FUNCTIONS: ReadonlyMap<string, (seconds: number) => number> = new Map([
  part("minute", ({ date }) => date.getUTCMinutes()),
  part("hour", ({ date }) => date.getUTCHours()),
  part("day_of_week", ({ date }) => date.getUTCDay()),
  part("day_of_month", ({ date }) => date.getUTCDate()),
  part(
    "day_of_year",
    ({ date }) => Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / 86_400_000) + 1,
  ),
  part("days_in_month", ({ date }) =>
    new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate(),
  ),
  part("month", ({ date }) => date.getUTCMonth() + 1),
  part("year", ({ date, years }) => date.getUTCFullYear() + years),
]);

function part(name: string, of: (time: PeriodDate) => number): [string, (seconds: number) => number] {
  return [name, (seconds) => of(dateOf(seconds))];
}

/** Seconds after which the calendar repeats: 400 years. */
const PERIOD = 12_622_780_800n;
/** Seconds from the first year of Go's calendar to 1970; times before it wrap around to the last one. */
const GO_EPOCH = 9_223_372_028_715_321_600n;

/** The date of a time, whose fraction is cut off. As on x86-64, what is no int64 is the least one. */
function dateOf(seconds: number): PeriodDate {
  if (Math.abs(seconds) < 8e12) return { date: new Date(Math.trunc(seconds) * 1000), years: 0 };
  let whole = Math.abs(seconds) < 2 ** 63 ? BigInt(Math.trunc(seconds)) : -(2n ** 63n);
  if (whole + GO_EPOCH < 0n) whole += 2n ** 64n;
  const rest = ((whole % PERIOD) + PERIOD) % PERIOD;
  return { date: new Date(Number(rest) * 1000), years: Number((whole - rest) / PERIOD) * 400 };
}
