/** Which samples of an aligned grid a range covers. @module */
import { type Frame, WINDOW_FIELDS } from "./frame.js";

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

/** Works out a window for the environments of the block. */
export function locateWindow({ newest, oldest }: SampleWindow, window: number, frame: Frame): void {
  const { windows, stride, first, size, store } = frame;
  const { position, count, numEnvs, ring } = store;
  const mask = ring - 1;
  const base = window * WINDOW_FIELDS * stride;
  for (let i = 0; i < size; i++) {
    const env = first + i;
    const samples = count[env]!;
    const back = oldest < samples ? oldest : samples - 1;
    const at = base + i;
    windows[at] = ((position[env]! - newest) & mask) * numEnvs + env;
    windows[at + stride] = ((position[env]! - back) & mask) * numEnvs + env;
    windows[at + 2 * stride] = samples - back;
    windows[at + 3 * stride] = back < newest ? 0 : back - newest + 1;
  }
}

/**
 * Collects the samples of environment `first + i` in a window that are present, oldest first, into `samples` and `backs`.
 * @returns how many there are
 */
export function gatherSamples(frame: Frame, row: number, window: number, i: number): number {
  const { windows, stride, first, store, samples, backs } = frame;
  const { position, count, numEnvs, ring, values, present } = store;
  const env = first + i;
  const at = window * WINDOW_FIELDS * stride + i;
  const covered = windows[at + 3 * stride]!;
  const oldest = count[env]! - windows[at + 2 * stride]!;
  const optional = store.optionalRow[row]!;
  let size = 0;
  for (let back = oldest; back > oldest - covered; back--) {
    const place = (position[env]! - back) & (ring - 1);
    if (optional >= 0 && present[(optional * ring + place) * numEnvs + env] === 0) continue;
    samples[size] = values[(row * ring + place) * numEnvs + env]!;
    backs[size++] = back;
  }
  return size;
}

/** Whether a series is present in every sample of a window of environment `first + i`, and the window holds any. */
export function isUnbroken(frame: Frame, optionalRow: number, window: number, i: number): boolean {
  const { windows, stride, first, store } = frame;
  const at = window * WINDOW_FIELDS * stride + i;
  if (windows[at + 3 * stride] === 0) return false;
  if (optionalRow < 0) return true;
  const since = store.presentSince[optionalRow * store.numEnvs + first + i]!;
  return since !== 0 && since <= windows[at + 2 * stride]!;
}
