/** Laws that spaces of all kinds keep, nested in any way. @module */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  batchSpace,
  concatenate,
  createEmptyArray,
  explainMismatch,
  flatdim,
  flatten,
  flattenSpace,
  isFlattenable,
  iterate,
  type SeedResult,
  type Space,
  type SpaceSeed,
  unflatten,
} from "../../src/spaces/index.js";
import { anySpace } from "./space-arbitrary.js";

type AnySpace = Space<unknown>;

const seeds = fc.bigInt({ min: 0n, max: 2n ** 100n });
const OPTIONS = { numRuns: 300 } as const;

function forAnySpace(law: (space: AnySpace) => void): void {
  fc.assert(
    fc.property(anySpace, seeds, (space, seed) => {
      space.seed(seed);
      law(space);
    }),
    OPTIONS,
  );
}

describe("any space", () => {
  it("contains every sample", () => {
    forAnySpace((space) => {
      const value = space.sample();
      expect(explainMismatch(space, value)).toBeNull();
      expect(space.contains(value)).toBe(true);
    });
  });

  it("draws the same again from the seeds that seed returns", () => {
    fc.assert(
      fc.property(anySpace, seeds, (space, seed) => {
        const returned: SeedResult = space.seed(seed);
        const value = space.sample();
        (space as { seed(seed: SpaceSeed): SeedResult }).seed(returned);
        expect(space.sample()).toEqual(value);
      }),
    );
  });

  it("gives a batch back from JSON", () => {
    forAnySpace((space) => {
      const batch = [space.sample(), space.sample(), space.sample()];
      const json = JSON.parse(JSON.stringify(space.toJsonable(batch)));
      expect(space.fromJsonable(json)).toEqual(batch);
    });
  });

  it("gives a value back from its flattening, which the flattened space contains", () => {
    forAnySpace((space) => {
      const value = space.sample();
      const flat = flatten(space, value);
      expect(explainMismatch(flattenSpace(space), flat)).toBeNull();
      if (isFlattenable(space)) expect((flat as Float32Array).length).toBe(flatdim(space));
      expect(unflatten(space, flat)).toEqual(value);
    });
  });

  it("gives values back from a batch, which the batched space contains", () => {
    forAnySpace((space) => {
      const items = [space.sample(), space.sample()];
      const batch = concatenate(space, items as never[], createEmptyArray(space, 2));
      const batched = batchSpace(space, 2);
      expect(explainMismatch(batched, batch)).toBeNull();
      expect([...iterate(batched as AnySpace, batch)]).toEqual(items);
    });
  });

  it("contains what a sample of its batched space consists of", () => {
    forAnySpace((space) => {
      const batched: AnySpace = batchSpace(space, 3);
      const items = [...iterate(batched, batched.sample())];
      expect(items.length).toBe(3);
      for (const item of items) expect(explainMismatch(space, item)).toBeNull();
    });
  });

  it("equals its copy, which draws the same, and no space with another name", () => {
    fc.assert(
      fc.property(anySpace, anySpace, seeds, (space, other, seed) => {
        space.seed(seed);
        const copy = (space as unknown as { copy(): AnySpace }).copy();
        expect(space.equals(copy)).toBe(true);
        expect(String(copy)).toBe(String(space));
        expect(copy.sample()).toEqual(space.sample());
        expect(space.equals(other)).toBe(String(space) === String(other));
      }),
      OPTIONS,
    );
  });

  it("explains why it does not contain what is no value of any space", () => {
    forAnySpace((space) => {
      for (const value of [undefined, null, Number.NaN, 0.5, true, {}, [[[[[[]]]]]], new Float64Array(77)]) {
        if (space.contains(value)) continue;
        expect(explainMismatch(space, value)).not.toBeNull();
        expect(() => flatten(space, value)).toThrow(/^Expected value/);
      }
    });
  });
});
