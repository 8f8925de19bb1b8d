/** Every feature by its two paths: the environment's program, and the general evaluation of what the environment showed. @module */
import { describe, expect, it } from "vitest";
import { SimulatedBackend } from "../../src/backends/index.js";
import { defineEnv, type EnvDefinition, type Feature, InfraEnv, InfraVectorEnv } from "../../src/envs/index.js";
import { webServiceDefinition } from "../../src/envs/web-service/definition.js";
import { evaluatePromql, type PromqlProfile, SampleSet, substituteVariables } from "../../src/metrics/index.js";
import { isCompilable } from "../../src/metrics/promql/general-parts.js";
import { parsePromql } from "../../src/metrics/promql/parse.js";
import { SeriesRecorder } from "../../src/metrics/series-recorder.js";

const STEPS = 40;
const RATE = "rate(http_requests_total[$__rate_interval])";
const WEB = '{service="web"}';

/** Queries as dashboards have them, with all that is not compiled. */
const DASHBOARD: readonly string[] = [
  `max_over_time(sum(${RATE})[10m:])`,
  `avg_over_time(sum(${RATE})[10m:$__step])`,
  `quantile_over_time(0.9, (sum(${RATE}) or vector(0))[7m:30s] offset 90s)`,
  `predict_linear(infra_gym_backlog_requests${WEB}[5m], 60)`,
  `predict_linear(infra_gym_backlog_requests${WEB}[5m], scalar(infra_gym_slots${WEB}))`,
  `deriv(sum(infra_gym_replicas${WEB})[5m:1m])`,
  `absent(up{service="web", instance="web-3"})`,
  `absent_over_time(up{service="web", instance="web-9"}[3m])`,
  `absent_over_time(sum(up{instance="web-9"})[3m:1m])`,
  "absent(no_such_metric)",
  "hour()",
  "day_of_week(infra_gym_time_seconds)",
  "minute(infra_gym_time_seconds) + month() + days_in_month() / year()",
  "time() - timestamp(infra_gym_slots)",
  "topk(1, up)",
  'sum(topk(3, 1 - rate(node_cpu_seconds_total{mode="idle"}[2m])))',
  "sort_desc(bottomk(1, node_memory_MemAvailable_bytes))",
  'count(count_values("free", node_memory_MemAvailable_bytes))',
  'max(rate(node_cpu_seconds_total{mode="user"}[2m]) * on(instance) group_left() up)',
  "max(up * on(service) group_left(type) count by (service, type) (up))",
  "max(node_memory_MemTotal_bytes / on() group_left topk(1, node_memory_MemAvailable_bytes))",
  "topk(1, up) + on(instance) up",
  "sum(count by (service) (up) + on(service) group_right up)",
  `sum(up) and on() infra_gym_replicas{service="web", status="ready"} > 8`,
  `sum(up unless on(instance) topk(2, node_memory_MemAvailable_bytes))`,
  `max by (node) (label_replace(up, "node", "$1", "instance", "web-(3)")) and on(node) label_replace(vector(1), "node", "3", "", "")`,
  'count(label_join(up, "where", "/", "service", "instance"))',
  "sum(infra_gym_slots @ end()) - sum(infra_gym_slots @ start() offset 1m)",
  "sum(infra_gym_replicas @ 1704413100)",
  "sum(rate(http_requests_total[5m] @ 1704413700))",
  `histogram_quantile(scalar(vector(0.9)), sum by (le) (rate(http_request_duration_seconds_bucket[$__rate_interval])))`,
  `sum(rate(http_requests_total[2m] offset 5m)) or vector(-1)`,
  `scalar(sum(rate(http_requests_total[2m] offset 5m))) > bool 100`,
  "sum(infra_gym_slots offset 7m13s)",
  "sum(infra_gym_slots) atan2 sum(up)",
  "vector(1) / (sum(up) - sum(up))",
];
/** Queries that never have a value. */
const EMPTY: readonly string[] = ["0 / 0 * sum(up)", "sum(up) > 500", "sum(infra_gym_slots) unless vector(1)"];
const PROM3_ONLY = [
  `first_over_time(infra_gym_replicas{service="web", status="ready"}[10m])`,
  "histogram_fraction(0, 0.25, sum by (le) (rate(http_request_duration_seconds_bucket[$__rate_interval])))",
  `double_exponential_smoothing(infra_gym_backlog_requests${WEB}[10m], 0.5, 0.5)`,
];

