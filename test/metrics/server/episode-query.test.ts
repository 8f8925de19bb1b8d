/** What a live server is asked in place of a definition's query. */
import { describe, expect, it } from "vitest";
import { InvalidOptionError } from "../../../src/errors.js";
import { parsePromql } from "../../../src/metrics/index.js";
import { episodeQuery } from "../../../src/metrics/server/episode-query.js";
import { printPromql } from "../../../src/metrics/server/print-promql.js";

const START = 1_000_000;
/** The query an hour into an episode, in real time, unless told otherwise. */
function asked(query: string, view: { timeScale?: number; afterMs?: number; absent?: string[] } = {}): string {
  const { timeScale = 1, afterMs = 3_600_000, absent = [] } = view;
  return episodeQuery(parsePromql(query), { timeScale, startMs: START, nowMs: START + afterMs, absent });
}

describe("episodeQuery", () => {
  it("divides ranges and offsets by the time scale", () => {
    expect(asked('max_over_time(x{a="b"}[1m] offset 3m)', { timeScale: 12 })).toBe(
      'max_over_time({__name__="x", a="b"}[5000ms] offset 15000ms)',
    );
    expect(asked("max_over_time(rate(x[1m])[10m:30s] offset 1m)", { timeScale: 10 })).toBe(
      'max_over_time((rate({__name__="x"}[6000ms]))[60000ms:3000ms] offset 6000ms)',
    );
  });

  it("cuts ranges where the episode began, and finds nothing before it", () => {
    expect(asked("rate(x[10s])", { afterMs: 4000 })).toBe('rate({__name__="x"}[4000ms])');
    expect(asked("rate(x[10s] offset 5s)", { afterMs: 4000 })).toBe(
      'rate({__name__="x", infra_gym_nothing="nothing"}[10000ms] offset 5000ms)',
    );
    expect(asked("x offset 5s", { afterMs: 4000 })).toBe('{__name__="x", infra_gym_nothing="nothing"} offset 5000ms');
    expect(asked("sum_over_time(x[10s:1s])", { afterMs: 4000 })).toBe('sum_over_time(({__name__="x"})[4000ms:1000ms])');
  });

  it("takes no sample from before the episode for an instant in its first five minutes", () => {
    expect(asked("x", { afterMs: 4000 })).toBe('({__name__="x"} and (timestamp({__name__="x"}) >= 1000))');
    expect(asked("x")).toBe('{__name__="x"}');
  });

  it("leaves empty places out of what is said of targets", () => {
    expect(asked("sum(up)", { absent: ["web-1", "127.0.0.2:80"] })).toBe(
      'sum by () ({__name__="up", instance!~"web-1|127\\\\.0\\\\.0\\\\.2:80"})',
    );
    expect(asked("sum(node_load1)", { absent: ["web-1"] })).toBe('sum by () ({__name__="node_load1"})');
  });

  it("sums what the catalogue keeps per service over what exports it, and leaves other metrics alone", () => {
    expect(asked('infra_gym_backlog_requests{service="web"}')).toBe(
      'sum without (instance, job) ({__name__="infra_gym_backlog_requests", service="web"})',
    );
    expect(asked("rate(http_requests_total[1m])")).toBe(
      'sum without (instance, job) (rate({__name__="http_requests_total"}[60000ms]))',
    );
    expect(asked("max_over_time(infra_gym_slots[1m])")).toBe('max_over_time({__name__="infra_gym_slots"}[60000ms])');
    expect(asked('infra_gym_slots{instance="a"}')).toBe('{__name__="infra_gym_slots", instance="a"}');
    expect(asked("node_memory_MemTotal_bytes")).toBe('{__name__="node_memory_MemTotal_bytes"}');
  });

  it("refuses a time scale that is none", () => {
    expect(() => asked("x", { timeScale: 0 })).toThrow(InvalidOptionError);
  });
});

describe("printPromql", () => {
  it.each([
    "1 + 2 * x ^ 2 ^ 3",
    "-x ^ 2",
    'x{a=~"b|c", d!="\\"\\n\\\\"} offset -5m',
    "x @ 12.5 offset 1m",
    "x[5m] @ end()",
    "rate(x[5m])[1h:] @ start()",
    "topk by (a) (3, x) > bool on (a) group_left (b) y or ignoring () z unless w",
    "sum without () (quantile(0.9, x))",
    'label_replace(x, "a", "$1", "b", "(.*)")',
    "histogram_quantile(+Inf, sum by (le) (rate(x_bucket[1m])))",
    "NaN - -Inf",
    "time() - timestamp(x)",
    "absent(x) == 1",
  ])("writes %s so that parsing gives the same tree", (query) => {
    const plain = (tree: unknown): unknown =>
      JSON.parse(
        JSON.stringify(tree, (key, value) =>
          key === "from" || key === "to"
            ? undefined
            : typeof value === "number" && !Number.isFinite(value)
              ? String(value)
              : value,
        ),
      );
    expect(plain(parsePromql(printPromql(parsePromql(query))))).toEqual(plain(parsePromql(query)));
  });
});
