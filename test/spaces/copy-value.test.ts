/** copyValue. @module */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { copyValue } from "../../src/spaces/copy-value.js";
import { sameValue } from "../../src/testing/same-value.js";
import { anySpace } from "./space-arbitrary.js";

describe("copyValue", () => {
  it("gives the same value for every space", () => {
    fc.assert(
      fc.property(anySpace, fc.nat(), (space, seed) => {
        space.seed(seed);
        const value = space.sample();
        const copy = copyValue(value);
        expect(sameValue(copy, value)).toBe(true);
        expect(space.contains(copy)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it("shares no memory with the value, and takes of a buffer what the array has", () => {
    const slab = new ArrayBuffer(1024);
    const value = { parts: [new Float32Array(slab, 16, 2), new Int8Array(slab, 3, 4)], count: 1 };
    const copy = copyValue(value);
    new Uint8Array(slab).fill(1);
    expect(copy).toEqual({ parts: [new Float32Array(2), new Int8Array(4)], count: 1 });
    expect(copy.parts.map((part) => part.buffer.byteLength)).toEqual([8, 4]);
  });
});
