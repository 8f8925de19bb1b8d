/** Instant selectors: the newest sample at a time. @module */
import type { Operation } from "./frame.js";
import type { Targets } from "./program-builder.js";

/** Fills columns with the newest samples of recorded series in a window; a series that this sample lacks is stale. */
export function instantOperation(window: number, { rows, columns }: Targets): Operation {
  return (frame) => {
    const { store, stride, values, present, size } = frame;
    const { optionalRow, values: samples, present: samplesPresent } = store;
    const ring = store.ring * store.numEnvs;
    const place = frame.newest[window]!;
    const { oldest, newest } = frame.windows[window]!;
    for (let k = 0; k < rows.length; k++) {
      const from = rows[k]! * ring + place;
      const out = columns[k]! * stride;
      for (let i = 0; i < size; i++) {
        values[out + i] = samples[from + i]!;
        present[out + i] = 1;
      }
      const optional = optionalRow[rows[k]!]! * ring + place;
      if (optional >= 0) for (let i = 0; i < size; i++) present[out + i] = samplesPresent[optional + i]!;
      for (let r = 0; r < frame.restSize[window]!; r++) {
        const i = frame.rest[window * stride + r]!;
        // A counter that fell since then does not matter here.
        if (store.count[frame.first + i]! <= oldest || oldest < newest) present[out + i] = 0;
      }
    }
  };
}
