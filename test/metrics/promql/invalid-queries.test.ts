import { describe, expect, it } from "vitest";
import { InvalidQueryError } from "../../../src/errors.js";
import { parsePromql } from "../../../src/metrics/promql/parse.js";
import { thrownMessage } from "../../thrown-message.js";

/** Queries that Prometheus's parser refuses, by what is wrong with them. */
const INVALID: readonly string[] = [
  ...["", "# only a comment", "1+", ".", "2.5.", "100..4", "0deadbeef", "1 /", "*1", "(1))", "((1)", "(", "999e", "()"],
  ...["1 and 1", "1 == 1", "1 or 1", "1 unless 1", "1 !~ 1", "1 =~ 1", "1 > 2", '-"string"', "-test[5m]", "*test"],
  ...["1 offset 1d", "a - on(b) ignoring(c) d", "foo and 1", "1 and foo", "foo or 1", "1 unless foo", "foo == bool"],
  ...["1 or on(bar) foo", "foo == on(bar) 10", "foo + group_left(baz) bar", "foo and on(bar) group_left(baz) bar"],
  ...[
    "foo and on(bar) group_right(baz) bar",
    "foo or on(bar) group_left(baz) bar",
    "foo unless on(bar) group_left(baz) bar",
  ],
  ...['http_requests{group="production"} + on(instance) group_left(job,instance) cpu_count{type="smp"}'],
  ...["foo + bool bar", "foo + bool 10", "foo and bool 10", "foo bool 10", "bool 1", "foo == bool bool bar"],
  ...["{", "}", "some{", "some}", "some_metric{a=b}", 'some_metric{a:b="b"}', 'foo{a*"b"}', 'foo{a>="b"}', "foo{1}"],
  ...[
    'some_metric{a="\\xff}',
    "foo{gibberish}",
    "{}",
    '{x=""}',
    '{x=~".*"}',
    '{x!~".+"}',
    '{x!="a"}',
    'foo{__name__="bar"}',
  ],
  ...['foo{a="b", foo!="bar", test=~"test" bar!~"baz"}', "foo{,}", 'foo{,a="b"}', 'foo{a="b",,}', "{,}"],
  ...[
    "foo[5mm]",
    "foo[5m1]",
    "foo[5m:1m1]",
    "foo[5y1hs]",
    "foo[5m1h]",
    "foo[5m1m]",
    "foo[0m]",
    "foo[]",
    "foo[-1]",
    'foo["5m"]',
  ],
  ...[
    "foo[1d] OFFSET",
    "foo offset",
    "foo[5m] offset 1h30",
    "some_metric[5m] OFFSET 1mm",
    "some_metric[5m] OFFSET",
    "foo @",
  ],
  ...[
    "some_metric OFFSET 1m[5m]",
    "some_metric[5m] @ 10 @ 20",
    "some_metric @ +Inf",
    "some_metric @ NaN",
    "foo @ start() @ end()",
  ],
  ...["(foo + bar)[5m]", "foo offset 1m offset 2m", "sum(x)[5m]", "(foo)[5m]", "rate(foo[5m])[5m]", "1[5m]", '"x"[5m]'],
  ...[
    "sum without(==)(some_metric)",
    "sum without(,)(some_metric)",
    "sum without(foo,,)(some_metric)",
    "sum some_metric",
  ],
  ...[
    "sum()",
    "sum(foo, bar)",
    "sum(5)",
    "topk(some_metric)",
    "topk(some_metric, other_metric)",
    "count_values(5, other_metric)",
  ],
  ...[
    "sum(some_metric) by test",
    "sum(some_metric) by ()  by (test)",
    "MIN keep_common (some_metric)",
    "MIN (some_metric) keep_common",
  ],
  ...[
    "sum (some_metric) without (test) by (test)",
    "floor()",
    "floor(some_metric, other_metric)",
    "floor(1)",
    'floor("x")',
  ],
  ...[
    "non_existent_function_far_bar()",
    "rate(some_metric)",
    "label_replace(a, `b`, `c\\xff`, `d`)",
    "vector(foo)",
    "scalar(1)",
  ],
  ...[
    "test[5d] OFFSET 10s [10m]",
    "(foo + bar{nm='val'})[5m:][10m]",
    "(foo + bar{nm='val'})[5m:] offset 10m offset 5m",
    "foo[5m:1m:1m]",
  ],
  ...[
    "foo[5m:0s]",
    "foo[5m][5m:]",
    "sum(foo[5m:])",
    "rate(foo[5m][1m])",
    "-=",
    "++-++-+-+-<",
    "e-+=/(0)",
    "foo bar",
    "foo{} {}",
  ],
  ...[
    '"double-quoted string \\" with escaped quote',
    '"\\c"',
    "`\\``",
    '"\\',
    "'\\\"'",
    "\"it's",
    "$NaN",
    "foo{a='b'} c",
    "a b c",
  ],
  ...[
    "time(1)",
    "pi(1)",
    "hour(1)",
    "clamp(x)",
    "round(x, y)",
    "quantile(x, y)",
    "histogram_quantile(x, 0.9)",
    "predict_linear(1, x[5m])",
  ],
  ...[
    "9".repeat(400),
    "foo offset 9.5e10",
    "foo[9.5e10]",
    'some_metric{a="\uFFFD"}',
    "label_replace(a, `b`, `\uFFFD`, `d`, `.*`)",
  ],
  ...[
    "@@",
    "1 or foo",
    "foo unless 1",
    "foo unless on(bar) group_right(baz) bar",
    "foo @ +Inf",
    "foo @ -Inf",
    "foo @ NaN",
  ],
  ...[
    "foo{__name__= =}",
    'foo{__name__ == "bar"}',
    'foo{__name__="bar" lol}',
    'foo{"a"=}',
    "some_metric[5m] @",
    "some_metric @ 1234 [5m]",
  ],
  ...[
    'sum by ("foo)(some_metric{})',
    'sum by ("")(foo)',
    "sum some_metric by (test)",
    "sum () by (test)",
    "topk(some_metric,)",
  ],
  ...[
    "sum without (test) (some_metric) by (test)",
    "rate(some_metric[5m]) @ 1234",
    "hour(some_metric, some_metric, some_metric)",
  ],
  ...[
    "time(some_metric)",
    "a>b()",
    "rate(avg)",
    '"\\x."',
    'foo{bar="baz"}[',
    "rate(food[1m])[1h] offset 1h",
    "rate(food[1m])[1h] @ 100",
  ],
  ...[
    "foo[step]",
    "foo[5s/0d]",
    "sum(",
    "sum(rate(",
    "foo[5s x 5s]",
    "1[5m] smoothed",
    "1[5m] anchored",
    "start()",
    "end()",
  ],
];

