/** @module */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Box } from "../../src/spaces/index.js";
import { BinGrid } from "../../src/wrappers/bin-grid.js";

const bounds = fc.tuple(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: 1, max: 1000 }));

describe("BinGrid", () => {
  it("finds the bin that begins at or below a value and ends above it", () => {
    const cut = fc.record({
      bounds,
      bins: fc.integer({ min: 1, max: 50 }),
      share: fc.double({ min: -0.5, max: 1.5, noNaN: true }),
      dtype: fc.constantFrom("float32", "float64"),
    });
    fc.assert(
      fc.property(cut, ({ bounds: [low, width], bins, share, dtype }) => {
        const grid = new BinGrid("space", new Box(low, low + width, { shape: [1], dtype }) as never, { bins });
        const edges = grid.edges[0]!;
        for (const value of [low + share * width, ...edges]) {
          const bin = grid.flatIndexOf([value]);
          expect(grid.indicesOf([value])[0]).toBe(bin);
          expect(bin === 0 || edges[bin]! <= value).toBe(true);
          expect(bin === bins - 1 || value < edges[bin + 1]!).toBe(true);
        }
      }),
    );
  });

  it("puts what is beyond a bound into the outermost bin, and NaN into the last", () => {
    const grid = new BinGrid("space", new Box(-1, 1), { bins: 4 });
    const values = [Number.NEGATIVE_INFINITY, -1e300, 1e300, Number.POSITIVE_INFINITY, Number.NaN];
    expect(values.map((value) => grid.flatIndexOf([value]))).toEqual([0, 0, 3, 3, 3]);
  });
});
