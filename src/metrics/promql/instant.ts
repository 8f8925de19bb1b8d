/** Instant selectors: the newest sample at a time. @module */
import { Opcode } from "../column-codes.js";
import type { CodedStep } from "./frame.js";
import type { Targets } from "./program-builder.js";
import type { SampleWindow } from "./sample-window.js";

/** Fills columns with the newest samples of recorded series in a window; a series that this sample lacks is stale. */
export function instantStep(windowIndex: number, window: SampleWindow, { rows, columns }: Targets): CodedStep {
  return {
    write: (code) => {
      const { optionalRow } = code.shape;
      const series = Array.from(rows, (row, k) => {
        const optional = optionalRow[row]!;
        return [code.row(row), optional < 0 ? -1 : code.row(optional), code.column(columns[k]!)];
      });
      code.write(Opcode.instants, [windowIndex, window.newest, window.oldest, rows.length, ...series.flat()]);
    },
  };
}
