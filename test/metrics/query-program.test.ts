import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidOptionError, InvalidQueryError, UnknownMetricError } from "../../src/errors.js";
import { compileQueries, type QueryProgram } from "../../src/metrics/query-program.js";
import { SeriesSchema } from "../../src/metrics/series.js";
import type { SeriesStore } from "../../src/metrics/series-store.js";
import { FEATURE_QUERIES, FEATURE_SCHEMA } from "./promql/feature-set.js";

const schema = new SeriesSchema([
  { name: "requests_total", labels: { service: "web", code: "200" } },
  { name: "requests_total", labels: { service: "web", code: "503" } },
  { name: "up", labels: { instance: "web-1" }, optional: true },
  { name: "up", labels: { instance: "web-2" }, optional: true },
]);
const intervals = { stepSeconds: 60, scrapeSeconds: 20 };
const compile = (...queries: string[]): QueryProgram => compileQueries(queries, schema, intervals);

describe("compileQueries", () => {
  it("refuses a query that can give several series, and lists them", () => {
    expect(() => compile("rate(requests_total[1m])")).toThrow(
      new InvalidQueryError(
        "rate(requests_total[1m])",
        1,
        1,
        'must give one value, but can give 2 series: {code="200", service="web"}, {code="503", service="web"}. Aggregate, as with sum(), or select one.',
      ),
    );
  });
  it("refuses a query that never gives a value, and lists what is declared", () => {
    expect(() => compile('up{instance="web-3"}')).toThrow(
      '1:1: never gives a value here: no series matches; declared are up{instance="web-1"}, up{instance="web-2"}. In: up{instance="web-3"}',
    );
  });
  it("names the nearest metric where one is not declared", () => {
    expect(() => compile("sum(request_total)")).toThrow(
      new UnknownMetricError("request_total", ["requests_total", "up"]),
    );
  });
  it("refuses a match of many to one", () => {
    expect(() => compile("sum(up / on() up)")).toThrow(
      '1:5: / matches one to one, but the right side has up{instance="web-1"} and up{instance="web-2"}; aggregate them, or match on more labels. In: sum(up / on() up)',
    );
  });
  it.each([
    [
      "topk(2, up)",
      '1:1: must give one value, but can give 2 series: up{instance="web-1"}, up{instance="web-2"}. Aggregate, as with sum(), or select one.',
    ],
    [
      "topk(0, up)",
      '1:1: never gives a value here: no series matches; declared are up{instance="web-1"}, up{instance="web-2"}.',
    ],
    [
      "max_over_time(up[5m:1m])",
      '1:1: must give one value, but can give 2 series: {instance="web-1"}, {instance="web-2"}. Aggregate, as with sum(), or select one.',
    ],
    [
      "max_over_time(topk(1, up)[5m:1m])",
      '1:1: must give one value, but can give 2 series: {instance="web-1"}, {instance="web-2"}. Aggregate, as with sum(), or select one.',
    ],
    [
      "up and up",
      '1:1: must give one value, but can give 2 series: up{instance="web-1"}, up{instance="web-2"}. Aggregate, as with sum(), or select one.',
    ],
    [
      'sum(count_values("v", up) + on(v) vector(1))',
      "1:5: the label that count_values makes is not known beforehand; aggregate its result first.",
    ],
    [
      'sum(label_replace(up, "instance", "", "", ""))',
      "1:5: the result has two series up; aggregate, or select one metric.",
    ],
    [
      "up * on() group_left topk(1, up)",
      '1:1: must give one value, but can give 2 series: {instance="web-1"}, {instance="web-2"}. Aggregate, as with sum(), or select one.',
    ],
    ["sum(histogram_sum(up))", "1:5: histogram_sum() needs native histograms, which are not supported."],
    [
      "sum(double_exponential_smoothing(up[5m], 2, 0.5))",
      "1:42: double_exponential_smoothing() needs smoothing factors between 0 and 1, got 2.",
    ],
    ["sum(up[5m] == 1)", "1:5: == needs scalars or instant vectors, got a range vector."],
  ])("says why %s is refused", (query, message) => {
    expect(() => compile(query)).toThrow(`${message} In: ${query}`);
  });
  it("puts the step in for $__step and refuses unknown variables", () => {
    expect(() => compile("up[$__step]")).toThrow("In: up[60s]");
    expect(() => compile("sum(rate(up[$__interval]))")).toThrow(
      "1:13: unknown variable $__interval; known are $__step, $__scrape, $__rate_interval. In: sum(rate(up[$__interval]))",
    );
  });
  it("refuses a step that is not a multiple of the scrape interval", () => {
    expect(() => compileQueries(["sum(up)"], schema, { stepSeconds: 60, scrapeSeconds: 25 })).toThrow(
      new InvalidOptionError("stepSeconds", "a multiple of 25 (scrapeSeconds)", 60),
    );
  });
  it("records only the series that queries need, for as long as they need them", () => {
    const program = compile('rate(requests_total{code="503"}[2m])', "sum(up)");
    expect([...program.recorded]).toEqual([1, 2, 3]);
    expect(program.ringSamples).toBe(6);
  });
  it("refuses a store of another program", () => {
    const store = compile("sum(up)").createStore(1);
    expect(() => compile("sum(up)").evaluate(store, new Float64Array(1))).toThrow(InvalidOptionError);
  });
});

