/** Observations that share their memory. @module */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RowSlab } from "../../src/envs/row-slab.js";

describe("RowSlab", () => {
  it("hands out arrays of zeros that nothing else writes to, over more buffers than one", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 70 }), fc.integer({ min: 1, max: 100 }), (length, count) => {
        const slab = new RowSlab(length);
        const rows = Array.from({ length: count }, (_, k) => {
          const row = slab.take();
          expect(row).toEqual(new Float32Array(length));
          return row.fill(k);
        });
        for (const [k, row] of rows.entries()) expect(row).toEqual(new Float32Array(length).fill(k));
        expect(new Set(rows.map(({ buffer }) => buffer)).size).toBe(Math.ceil(count / 32));
      }),
      { numRuns: 30 },
    );
  });
});
