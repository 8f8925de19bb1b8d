/** Columns of many environments: the same values as of one, for every operation that the kernel knows. @module */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bucketQuantile } from "../../../src/metrics/promql/bucket-quantile.js";
import { cos, sin } from "../../../src/metrics/promql/go-math/trigonometry.js";
import { compileQueries, type QueryProgram } from "../../../src/metrics/query-program.js";
import { SeriesSchema } from "../../../src/metrics/series.js";

const BOUNDS = ["0.1", "0.5", "1", "2.5", "+Inf"];
const BUCKETS = new SeriesSchema(BOUNDS.map((le) => ({ name: "b", labels: { le } })));
const PAIR = new SeriesSchema([
  { name: "x", labels: {}, optional: true },
  { name: "y", labels: {}, optional: true },
  { name: "c_total", labels: {}, optional: true },
]);
const OPERATORS = ["+", "-", "*", "/", "%", "== bool", "!= bool", "> bool", "< bool", ">= bool", "<= bool", "^", "<"];
const QUERIES: readonly string[] = [
  ...OPERATORS.map((op) => `x ${op} y`),
  ...["floor", "ceil", "abs", "sqrt", "sin", "cos", "-"].map((name) => `${name}(x)`),
  'sum({__name__=~"x|y"})',
  'max({__name__=~"x|y"})',
  "x or y",
  "x unless y",
  "time() - x",
  "rate(c_total[2m])",
  "x offset 1m",
  "x offset 2m + y offset 2m",
];
const INTERVALS = { stepSeconds: 60, scrapeSeconds: 30 };

/** A number from a seed: common ones, and all that is special. */
const number = fc.oneof(
  fc.integer({ min: -50, max: 5000 }),
  fc.double(),
  fc.constantFrom(0, -0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 2 ** 52 + 2, 5e-324),
);

/** Values of all queries by environment after some scrapes, [scrape][series × environments]. */
function valuesOf(
  program: QueryProgram,
  samples: readonly Float64Array[],
  present: readonly Uint8Array[] | null,
  numEnvs: number,
): number[][] {
  const store = program.createStore(numEnvs);
  samples.forEach((current, k) => {
    store.scrape(current, present?.[k] ?? null);
    if (k % 2 === 0) program.evaluate(store);
  });
  const rows = program.queries.map((_query, q) => [...store.results.subarray(q * numEnvs, (q + 1) * numEnvs)]);
  return Array.from({ length: numEnvs }, (_, env) => rows.map((row) => row[env]!));
}

/** The columns of one environment. */
function only<T extends Float64Array | Uint8Array>(matrix: T, env: number, numEnvs: number): T {
  return matrix.filter((_value, k) => k % numEnvs === env) as T;
}

describe("QueryProgram over many environments", () => {
  const program = compileQueries(QUERIES, PAIR, INTERVALS);
  it("gives each the bits it would get alone, whatever its samples are and where they lack", () => {
    const matrix = (numEnvs: number): fc.Arbitrary<Float64Array> =>
      fc
        .array(number, { minLength: PAIR.size * numEnvs, maxLength: PAIR.size * numEnvs })
        .map((values) => Float64Array.from(values));
    // More than 128 are several blocks.
    const sizes = fc.oneof({ weight: 12, arbitrary: fc.integer({ min: 1, max: 40 }) }, fc.constant(263));
    const cases = sizes.chain((numEnvs) => {
      const presence = fc.uint8Array({
        minLength: PAIR.size * numEnvs,
        maxLength: PAIR.size * numEnvs,
        max: 5,
      });
      return fc.record({
        numEnvs: fc.constant(numEnvs),
        samples: fc.array(matrix(numEnvs), { minLength: 7, maxLength: 7 }),
        present: fc.array(
          presence.map((seen) => seen.map((value) => (value > 0 ? 1 : 0))),
          { minLength: 7, maxLength: 7 },
        ),
      });
    });
    fc.assert(
      fc.property(cases, ({ numEnvs, samples, present }) => {
        const together = valuesOf(program, samples, present, numEnvs);
        together.forEach((values, env) => {
          const alone = valuesOf(
            program,
            samples.map((one) => only(one, env, numEnvs)),
            present.map((one) => only(one, env, numEnvs)),
            1,
          );
          expect(values).toEqual(alone[0]);
        });
      }),
      { numRuns: 25 },
    );
  });
});

