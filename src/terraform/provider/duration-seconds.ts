/** Durations as Go writes them, which is how Terraform's `timeouts` do. @module */

const UNIT_SECONDS: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 1e-3, us: 1e-6, µs: 1e-6, ns: 1e-9 };

/**
 * A duration such as `30m`, `1h30m` or `1.5s`. Unit: seconds; undefined where the text is no duration.
 *
 * @see https://pkg.go.dev/time#ParseDuration
 */
export function durationSeconds(text: string): number | undefined {
  if (!/^(?:\d+(?:\.\d*)?(?:h|ms|m|s|us|µs|ns))+$/.test(text)) return undefined;
  const parts = text.matchAll(/(\d+(?:\.\d*)?)(h|ms|m|s|us|µs|ns)/g);
  return [...parts].reduce((sum, [, value, unit]) => sum + Number(value) * UNIT_SECONDS[unit!]!, 0);
}
