/** Durations as people write them. @module */

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };

/** Seconds of `90s`, `5m`, `2h`, `1.5h` or `1d`; undefined for anything else, and for 0. */
export function parseDuration(text: string): number | undefined {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)([smhd])$/.exec(text.trim()) ?? [];
  if (amount === undefined || unit === undefined) return undefined;
  const seconds = Number(amount) * SECONDS[unit]!;
  return seconds > 0 && Number.isFinite(seconds) ? seconds : undefined;
}