/** One query of each class of mistakes, and what is said of it. */
const EXPLAINED: readonly (readonly [kind: string, query: string, message: string])[] = [
  ["syntax", "sum(up", "1:7: unexpected the end of the query."],
  ["syntax, in a later line", "sum(\n  up\n) )", '3:3: unexpected ")".'],
  ["type", "rate(up)", "1:6: rate() needs a range vector, got an instant vector; add a range such as [5m]."],
  ["type of an operand", "up[5m] + 1", "1:1: + needs scalars or instant vectors, got a range vector."],
  ["type of a sign", "-up[5m]", "1:2: a sign needs a scalar or an instant vector, got a range vector."],
  ["arity", "floor(up, up)", "1:1: floor() needs 1 argument, got 2."],
  ["arity of an aggregation", "topk(up)", "1:1: topk needs 2 arguments, got 1."],
  ["function", "rat(up[5m])", '1:1: no function is called "rat". Did you mean rate()?'],
  ["label of a grouping", 'sum by ("") (up)', '1:1: "" is not a label name.'],
  ["label, twice", "a + on(b) group_left(b) c", "1:1: label b may not be in both on and group_left."],
  [
    "matchers that select all",
    '{job=~".*"}',
    "1:1: a selector needs at least one matcher that does not match the empty string.",
  ],
  ["name, twice", 'up{__name__="x"}', "1:4: the metric's name is set twice."],
  ["regular expression", 'up{a=~"("}', '1:4: "(" is not a regular expression of RE2: missing closing ): `(`.'],
  [
    "offset of what has none",
    "sum(up) offset 5m",
    "1:1: offset must follow a selector, a range selector or a subquery.",
  ],
  ["offset, twice", "up offset 1m offset 2m", "1:14: offset may not be set twice."],
  ["@, twice", "up @ 1 @ 2", "1:8: @ may not be set twice."],
  ["time of @", "up @ Inf", "1:6: the time after @ must be finite."],
  [
    "range of what has none",
    "sum(up)[5m]",
    "1:1: a range such as [5m] must follow a selector; use a subquery such as [5m:1m] for anything else.",
  ],
  ["duration of none", "up[0s]", "1:4: a duration must be above 0."],
  ["duration", "up[9.5e10]", '1:4: "9.5e10" is not a duration of at most 292 years.'],
  ["number", `1e999`, "1:1: a number must fit a double; write Inf for infinity."],
  ["matching of scalars", "1 + on(a) up", "1:1: on and ignoring need an instant vector on both sides."],
  ["grouping of sets", "a and on(b) group_left c", "1:1: and does not group; leave group_left out."],
  ["sets of scalars", "up and 1", "1:8: and needs an instant vector, got a scalar; wrap it in vector()."],
  ["bool", "up + bool 1", "1:1: bool may only follow a comparison."],
  ["comparison of scalars", "1 == 1", "1:1: a comparison of two scalars needs bool; write == bool."],
  ["string", '"\\c"', "1:1: \\c is not an escape in a string; write \\\\ for a backslash."],
  ["experimental", "mad_over_time(up[5m])", "1:1: mad_over_time() is experimental in Prometheus, and not supported."],
];

