/** @module */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RunningMeanStd } from "../../src/wrappers/running-mean-std.js";

const EPSILON = 1e-8;

/** Values of one size, between 1 and 9 elements. */
const valuesOfOneSize = fc
  .integer({ min: 1, max: 9 })
  .chain((size) =>
    fc.array(fc.float32Array({ minLength: size, maxLength: size, noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1 }),
  );

/** By `update` and `normalize`, in JavaScript alone. */
function plainly(running: RunningMeanStd, values: Float32Array): Float32Array {
  running.update(values);
  return running.normalize(values, EPSILON);
}

describe("RunningMeanStd", () => {
  it("takes in values by the kernel with the same bytes as in JavaScript, also where several take turns", () => {
    fc.assert(
      fc.property(fc.array(valuesOfOneSize, { minLength: 1, maxLength: 3 }), (lists) => {
        const size = (list: readonly Float32Array[]) => list[0]!.length;
        const quick = lists.map((list) => new RunningMeanStd(size(list), "float32"));
        const plain = lists.map((list) => new RunningMeanStd(size(list), "float32"));
        for (let step = 0; step < Math.max(...lists.map((list) => list.length)); step++) {
          for (const [i, list] of lists.entries()) {
            const values = list[step];
            if (values !== undefined) expect(quick[i]!.take(values, EPSILON)).toEqual(plainly(plain[i]!, values));
          }
        }
        for (const [i, running] of quick.entries()) expect(running.statistics).toEqual(plain[i]!.statistics);
      }),
    );
  });

  it("goes on in JavaScript with more elements than the kernel has room for, and with float64 values", () => {
    const large = Float32Array.from({ length: 1025 }, (_, i) => i);
    expect(new RunningMeanStd(1025, "float32").take(large, EPSILON)).toEqual(
      plainly(new RunningMeanStd(1025, "float32"), large),
    );
    const [quick, plain] = [new RunningMeanStd(2, "float32"), new RunningMeanStd(2, "float32")];
    for (const values of [Float32Array.of(1, 2), Float64Array.of(0.1, 0.2), Float32Array.of(3, 4)]) {
      plain.update(values);
      expect(quick.take(values, EPSILON)).toEqual(plain.normalize(values, EPSILON));
    }
    expect(quick.save()).toEqual(plain.save());
  });

  it("goes on from statistics that are put back", () => {
    const running = new RunningMeanStd(1, "float32");
    running.take(Float32Array.of(5), EPSILON);
    const saved = running.save();
    const next = running.take(Float32Array.of(7), EPSILON);
    running.take(Float32Array.of(-100), EPSILON);
    running.load(saved);
    expect(running.take(Float32Array.of(7), EPSILON)).toEqual(next);
  });
});
