/** What evaluating the features of a step costs: few features over one environment, many over many. @module */
import { compile } from "../src/envs/compile.js";
import { threeTierDefinition, webServiceDefinition } from "../src/envs/index.js";
import { type EnvDefinition, InfraVectorEnv } from "../src/index.js";
import { compileQueries, LATENCY_BUCKETS, SeriesSchema, type SeriesSpec } from "../src/metrics/index.js";
import { featureProgram, fillStore } from "../test/metrics/promql/feature-set.js";
import { type Measurement, measure, perSecond } from "./figure.js";

const STEPS = 200_000;
const RATE = "[$__rate_interval]";
const LATENCY = "http_request_duration_seconds";

/** Eight features of a dashboard: three quantiles, three rates, two means. */
const QUERIES: readonly string[] = [
  ...[0.5, 0.95, 0.99].map((q) => `histogram_quantile(${q}, sum by (le) (rate(${LATENCY}_bucket${RATE})))`),
  `sum(rate(http_requests_total${RATE}))`,
  `sum(rate(http_requests_total{code="503"}${RATE}))`,
  `sum(rate(${LATENCY}_sum${RATE}))`,
  "avg(http_requests_in_flight)",
  "avg(infra_gym_slots)",
];

/** The series of one instance: 18 buckets, sum, two counters, two gauges. */
function seriesOf(instance: string): SeriesSpec[] {
  const bounds = [...LATENCY_BUCKETS.slice(0, 17).map(String), "+Inf"];
  return [
    ...bounds.map((le) => ({ name: `${LATENCY}_bucket`, labels: { instance, le } })),
    { name: `${LATENCY}_sum`, labels: { instance } },
    ...["200", "503"].map((code) => ({ name: "http_requests_total", labels: { instance, code } })),
    { name: "http_requests_in_flight", labels: { instance } },
    { name: "infra_gym_slots", labels: { instance } },
  ];
}

/** Steps of one environment: a scrape of all series, then all queries. */
async function stepsPerSecond(series: readonly SeriesSpec[]): Promise<number> {
  const program = compileQueries(QUERIES, new SeriesSchema(series), { stepSeconds: 60, scrapeSeconds: 60 });
  const store = program.createStore(1);
  const current = new Float64Array(series.length);
  const out = new Float64Array(QUERIES.length);
  const steps = (count: number): void => {
    for (let k = 0; k < count; k++) {
      for (let i = 0; i < current.length; i++) current[i] = current[i]! + 100 + (i & 31);
      store.scrape(current, null);
      program.evaluate(store, out);
    }
  };
  steps(STEPS / 10);
  const rate = await perSecond(STEPS, () => steps(STEPS));
  if (!out.every(Number.isFinite)) throw new RangeError(`expected finite features, got ${out}`);
  return rate;
}

/** Six instances of 23 series, and three series without one. */
const MANY: readonly SeriesSpec[] = [
  ...["0", "1", "2", "3", "4", "5"].flatMap(seriesOf),
  ...["a", "b", "c"].map((instance) => ({ name: "infra_gym_slots", labels: { instance } })),
];

/** Nanoseconds per environment and step to evaluate an environment's 35 features over 52 series. */
async function featureNanoseconds(numEnvs: number): Promise<number> {
  const { program, current } = featureProgram(numEnvs, 5);
  const store = program.createStore(numEnvs);
  const out = new Float64Array(program.queries.length * numEnvs);
  fillStore(program, store, current, out, 40);
  const rounds = Math.ceil(200_000 / numEnvs);
  const rate = await perSecond(rounds * numEnvs, () => {
    for (let k = 0; k < rounds; k++) program.evaluate(store, out);
  });
  return 1e9 / rate;
}

/** Nanoseconds per environment and step of one query that is evaluated sample by sample: ten minutes of a rate over 18 series. */
async function generalNanoseconds(): Promise<number> {
  const query = "max_over_time(sum(rate(http_request_duration_seconds_bucket[$__rate_interval]))[10m:])";
  const schema = new SeriesSchema(seriesOf("0"));
  const program = compileQueries([query], schema, { stepSeconds: 60, scrapeSeconds: 60 });
  const store = program.createStore(1);
  const out = new Float64Array(1);
  const current = new Float64Array(schema.size);
  const rate = await perSecond(5000, () => {
    for (let k = 0; k < 5000; k++) {
      store.scrape(current.fill(k), null);
      program.evaluate(store, out);
    }
  });
  return 1e9 / rate;
}

/** What part of a step of 256 environments goes into their features' queries, with actions that change nothing. */
async function featureShare(definition: EnvDefinition, hold: readonly number[]): Promise<number> {
  const { program } = compile(definition).prepared;
  const { evaluate } = program;
  let inQueries = 0;
  program.evaluate = (...args) => {
    const started = performance.now();
    evaluate(...args);
    inQueries += performance.now() - started;
  };
  const env = new InfraVectorEnv(definition, { numEnvs: 256 });
  const actions = Int32Array.from({ length: 256 * hold.length }, (_, i) => hold[i % hold.length]!);
  await env.reset({ seed: 1 });
  for (let step = 0; step < 100; step++) await env.step(actions);
  inQueries = 0;
  const started = performance.now();
  for (let step = 0; step < 300; step++) await env.step(actions);
  const all = performance.now() - started;
  await env.close();
  return inQueries / all;
}

/** Figures of this file. */
export const measurements: readonly Measurement[] = [
  measure("promql23.stepsPerSecond", "steps/s", () => stepsPerSecond(seriesOf("0"))),
  measure("promql141.stepsPerSecond", "steps/s", () => stepsPerSecond(MANY)),
  measure("promqlFeatures35.nanosecondsAt1", "ns", () => featureNanoseconds(1)),
  measure("promqlFeatures35.nanosecondsAt256", "ns", () => featureNanoseconds(256)),
  measure("promqlGeneral.nanoseconds", "ns", generalNanoseconds),
  measure("promqlShare.webService256", "of a step", () => featureShare(webServiceDefinition(), [4, 1])),
  measure("promqlShare.threeTier256", "of a step", () => featureShare(threeTierDefinition(), [2, 4, 1])),
];
