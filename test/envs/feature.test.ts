/** Features: from raw values to observations. @module */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileFeature, observeOne, tabulateFeatures } from "../../src/envs/feature.js";
import { type Feature, InfraEnv } from "../../src/envs/index.js";
import { Observer, observerBytes } from "../../src/envs/observer.js";
import { bytesFor, ColumnMemory } from "../../src/metrics/column-memory.js";
import { smallDefinition } from "./small-definition.js";

/** What one feature makes of raw values, one after the other; of one environment by `observeOne`. */
function observations(feature: Partial<Feature>, raw: readonly number[], numEnvs = 1): number[] {
  const whole = { name: "f", promql: "vector(0)", low: -1, high: 10, unit: "1", ...feature };
  const table = tabulateFeatures([compileFeature(whole, 0, new Set())]);
  if (numEnvs === 1) {
    const last = table.first.slice();
    return raw.map((value) => observeOne(table, Float64Array.of(value), last, new Float32Array(1))[0]!);
  }
  const memory = new ColumnMemory(bytesFor(8, numEnvs) + observerBytes(table, numEnvs));
  const values = memory.float64(numEnvs);
  const observer = new Observer(table, memory, values, numEnvs);
  return raw.map((value) => {
    values.fill(value);
    return observer.observe()[0]!;
  });
}

describe("Observer and observeOne", () => {
  it.each([1, 3])("cuts to the bounds, infinities included, for %i environments", (numEnvs) => {
    const raw = [0.5, 11, -7, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    expect(observations({}, raw, numEnvs)).toEqual([0.5, 10, -1, 10, -1]);
    expect(observations({ transform: "clip" }, raw, numEnvs)).toEqual([0.5, 10, -1, 10, -1]);
  });

  it.each([1, 3])("takes log(1 + x), with the low bound where there is none, for %i environments", (numEnvs) => {
    const raw = [0, Math.E - 1, -1, -5, Number.POSITIVE_INFINITY];
    expect(observations({ transform: "log1p" }, raw, numEnvs)).toEqual([0, 1, -1, -1, 10]);
  });

  it.each([1, 3])("fills in for no value: 0, a number, or the last value, for %i environments", (numEnvs) => {
    const raw = [Number.NaN, 3, Number.NaN];
    expect(observations({}, raw, numEnvs)).toEqual([0, 3, 0]);
    expect(observations({ whenEmpty: 7 }, raw, numEnvs)).toEqual([7, 3, 7]);
    expect(observations({ whenEmpty: "last" }, raw, numEnvs)).toEqual([0, 3, 3]);
    expect(observations({ whenEmpty: "last", low: 2 }, raw, numEnvs)).toEqual([2, 3, 3]);
  });

  it("gives the same for one environment and for many", () => {
    const features = fc.record({
      low: fc.integer({ min: -5, max: 0 }),
      high: fc.integer({ min: 1, max: 9 }),
      whenEmpty: fc.constantFrom(0, 3, "last" as const),
      transform: fc.constantFrom("identity" as const, "log1p" as const, "clip" as const),
    });
    fc.assert(
      fc.property(features, fc.array(fc.double()), (feature, raw) => {
        expect(observations(feature, raw, 4)).toEqual(observations(feature, raw));
      }),
    );
  });

  it("gives the same for several features with a value each", () => {
    const value = fc.oneof(fc.double({ min: -2, max: 3 }), fc.double(), fc.constantFrom(0, -0, -1, 0.41, Number.NaN));
    const width = fc.integer({ min: 1, max: 11 });
    const cases = width.chain((length) => fc.array(fc.array(value, { minLength: length, maxLength: length })));
    fc.assert(
      fc.property(cases, (rows) => {
        const [{ length } = []] = rows;
        const features = Array.from({ length }, (_, f) => {
          const transform = f % 3 === 1 ? "log1p" : "identity";
          const whenEmpty = f % 4 === 2 ? "last" : f - 3;
          const bounds = { low: -1 - f, high: f + 1, unit: "1" };
          const whole: Feature = { name: `f${f}`, promql: "vector(0)", ...bounds, transform, whenEmpty };
          return compileFeature(whole, f, new Set());
        });
        const table = tabulateFeatures(features);
        const memory = new ColumnMemory(bytesFor(8, length * rows.length) + observerBytes(table, rows.length));
        const values = memory.float64(length * rows.length);
        rows.forEach((row, env) => {
          row.forEach((one, f) => {
            values[f * rows.length + env] = one;
          });
        });
        const together = rows.length === 0 ? [] : [...new Observer(table, memory, values, rows.length).observe()];
        const alone = rows.flatMap((row) => [
          ...observeOne(table, Float64Array.from(row), table.first.slice(), new Float32Array(length)),
        ]);
        expect(together).toEqual(alone);
      }),
      { numRuns: 300 },
    );
  });
});

describe("the first observation of InfraEnv", () => {
  it("lies in the space where a feature keeps its last value and has none yet", async () => {
    const [first, ...others] = smallDefinition().features;
    const features = [{ ...first!, low: 0.25, promql: "infra_gym_slots / 0 - infra_gym_slots / 0", whenEmpty: "last" }];
    const env = new InfraEnv<number>(smallDefinition({ features: [...(features as Feature[]), ...others] }));
    const [observation] = await env.reset({ seed: 1 });
    expect(observation[0]).toBe(0.25);
    expect(env.observationSpace.contains(observation)).toBe(true);
  });
});
