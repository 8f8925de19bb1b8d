import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ExpositionLimits, parseExposition, writeExposition } from "../../../src/metrics/exposition/index.js";
import { thrownMessage } from "../../thrown-message.js";
import { noPromtool } from "../prometheus-tools.js";
import { arbitraryFamilies } from "./families.js";

const text = (body: string, limits: ExpositionLimits = {}) => parseExposition(body, { format: "text", limits });
const open = (body: string) => parseExposition(`${body}# EOF\n`, { format: "openmetrics" });

describe("parseExposition", () => {
  it("reads families, labels with escapes, numbers of every spelling, and timestamps", () => {
    const body = [
      "# HELP http_requests_total Requests \\\\ by\\ncode.",
      "# TYPE http_requests_total counter",
      'http_requests_total{code="200",path="C:\\\\a\\"b\\nc",} 1.5e3 1395066363000',
      "# a comment",
      "",
      '  other\t{ a = "b" } +Inf  ',
      "minus -.5",
      "not_a_number NaN -1000",
      "",
    ].join("\n");
    expect(text(body)).toEqual([
      {
        name: "http_requests_total",
        type: "counter",
        help: "Requests \\ by\ncode.",
        samples: [
          {
            name: "http_requests_total",
            labels: new Map([
              ["code", "200"],
              ["path", 'C:\\a"b\nc'],
            ]),
            value: 1500,
            timestampSeconds: 1395066363,
          },
        ],
      },
      { name: "other", type: "unknown", samples: [{ name: "other", labels: new Map([["a", "b"]]), value: Infinity }] },
      { name: "minus", type: "unknown", samples: [{ name: "minus", labels: new Map(), value: -0.5 }] },
      {
        name: "not_a_number",
        type: "unknown",
        samples: [{ name: "not_a_number", labels: new Map(), value: Number.NaN, timestampSeconds: -1 }],
      },
    ]);
  });

  it("reads OpenMetrics with units, created series, exemplars and timestamps in seconds", () => {
    const body = [
      "# TYPE wait_seconds histogram",
      "# UNIT wait_seconds seconds",
      '# HELP wait_seconds Time \\"waited\\".',
      'wait_seconds_bucket{le="0.1"} 8 1.5 # {trace_id="KOO5S4vxi0o"} 0.067 1.25',
      'wait_seconds_bucket{le="+Inf"} 9 1.5 # {} 3.5',
      "wait_seconds_sum 4.25 1.5",
      "wait_seconds_created 1.25 1.5",
      "# TYPE done counter",
      'done_total{a="b"} 17.0',
      "# TYPE build info",
      'build_info{version="1"} 1',
      "",
    ].join("\n");
    const [histogram, counter, info] = open(body);
    expect(histogram).toMatchObject({
      name: "wait_seconds",
      type: "histogram",
      unit: "seconds",
      help: 'Time "waited".',
    });
    expect(histogram!.samples[0]).toEqual({
      name: "wait_seconds_bucket",
      labels: new Map([["le", "0.1"]]),
      value: 8,
      timestampSeconds: 1.5,
      exemplar: { labels: new Map([["trace_id", "KOO5S4vxi0o"]]), value: 0.067, timestampSeconds: 1.25 },
    });
    expect(histogram!.samples.map(({ name }) => name).slice(1)).toEqual([
      ...["wait_seconds_bucket", "wait_seconds_sum", "wait_seconds_created"],
    ]);
    expect([counter!.type, counter!.samples[0]!.name, info!.type]).toEqual(["counter", "done_total", "info"]);
  });

  it.each(["text", "openmetrics"] as const)("undoes writeExposition: %s", (format) => {
    fc.assert(
      fc.property(arbitraryFamilies(format), (families) => {
        expect(parseExposition(writeExposition(families, format), { format })).toEqual(families);
      }),
      { numRuns: 300 },
    );
  });

  it("never fails but by refusing, whatever the text", () => {
    const line = fc.oneof(
      fc.string(),
      fc.string({ unit: fc.constantFrom(...'# TYPEHLa_{}="\\,1. \t+-eINaN'), maxLength: 40 }),
      fc.constantFrom("# TYPE a counter", "# HELP a b", "# UNIT a_s s", "a 1", 'a{b="c"} 1 2', "# EOF"),
    );
    const format = fc.constantFrom("text" as const, "openmetrics" as const);
    fc.assert(
      fc.property(fc.array(line), format, (lines, chosen) => {
        try {
          parseExposition(`${lines.join("\n")}\n`, { format: chosen });
        } catch (error) {
          expect((error as Error).name).toBe("INFRA_GYM_INVALID_EXPOSITION");
        }
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ["a 1", "1: the text ends in the middle of a line."],
    ["9a 1\n", '1: expected a metric\'s name, got "9a 1".'],
    ["a\n", "1: expected a value, got the end of the line."],
    ["a 1x\n", '1: expected a value, got "1x".'],
    ["a 0x10\n", '1: expected a value, got "0x10".'],
    ["a 1 2 3\n", '1: expected a value and at most a timestamp, got "1 2 3".'],
    ["a 1 1.5\n", '1: expected a timestamp in whole milliseconds, got "1.5".'],
    ['a{b="c" 1\n', "1: expected , or } after the value of the label b."],
    ['a{b="c\n', "1: the value of the label b has no closing quote."],
    ['a{b="c\\t"} 1\n', "1: the value of the label b has an unknown escape."],
    ["a{b=c} 1\n", "1: expected the value of the label b in double quotes."],
    ["a{b} 1\n", "1: expected = after the label b."],
    ['a{"b"="c"} 1\n', "1: quoted names are not supported; write names of letters, digits and _."],
    ["a{-} 1\n", '1: expected a label\'s name, got "-".'],
    ['a{b="c",b="d"} 1\n', "1: the label b comes twice in one series."],
    ['a{b="1",c="2"} 1\na{c="2",b="1"} 2\n', "2: the series a comes twice."],
    ["a 1 2000\na 1 1000\n", "2: a sample of a at 1 s does not come after the one at 2 s."],
    ["# TYPE a countr\n", '1: there is no type "countr". Did you mean "counter"?'],
    ["# TYPE a info\n", '1: there is no type "info". Known: counter, gauge, histogram, summary, untyped.'],
    ["# TYPE a gauge\n# TYPE a gauge\n", "2: a has a second TYPE line."],
    ["# HELP a b\n# HELP a b\n", "2: a has a second HELP line."],
    ["a 1\n# TYPE a gauge\n", "2: the TYPE line of a comes after its samples."],
    ["# HELP a \\x\n", "1: the help has an unknown escape."],
    ["# TYPE a histogram\na 1\n", "2: a is a histogram: its samples are called a_bucket, a_sum, a_count."],
  ])("refuses %j", (body, message) => {
    expect(thrownMessage(() => text(body))).toBe(`metrics:${message}`);
  });

  it.each([
    ["a 1\n\n", "2: an empty line is not allowed in OpenMetrics."],
    ["# hello\n", '1: expected # TYPE, # HELP, # UNIT or # EOF, got "# hello". Known: # EOF.'],
    ["# TYPE a counter\na 1\n", "2: a is a counter: its samples are called a_total, a_created."],
    ["# UNIT a_seconds bytes\n", "1: a_seconds must end in its unit, _bytes."],
    ['# TYPE a gauge\na 1\n# TYPE b gauge\nb 1\na{c="d"} 1\n', "5: the lines of a do not stand together."],
    ["# TYPE a gauge\n# TYPE b gauge\n# HELP a x\n", "3: the lines of a do not stand together."],
    ["# TYPE a gauge\na 1 # {} 1\n", "2: a may not have an exemplar: only counters and buckets have."],
    ["# TYPE a counter\na_total 1 # 1\n", "2: expected an exemplar's labels in braces after #."],
    [
      `# TYPE a counter\na_total 1 # {b="${"x".repeat(128)}"} 1\n`,
      "2: an exemplar's labels have 129 characters; 128 are allowed.",
    ],
    ["a 1 NaN\n", '1: expected a finite timestamp, got "NaN".'],
    ["# EOF\na 1\n", "2: nothing may follow # EOF."],
  ])("refuses in OpenMetrics %j", (body, message) => {
    expect(thrownMessage(() => open(body))).toBe(`metrics:${message}`);
  });

  it("refuses OpenMetrics that is cut off between two lines", () => {
    expect(thrownMessage(() => parseExposition("a 1\n", { format: "openmetrics", source: "a.om" }))).toBe(
      "a.om:1: the text ends without # EOF: the rest is missing.",
    );
  });

  it.each<[string, ExpositionLimits, string, string]>([
    ["a 1\n", { maxLength: 3 }, "maxLength", "1: the text is longer than maxLength, 3."],
    [`a{b="${"x".repeat(70_000)}`, {}, "maxLineLength", "1: a line is longer than maxLineLength, 65536."],
    [
      Array.from({ length: 100_001 }, (_, k) => `a{b="${k}"} 1\n`).join(""),
      {},
      "maxSeries",
      "100001: there are more series than maxSeries, 100000.",
    ],
    ["a 1 1\na 1 2\na 1 3\n", { maxSamples: 2 }, "maxSamples", "3: there are more samples than maxSamples, 2."],
    ['a{b="c",d="e"} 1\n', { maxLabels: 1 }, "maxLabels", "1: a series has more labels than maxLabels, 1."],
  ])("cuts off what passes a limit, and names it", (body, limits, limit, message) => {
    const refused = expect.objectContaining({ limit, message: `metrics:${message}` });
    expect(() => text(body, limits)).toThrow(refused);
  });

  it("refuses limits that are none", () => {
    expect(thrownMessage(() => text("", { maxSeries: 0 }))).toBe(
      "Expected maxSeries to be an integer from 1, got 0 (number).",
    );
  });

  it.skipIf(noPromtool)(
    `refuses what promtool refuses, and series that come twice${noPromtool === undefined ? "" : `; ${noPromtool}`}`,
    () => {
      const bodies = [
        "",
        "a 1\n",
        "a 1",
        "a 1 2\n",
        "a 1 2 3\n",
        "a 1.5e3 -7\n",
        'a\t{ b = "c" , } 1\n',
        "a{} 1\n",
        'a{b="c"}1\n',
        'a{b="c\\"d\\\\e\\nf"} 1\n',
        'a{b="c\\t"} 1\n',
        'a{b="c",b="d"} 1\n',
        'a{b="c"} 1\na{b="c"} 2\n',
        "a{b=c} 1\n",
        'a{b="c" d="e"} 1\n',
        'a{b="c"\n',
        "a +Inf\n",
        "a -inf\n",
        "a nan\n",
        "a infinite\n",
        "a 1,5\n",
        "9a 1\n",
        "a-b 1\n",
        "a:b 1\n",
        "# a comment\n\n  a 1\n",
        "#HELP a b\n",
        "# HELP a b\\\\c\\nd\na 1\n",
        "# TYPE a gauge\na 1\n",
        "# TYPE a gauge\n# TYPE a gauge\na 1\n",
        "# TYPE a strange\na 1\n",
        "a 1\n# TYPE a gauge\n",
        '# TYPE a histogram\na_bucket{le="1"} 1\na_bucket{le="+Inf"} 1\na_sum 1\na_count 1\n',
        '# TYPE a summary\na{quantile="0.5"} 1\na_sum 1\na_count 1\n',
      ];
      const differences = bodies.filter((body) => {
        const { status } = spawnSync("promtool", ["check", "metrics"], { input: body });
        return (thrownMessage(() => text(body)) === "nothing thrown") !== (status === 0 || status === 3);
      });
      // Prometheus refuses a series that comes twice when it scrapes, not when it reads.
      expect(differences).toEqual(['a{b="c"} 1\na{b="c"} 2\n']);
    },
  );
});