describe("histogram_quantile over many environments", () => {
  const uppers = Float64Array.from(BOUNDS, (bound) => (bound === "+Inf" ? Number.POSITIVE_INFINITY : Number(bound)));
  /** What the next bucket adds to a count, relative to it: often hardly anything, as where two counts may pass for equal. */
  const growth = fc.oneof(
    fc.constantFrom(0, 1e-12, 2e-12, 1.9995e-12, 2.0005e-12, 3e-12, -0.5, 1, Number.POSITIVE_INFINITY, Number.NaN),
    fc.double({ min: 0, max: 4e-12, noNaN: true }),
    fc.double({ min: 0, max: 3, noNaN: true }),
  );
  const first = fc.oneof(fc.constantFrom(0, 1, 5e-324, 1e-305, -1, Number.NaN), fc.double({ min: 0, max: 100 }));
  it.each(["prom2", "prom3"] as const)("gives in %s what one histogram by itself gives", (profile) => {
    const quantiles = [-0.1, 0, -0, 0.5, 0.95, 1, 1.5, Number.NaN];
    const queries = quantiles.map((q) => `histogram_quantile(${Object.is(q, -0) ? "-0" : q}, b)`);
    const program = compileQueries(queries, BUCKETS, { ...INTERVALS, profile });
    const histogram = fc.tuple(first, fc.array(growth, { minLength: 4, maxLength: 4 })).map(([start, growths]) => {
      const counts = [start];
      for (const more of growths) counts.push(counts.at(-1)! === 0 ? more : counts.at(-1)! * (1 + more));
      return Float64Array.from(counts);
    });
    fc.assert(
      fc.property(fc.array(histogram, { minLength: 1, maxLength: 11 }), (histograms) => {
        const numEnvs = histograms.length;
        const current = Float64Array.from({ length: BOUNDS.length * numEnvs }, (_, at) => {
          return histograms[at % numEnvs]![Math.floor(at / numEnvs)]!;
        });
        const values = valuesOf(program, [current], null, numEnvs);
        histograms.forEach((counts, env) => {
          const expected = quantiles.map((q) => bucketQuantile(q, uppers, counts.slice(), counts.length, profile));
          expect(values[env]).toEqual(expected);
        });
      }),
      { numRuns: 300 },
    );
  });
});

describe("sin and cos over many environments", () => {
  const ONE = new SeriesSchema([{ name: "x", labels: {} }]);
  const octants = fc.integer({ min: -40, max: 40 }).map((octant) => (octant * Math.PI) / 4);
  const angle = fc.oneof(number, octants, fc.double({ min: -7, max: 7 }), fc.constantFrom(2 ** 29, -(2 ** 29), 1e300));
  const angles = fc.array(angle, { minLength: 1, maxLength: 40 });
  it("gives what one angle by itself gives", () => {
    const queries = ["sin(x)", "cos(x)", "sin(x % 900 * (2 * pi() / 900))", "cos(x % 7 * -0.3)"];
    const program = compileQueries(queries, ONE, INTERVALS);
    fc.assert(
      fc.property(angles, (all) => {
        const values = valuesOf(program, [Float64Array.from(all)], null, all.length);
        const turn = (2 * Math.PI) / 900;
        expect(values).toEqual(all.map((x) => [sin(x), cos(x), sin((x % 900) * turn), cos((x % 7) * -0.3)]));
      }),
      { numRuns: 300 },
    );
  });
});