describe("parsePromql", () => {
  it.each(INVALID)("refuses %j with a position", (query) => {
    let message = "accepted";
    try {
      parsePromql(query);
    } catch (error) {
      expect(error).toBeInstanceOf(InvalidQueryError);
      message = (error as InvalidQueryError).message;
    }
    expect(message).toMatch(/^\d+:\d+: ./);
  });

  it.each(EXPLAINED)("says what is wrong: %s", (_, query, message) => {
    expect(thrownMessage(() => parsePromql(query))).toBe(`${message} In: ${query}`);
  });

  it.each([
    `1${"^1".repeat(5000)}`,
    `1${"+1".repeat(1000)}`,
    `${"-".repeat(600)}up`,
    `${"abs(".repeat(600)}up${")".repeat(600)}`,
    `${"sum(".repeat(3000)}up${")".repeat(3000)}`,
  ])("refuses what is nested too deeply: %.20s…", (query) => {
    expect(thrownMessage(() => parsePromql(query))).toMatch(
      /^1:\d+: (may be nested 500 levels deep at most|unexpected)/,
    );
  });

  it.each([
    ["foo[1]", "1:5: prom2 needs a unit in a duration, such as 5m."],
    ["some_metric[5m] offset 1", "1:24: prom2 needs a unit in a duration, such as 5m."],
    ["some_metric[5m] @ 1m", "1:19: prom2 has no durations as numbers; write seconds."],
    ["foo > 5m", "1:7: prom2 has no durations as numbers; write seconds."],
    ['{"a b"}', "1:2: prom2 has no names in quotes."],
  ])("refuses in prom2 alone: %s", (query, message) => {
    expect(thrownMessage(() => parsePromql(query, "prom2"))).toBe(`${message} In: ${query}`);
    expect(() => parsePromql(query, "prom3")).not.toThrow();
  });

  it("takes quoted labels of any text in a grouping", () => {
    expect(parsePromql('sum by ("a b") (up)')).toMatchObject({ labels: ["a b"] });
  });
});
