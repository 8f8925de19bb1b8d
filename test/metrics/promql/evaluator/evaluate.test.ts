import { describe, expect, it } from "vitest";
import { InvalidOptionError, InvalidQueryError } from "../../../../src/errors.js";
import { evaluatePromql } from "../../../../src/metrics/promql/evaluator/evaluate.js";
import { SampleSet } from "../../../../src/metrics/promql/sample-set.js";
import { thrownMessage } from "../../../thrown-message.js";

const source = new SampleSet([
  { labels: { __name__: "x", a: "1" }, samples: [0, 1, 2, 3].map((k) => ({ t: k * 60_000, v: k * 10 })) },
  {
    labels: { __name__: "y", a: "1" },
    samples: [
      { t: 0, v: 5 },
      { t: 60_000, v: Number.NaN, stale: true },
    ],
  },
]);

describe("evaluatePromql", () => {
  it("gives the types of Prometheus's HTTP API, with times in seconds", () => {
    expect(evaluatePromql("1 + 1", source, { timeSeconds: 30 })).toEqual({ resultType: "scalar", result: [30, 2] });
    expect(evaluatePromql('"text"', source, { timeSeconds: 30 })).toEqual({
      resultType: "string",
      result: [30, "text"],
    });
    expect(evaluatePromql("x", source, { timeSeconds: 90.5 })).toEqual({
      resultType: "vector",
      result: [{ metric: { __name__: "x", a: "1" }, value: [90.5, 10] }],
    });
    expect(evaluatePromql("x[2m]", source, { timeSeconds: 120 })).toEqual({
      resultType: "matrix",
      result: [
        {
          metric: { __name__: "x", a: "1" },
          values: [
            [60, 10],
            [120, 20],
          ],
        },
      ],
    });
  });
  it("evaluates a range at every step, its end included", () => {
    const range = { startSeconds: 0, endSeconds: 120, stepSeconds: 60 };
    expect(evaluatePromql("-x", source, { range })).toEqual({
      resultType: "matrix",
      result: [
        {
          metric: { a: "1" },
          values: [
            [0, -0],
            [60, -10],
            [120, -20],
          ],
        },
      ],
    });
  });
  it("closes ranges and lookback on the left in prom2 only", () => {
    const count = (profile: "prom2" | "prom3"): unknown =>
      evaluatePromql("count_over_time(x[2m])", source, { timeSeconds: 120, profile }).result;
    expect(count("prom2")).toEqual([{ metric: { a: "1" }, value: [120, 3] }]);
    expect(count("prom3")).toEqual([{ metric: { a: "1" }, value: [120, 2] }]);
    const last = (profile: "prom2" | "prom3"): number =>
      evaluatePromql("x", source, { timeSeconds: 480, profile }).result.length;
    expect([last("prom2"), last("prom3")]).toEqual([1, 0]);
  });
  it("ends a series at its staleness marker, which ranges do not see", () => {
    expect(evaluatePromql("y", source, { timeSeconds: 61 }).result).toEqual([]);
    expect(evaluatePromql("count_over_time(y[2m])", source, { timeSeconds: 61 }).result).toEqual([
      { metric: { a: "1" }, value: [61, 1] },
    ]);
  });
  it("refuses what it does not support, and matches that are not unique, with their position", () => {
    const message = (query: string): string => thrownMessage(() => evaluatePromql(query, source, { timeSeconds: 0 }));
    expect(() => evaluatePromql("histogram_avg(x)", source, { timeSeconds: 0 })).toThrow(InvalidQueryError);
    expect(message("1 + histogram_avg(x)")).toContain(
      "1:5: histogram_avg() needs native histograms, which are not supported.",
    );
    expect(message("holt_winters(x[5m], 0.1, 0.1)")).toContain(
      "1:1: holt_winters() is a function of prom2, and not supported in prom3.",
    );
    expect(message('abs({a="1"})')).toContain(
      '1:1: the result has two series {a="1"}; aggregate, or select one metric.',
    );
    expect(message('x + on(a) {a="1"}')).toContain(
      '1:1: + matches one to one, but the right side has x{a="1"} and y{a="1"}; aggregate them, or match on more labels.',
    );
  });
  it("needs a time or a range", () => {
    expect(() => evaluatePromql("x", source, {})).toThrow(
      new InvalidOptionError("timeSeconds", "a finite number (seconds)", undefined),
    );
  });
});

describe("SampleSet", () => {
  it("refuses series that come twice, and samples out of order", () => {
    const series = { labels: { __name__: "x" }, samples: [{ t: 0, v: 1 }] };
    expect(() => new SampleSet([series, series])).toThrow(
      new InvalidOptionError("series", "series that come once each", "x"),
    );
    expect(
      () =>
        new SampleSet([
          {
            ...series,
            samples: [
              { t: 1, v: 1 },
              { t: 0, v: 1 },
            ],
          },
        ]),
    ).toThrow(new InvalidOptionError("samples[1].t of x", "whole milliseconds, ascending", 0));
  });
});
