/** Times in traces: ISO 8601, the same with a space, or plain seconds. @module */

/** A time and how it was written. */
export interface TraceTime {
  /** Seconds since 1970-01-01 UTC, or since the trace's own zero. */
  readonly seconds: number;
  readonly form: "seconds" | "timestamp";
}

const SECONDS = /^\d+(\.\d*)?$/;
const TIMESTAMP = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d(?:\.\d+)?))?(Z|[+-]\d\d:?\d\d)?)?$/;

/**
 * Reads a time. Without an offset it is UTC.
 *
 * @returns undefined for text that is no time, and for a date or hour that does not exist.
 */
export function timeOf(text: string): TraceTime | undefined {
  if (SECONDS.test(text)) return { seconds: Number(text), form: "seconds" };
  const match = TIMESTAMP.exec(text);
  if (match === null) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0));
  const midnight = new Date(Date.UTC(year!, month! - 1, day!));
  if (midnight.getUTCMonth() !== month! - 1 || midnight.getUTCDate() !== day) return undefined;
  if (hour! > 23 || minute! > 59 || second! >= 60) return undefined;
  const seconds = midnight.getTime() / 1_000 + hour! * 3_600 + minute! * 60 + second!;
  return { seconds: seconds - offsetSeconds(match[7]), form: "timestamp" };
}

/** `+02:00` is two hours ahead of UTC. */
function offsetSeconds(zone: string | undefined): number {
  if (zone === undefined || zone === "Z") return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return (zone.startsWith("-") ? -60 : 60) * minutes;
}
