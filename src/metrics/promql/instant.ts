/** Instant selectors: the newest sample at a time. @module */
import { type Operation, WINDOW_FIELDS } from "./frame.js";

/** Fills `target` with the newest sample of a recorded series in a window; a series that this sample lacks is stale. */
export function instantOperation(windowIndex: number, row: number, target: number): Operation {
  return ({ store, stride, values, present, windows, size }) => {
    const column = store.ring * store.numEnvs;
    const base = row * column;
    const optional = store.optionalRow[row]! * column;
    const out = target * stride;
    const win = windowIndex * WINDOW_FIELDS * stride;
    for (let i = 0; i < size; i++) {
      const covered = windows[win + 3 * stride + i]! > 0;
      const place = windows[win + i]!;
      values[out + i] = store.values[base + place]!;
      present[out + i] = covered && (optional < 0 || store.present[optional + place] === 1) ? 1 : 0;
    }
  };
}
