import { describe, expect, it } from "vitest";
import { InvalidQueryError } from "../../../src/errors.js";
import { parsePromql } from "../../../src/metrics/promql/parse.js";

function messageOf(query: string): string {
  try {
    parsePromql(query);
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidQueryError);
    return (error as InvalidQueryError).message;
  }
  return "accepted";
}

describe("parsePromql", () => {
  it.each([
    ["rate(x)", "1:6: rate() needs a range vector, got an instant vector; add a range such as [5m]."],
    ["sum(\n  rate(x))", "2:8: rate() needs a range vector, got an instant vector; add a range such as [5m]."],
    ["rate(sum(x))", "1:6: rate() needs a range vector, got an instant vector; make it a subquery such as [5m:1m]."],
    [
      "sum(x[5m])",
      "1:5: sum needs an instant vector, got a range vector; leave the range out, or reduce it, as with rate() or avg_over_time().",
    ],
    ["abs(1)", "1:5: abs() needs an instant vector, got a scalar; wrap it in vector()."],
    ["clamp_min(x, y)", "1:14: clamp_min() needs a scalar, got an instant vector; wrap it in scalar()."],
    ["clamp(x, 1)", "1:1: clamp() needs 3 arguments, got 2."],
    ["round(x, 1, 2)", "1:1: round() needs 1 to 2 arguments, got 3."],
    ["sum(x, y)", "1:1: sum needs 1 argument, got 2."],
    ["topk(x)", "1:1: topk needs 2 arguments, got 1."],
    ["1 > 2", "1:1: a comparison of two scalars needs bool; write > bool."],
    ["x + bool y", "1:1: bool may only follow a comparison."],
    ["x or 1", "1:6: or needs an instant vector, got a scalar; wrap it in vector()."],
    ["x + on(a) 1", "1:1: on and ignoring need an instant vector on both sides."],
    ["x and on(a) group_left y", "1:1: and does not group; leave group_left out."],
    ["x * on(a) group_left(a) y", "1:1: label a may not be in both on and group_left."],
    ['x + "a"', "1:5: + needs scalars or instant vectors, got a string."],
    ["-x[5m]", "1:2: a sign needs a scalar or an instant vector, got a range vector."],
    ["x[0s]", "1:3: a duration must be above 0."],
    ["(x)[5m]", "1:2: a range such as [5m] must follow a selector; use a subquery such as [5m:1m] for anything else."],
    ["x offset 1m offset 2m", "1:13: offset may not be set twice."],
    ["sum(x) offset 1m", "1:1: offset must follow a selector, a range selector or a subquery."],
    ['{a=""}', "1:1: a selector needs at least one matcher that does not match the empty string."],
    ['{a=~".*"}', "1:1: a selector needs at least one matcher that does not match the empty string."],
    ['x{__name__="y"}', "1:3: the metric's name is set twice."],
    ['x{a=~"("}', '1:3: "(" is not a regular expression of RE2: missing closing ): `(`.'],
    ['x{a="\\q"}', "1:5: \\q is not an escape in a string; write \\\\ for a backslash."],
    ["x{", "1:3: unexpected the end of the query."],
    ["x[5m] +", "1:8: unexpected the end of the query."],
    ["", "1:1: unexpected the end of the query."],
    ["1 + frobnicate(x)", '1:5: no function is called "frobnicate". See docs/promql.md for those that are supported.'],
    ["1 + min_of(1, 2)", "1:5: min_of() is experimental in Prometheus, and not supported."],
    ["mad_over_time(x[5m])", "1:1: mad_over_time() is experimental in Prometheus, and not supported."],
    ["limitk(1, x)", "1:1: limitk is experimental in Prometheus, and not supported."],
    ["holt_winters(x)", "1:1: holt_winters() needs 3 arguments, got 1."],
    ['{a="\\U00110000"}', "1:4: \\U00110000 is not a character of Unicode."],
    ["sum(irates(x[5m]))", '1:5: no function is called "irates". Did you mean irate()?'],
    ["x = 1", '1:3: unexpected "=".'],
  ])("refuses %s", (query, message) => {
    expect(messageOf(query)).toBe(`${message} In: ${query}`);
  });
  it.each([
    'sum by (le) (rate(x_bucket{a!~"b|c"}[1h30m] offset -5m))',
    "-2 ^ 2 + 0x1F * 1e3 % Inf",
    "a / on(x) group_left(y) b",
    "rate(x[5m])[1h:1m] @ end()",
    'count_values("v", x) # a comment',
    '{__name__=~"a.+"}',
    "{\"quoted\", a='b'}",
    "5m",
    "2. + 1./6.",
    "holt_winters(x[5m], 0.1, 0.1) + holt_winters (y[5m], 0.1, 0.1)",
  ])("accepts %s", (query) => {
    expect(messageOf(query)).toBe("accepted");
  });
  it("binds a power more tightly than a sign", () => {
    expect(parsePromql("-2 ^ 2")).toMatchObject({
      kind: "unary",
      op: "-",
      expr: { kind: "binary", op: "^", left: { value: 2 } },
    });
  });
  it("gives offset, ranges and @ to the operand before them, not to the whole operation", () => {
    expect(parsePromql("a + b offset 5m * c")).toMatchObject({
      op: "+",
      left: { offsetMs: 0 },
      right: { op: "*", left: { offsetMs: 300_000 }, right: { offsetMs: 0 } },
    });
    expect(parsePromql("-a offset 5m")).toMatchObject({ kind: "unary", expr: { offsetMs: 300_000 } });
    expect(parsePromql("1 - -2 ^ 2 ^ 3")).toMatchObject({
      right: { kind: "unary", expr: { op: "^", left: { value: 2 }, right: { op: "^" } } },
    });
    expect(parsePromql("a or b and c == d + e * f")).toMatchObject({
      op: "or",
      right: { op: "and", right: { op: "==" } },
    });
  });
  it("reads durations as seconds and ranges as milliseconds", () => {
    expect(parsePromql("1h30m")).toMatchObject({ kind: "number", value: 5400 });
    expect(parsePromql("rate(x[1m30s])")).toMatchObject({ args: [{ rangeMs: 90_000 }] });
    expect(parsePromql("rate(x[300])")).toMatchObject({ args: [{ rangeMs: 300_000 }] });
  });
  it("reads escapes and raw strings as Go does", () => {
    expect(parsePromql('x{a="\\t\\x41\\u00e9\\"", b=`\\t`}')).toMatchObject({
      matchers: [{}, { value: '\tA\u00e9"' }, { value: "\\t" }],
    });
  });
});
