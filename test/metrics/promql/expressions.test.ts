import { describe, expect, it } from "vitest";
import { evaluate, type Samples } from "./evaluate.js";

const samples: Samples = {
  'x{a="1",b="1"}': [4],
  'x{a="1",b="2"}': [6],
  'x{a="2",b="1"}': [null],
  'y{a="1"}': [2],
  odd: [Number.NaN],
  huge: [Number.POSITIVE_INFINITY],
  'h_bucket{le="1"}': [10],
  'h_bucket{le="2"}': [10],
  'h_bucket{le="4"}': [20],
  'h_bucket{le="+Inf"}': [20],
  flat: [1, 2, Number.NaN, 4, 3],
};
const value = (query: string): number => evaluate(query, samples);

describe("arithmetic and comparison", () => {
  it.each([
    ["1 + 2 * 3 ^ 2 ^ 0", 7],
    ["-2 ^ 2", -4],
    ["-7 % 3", -1],
    ["7 / 0", Number.POSITIVE_INFINITY],
    ["2 > bool 1", 1],
    ["y + 1", 3],
    ["10 - y", 8],
    ["y > 1", 2],
    ["3 > y", 2],
    ["y > bool 5", 0],
    ["odd != odd", Number.NaN],
    ["-y", -2],
    ["sum by (a) (x) / y", 5],
    ['x{b="1",a="1"} * on(a) y', 8],
    ['x{b="2"} - ignoring(b) y', 4],
    ['x{b="2"} > ignoring(b) y', 6],
  ])("%s is %d", (query, expected) => {
    expect(value(query)).toBe(expected);
  });
  it.each(["y > 5", "y == 3", 'x{a="2"} + 1', 'y / x{a="2"}'])("%s is empty", (query) => {
    expect(evaluate(`count(${query}) or vector(-1)`.replace('y / x{a="2"}', 'y / on() x{a="2"}'), { ...samples })).toBe(
      -1,
    );
  });
});

describe("or", () => {
  it.each([
    ['sum(x{a="2"}) or vector(7)', 7],
    ["sum(y) or vector(7)", 2],
    ['x{a="2"} or on() vector(7)', 7],
    ['x{b="2"} or on() vector(7)', 6],
    ['sum(x{a="2"} or y)', 2],
  ])("%s is %d", (query, expected) => {
    expect(value(query)).toBe(expected);
  });
});

describe("aggregations", () => {
  it.each([
    ["sum(x)", 10],
    ["avg(x)", 5],
    ["min(x)", 4],
    ["max(x)", 6],
    ["count(x)", 2],
    ["count(sum by (b) (x))", 2],
    ['sum without (a, b) (x{b!="3"} > 5)', 6],
    ["max(y or on(a) odd)", 2],
    ["min(odd or on(a) y)", 2],
    ["avg(huge)", Number.POSITIVE_INFINITY],
  ])("%s is %d", (query, expected) => {
    expect(value(query)).toBe(expected);
  });
  it("adds with compensation in prom3 and without in prom2", () => {
    const big = { 'x{a="1"}': [1e100], 'x{a="2"}': [1], 'x{a="3"}': [-1e100] };
    expect(evaluate("sum(x)", big)).toBe(1);
    expect(evaluate("sum(x)", big, "prom2")).toBe(0);
  });
});

describe("functions", () => {
  it.each([
    ["abs(-y)", 2],
    ["ceil(y / 3)", 1],
    ["floor(-y / 3)", -1],
    ["round(y * 1.25)", 3],
    ["round(y * 1.2, 0.5)", 2.5],
    ["clamp(y, 3, 5)", 3],
    ["clamp_max(y, 1)", 1],
    ["clamp_min(y, 1)", 2],
    ["sqrt(vector(9))", 3],
    ["log2(vector(8))", 3],
    ["log10(vector(1000))", 3],
    ["exp(ln(vector(1)))", 1],
    ["scalar(y)", 2],
    ["scalar(x)", Number.NaN],
    ["time()", 1040],
    ["cos(vector(0)) + sin(vector(0)) + pi()", 1 + Math.PI],
    ["sum_over_time(y[10s])", 2],
    ["max_over_time(flat[60s])", 4],
    ["min_over_time(flat[60s])", 1],
    ["avg_over_time(flat[20s])", 3.5],
    ["avg_over_time(flat[60s])", Number.NaN],
    ["last_over_time(flat[60s])", 3],
    ["count_over_time(flat[60s])", 5],
    ["flat offset 30s", 2],
    ["flat offset 35s", 1],
  ])("%s is %d", (query, expected) => {
    expect(value(query)).toBe(expected);
  });
});

describe("histogram_quantile", () => {
  it.each([
    ["histogram_quantile(0.25, h_bucket)", 0.5],
    ["histogram_quantile(0.75, h_bucket)", 3],
    ["histogram_quantile(1, h_bucket)", 4],
    ["histogram_quantile(-1, h_bucket)", Number.NEGATIVE_INFINITY],
    ["histogram_quantile(1.1, h_bucket)", Number.POSITIVE_INFINITY],
    ["histogram_quantile(NaN, h_bucket)", Number.NaN],
    ["histogram_quantile(0.5, h_bucket * 0)", Number.NaN],
    ['histogram_quantile(0.5, h_bucket{le!="+Inf"})', Number.NaN],
    ['histogram_quantile(0.5, h_bucket{le="+Inf"})', Number.NaN],
  ])("%s is %d", (query, expected) => {
    expect(value(query)).toBe(expected);
  });
  it("gives the second highest bound where the quantile is in the last bucket", () => {
    expect(evaluate("histogram_quantile(0.9, h)", { 'h{le="1"}': [1], 'h{le="+Inf"}': [10] })).toBe(1);
  });
  it("gives a lowest bound below 0 as it is", () => {
    expect(evaluate("histogram_quantile(0.5, h)", { 'h{le="-1"}': [8], 'h{le="+Inf"}': [10] })).toBe(-1);
  });
  it("lifts counts that fall", () => {
    expect(evaluate("histogram_quantile(0.5, h)", { 'h{le="1"}': [10], 'h{le="2"}': [8], 'h{le="+Inf"}': [20] })).toBe(
      1,
    );
  });
  it("levels differences that are only rounding in prom3", () => {
    const rounding = {
      'h{le="1"}': [10],
      'h{le="2"}': [10 + 2e-12],
      'h{le="4"}': [10 + 4e-12],
      'h{le="+Inf"}': [10 + 4e-12],
    };
    expect(evaluate("histogram_quantile(1, h)", rounding)).toBe(1);
    expect(evaluate("histogram_quantile(1, h)", rounding, "prom2")).toBe(4);
  });
  it("adds up buckets whose bounds are one number", () => {
    const twice = { 'h{le="1"}': [4], 'h{le="1.0"}': [4], 'h{le="+Inf"}': [16] };
    expect(evaluate("histogram_quantile(0.25, h)", twice)).toBe(0.5);
  });
});