describe("offset by whole steps", () => {
  const queries = [
    "sum(rate(requests_total[1m]))",
    "sum(rate(requests_total[1m] offset 2m)) + sum(up offset 2m)",
    "sum(up)",
  ];
  it("gives what was evaluated that many steps ago, and nothing before", () => {
    const program = compile(...queries);
    const store = program.createStore(1);
    const out = new Float64Array(3);
    const earlier: number[] = [];
    for (let k = 0; k < 40; k++) {
      store.scrape(Float64Array.of(k * k, k, k % 7, 2), null);
      if (k % 3 !== 0) continue;
      program.evaluate(store, out);
      earlier.push(out[0]! + out[2]!);
      expect(out[1]).toBe(k < 9 ? Number.NaN : earlier.at(-3));
    }
  });
  it("forgets the results of the last episode", () => {
    const program = compile(queries[1]!);
    const store = program.createStore(1);
    const out = new Float64Array(1);
    for (let k = 0; k < 30; k++) {
      store.scrape(Float64Array.of(k, k, 1, 1), null);
      if (k % 3 === 0) program.evaluate(store, out);
    }
    expect(out[0]).not.toBeNaN();
    store.reset(0);
    for (let k = 0; k < 8; k++) store.scrape(Float64Array.of(k, k, 1, 1), null);
    program.evaluate(store, out);
    expect(out[0]).toBeNaN();
  });
});

/** Queries of both kinds: compiled ones, and ones that are not. */
const QUERIES: readonly string[] = [
  ...FEATURE_QUERIES,
  "max_over_time(sum(rate(http_requests_total[$__rate_interval]))[10m:])",
  "topk(1, infra_gym_replicas)",
  "time() - timestamp(infra_gym_slots offset 3m)",
];

/** Runs environments that are reset at different steps; gives all results. */
function run(
  program: QueryProgram,
  seeds: readonly number[],
  watch?: (store: SeriesStore, step: number) => void,
): number[][] {
  const store = program.createStore(seeds.length);
  const { numEnvs } = store;
  const current = new Float64Array(FEATURE_SCHEMA.size * numEnvs);
  const out = new Float64Array(QUERIES.length * numEnvs);
  const results: number[][] = seeds.map(() => []);
  const sample = (env: number, k: number): void => {
    const seed = seeds[env]!;
    for (let s = 0; s < FEATURE_SCHEMA.size; s++)
      current[s * numEnvs + env] = Math.floor((k * (s + seed)) / 3) + (s % 5);
  };
  const since = seeds.map(() => 0);
  for (let step = 0; step < 50; step++) {
    for (let tick = 0; tick < 4; tick++) {
      seeds.forEach((_, env) => {
        sample(env, since[env]!++);
      });
      store.scrape(current, null);
    }
    seeds.forEach((seed, env) => {
      if (step % (10 + seed) !== seed) return;
      store.reset(env, step * 60);
      since[env] = 0;
      sample(env, since[env]!++);
      store.scrape(current, null, env, env + 1);
    });
    watch?.(store, step);
    program.evaluate(store, out);
    seeds.forEach((_, env) => {
      for (let q = 0; q < QUERIES.length; q++) results[env]!.push(out[q * numEnvs + env]!);
    });
  }
  return results;
}

describe("QueryProgram over many environments", () => {
  const program = compileQueries(QUERIES, FEATURE_SCHEMA, { stepSeconds: 60, scrapeSeconds: 15 });
  it("gives each environment what it would get alone, whenever the others are reset", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 2, maxLength: 6 }), (seeds) => {
        const together = run(program, seeds);
        seeds.forEach((seed, env) => {
          expect(together[env]).toEqual(run(program, [seed])[0]);
        });
      }),
      { numRuns: 15 },
    );
  });
  it("goes on from a snapshot as if nothing had happened, whole or one environment", () => {
    const plain = run(program, [3, 5]);
    const whole = run(program, [3, 5], (store, step) => {
      if (step % 7 === 0) store.restore(structuredClone(store.snapshot()));
    });
    const one = run(program, [3, 5], (store, step) => {
      if (step % 7 !== 0) return;
      const saved = store.snapshot(1);
      store.reset(1);
      store.restore(saved, 1);
    });
    expect(whole).toEqual(plain);
    expect(one).toEqual(plain);
  });
  it("gives the same result when it is evaluated again", () => {
    const store = program.createStore(1);
    const [first, second] = [new Float64Array(QUERIES.length), new Float64Array(QUERIES.length)];
    for (let k = 0; k < 100; k++) store.scrape(new Float64Array(FEATURE_SCHEMA.size).fill(k), null);
    program.evaluate(store, first);
    program.evaluate(store, second);
    expect(second).toEqual(first);
  });
});
