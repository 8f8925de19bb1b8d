/** Which samples of an aligned grid a range covers. @module */

/** Prometheus's rules by major version: `prom2` ranges are closed on the left, `prom3` ranges are open. */
export type PromqlProfile = "prom2" | "prom3";

/** A range or an instant, in samples back from the newest. */
export interface SampleWindow {
  /** Samples between the newest of all and the newest of the window, from 0. */
  readonly newest: number;
  /** Samples between the newest of all and the oldest of the window; below `newest` where the window is empty. */
  readonly oldest: number;
  /** Unit: milliseconds. */
  readonly rangeMs: number;
  readonly offsetMs: number;
}

/** The samples in a range of `rangeMs` that ends `offsetMs` ago, evaluated at the time of the newest sample. */
export function sampleWindow(
  rangeMs: number,
  offsetMs: number,
  scrapeMs: number,
  profile: PromqlProfile,
): SampleWindow {
  const reach = rangeMs + offsetMs;
  const oldest = profile === "prom2" ? Math.floor(reach / scrapeMs) : Math.ceil(reach / scrapeMs) - 1;
  return { newest: Math.max(0, Math.ceil(offsetMs / scrapeMs)), oldest, rangeMs, offsetMs };
}

/** How long a sample answers for its series after its time. Unit: milliseconds. */
const LOOKBACK_MS = 300_000;

/** The newest sample at an instant `offsetMs` ago, unless it is older than the lookback of five minutes. */
export function instantWindow(offsetMs: number, scrapeMs: number, profile: PromqlProfile): SampleWindow {
  const { newest, oldest } = sampleWindow(LOOKBACK_MS, offsetMs, scrapeMs, profile);
  return { newest, oldest: Math.min(newest, oldest), rangeMs: 0, offsetMs };
}
