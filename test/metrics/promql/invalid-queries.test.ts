import { describe, expect, it } from "vitest";
import { InvalidQueryError } from "../../../src/errors.js";
import { parsePromql } from "../../../src/metrics/promql/parse.js";

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
});