function definitionWith(promqlProfile: PromqlProfile): EnvDefinition {
  const base = webServiceDefinition({ promqlProfile });
  const queries = promqlProfile === "prom3" ? [...EMPTY, ...DASHBOARD, ...PROM3_ONLY] : [...EMPTY, ...DASHBOARD];
  const features = queries.map((promql, k): Feature => ({ name: `q${k}`, promql, low: -1e12, high: 1e12, unit: "" }));
  return defineEnv({ ...base, features: [...base.features, ...features], scrapeSeconds: 15 });
}

function generalValue(query: string, source: SampleSet, timeSeconds: number, profile: PromqlProfile): number {
  const result = evaluatePromql(query, source, { timeSeconds, profile });
  if (result.resultType === "scalar") return result.result[1];
  if (result.resultType !== "vector" || result.result.length > 1) throw new TypeError(`expected one value of ${query}`);
  return result.result[0]?.value[1] ?? Number.NaN;
}

describe.each(["prom3", "prom2"] as const)("the features of WebService-v0 and a dashboard's, by %s", (profile) => {
  const definition = definitionWith(profile);
  const queries = definition.features.map(({ promql }) => substituteVariables(promql, definition));

  it("are to the bit what the general evaluation gives for the samples shown", async () => {
    const backend = new SimulatedBackend();
    const recorder = new SeriesRecorder();
    backend.watch((scrape) => recorder.add(scrape));
    const env = new InfraEnv(definition, { backend });
    const empty = queries.map(() => 0);
    const check = (): void => {
      const source = new SampleSet(recorder.series());
      queries.forEach((query, f) => {
        const value = backend.observe()[f]!;
        expect(value, query).toBe(generalValue(query, source, backend.timeSeconds, profile));
        empty[f]! += Number.isNaN(value) ? 1 : 0;
      });
    };
    await env.reset({ seed: 4 });
    check();
    env.actionSpace.seed(4);
    for (let k = 0; k < STEPS; k++) {
      await env.step(env.actionSpace.sample());
      check();
    }
    await env.close();
    expect(queries.filter((_, f) => empty[f] === STEPS + 1)).toEqual(EMPTY);
    expect(queries.filter((query) => !isCompilable(parsePromql(query))).length).toBeGreaterThanOrEqual(15);
  });

  it("are the same in a batch of four, and after a state was put back", async () => {
    const batch = new InfraVectorEnv(definition, { numEnvs: 4 });
    const alone = new InfraEnv(definition);
    const width = definition.features.length;
    const [together] = await batch.reset({ seed: 20 });
    const [first] = await alone.reset({ seed: 22 });
    expect(together.slice(2 * width, 3 * width)).toEqual(first);
    batch.actionSpace.seed(1);
    for (let k = 0; k < STEPS; k++) {
      const actions = batch.actionSpace.sample() as Int32Array;
      if (k % 10 === 9) {
        const [state, other] = [structuredClone(batch.snapshot(2)), structuredClone(alone.snapshot())];
        await batch.step(batch.actionSpace.sample());
        batch.restore(2, state);
        await alone.step(actions.slice(4, 6) as never);
        alone.restore(other);
      }
      const [observations] = await batch.step(actions);
      const [observation] = await alone.step(actions.slice(4, 6) as never);
      expect(observations.slice(2 * width, 3 * width)).toEqual(observation);
    }
    await batch.close();
    await alone.close();
  });
});
