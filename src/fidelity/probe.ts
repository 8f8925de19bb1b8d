/** What a definition is given on top, so that every step tells the same on every backend: queries, and a term of the reward that charges nothing. @module */
import type { PolicyInfo } from "../agents/policy.js";
import type { SimulationOptions } from "../backends/simulation-options.js";
import { defineEnv, type EnvDefinition } from "../envs/definition.js";
import type { Feature } from "../envs/feature.js";
import { LATENCY_BUCKETS } from "../metrics/latency-buckets.js";
import type { RewardTerm, StepMeasurement } from "../reward/reward-term.js";
import type { StepRecord } from "./step-record.js";

/** What the term saw of a step. */
export type MeasuredStep = Pick<
  StepRecord,
  "arrivals" | "answered" | "failed" | "within" | "costUsd" | "p95RawSeconds"
>;

/** What the queries told of a step. */
export type QueriedStep = Pick<
  StepRecord,
  "utilization" | "meanSeconds" | "p95Seconds" | "workSeconds" | "desired" | "active" | "ready"
>;

/** A definition that tells. */
export interface Probe {
  readonly definition: EnvDefinition;
  /** What was measured in the last step. */
  measured(): MeasuredStep;
  /** What the queries say in a step's `info`. */
  queried(info: PolicyInfo): QueriedStep;
}

/** Four scrapes a step or more, as long as they are on the simulator's ticks. Unit: seconds. */
const SCRAPE_SECONDS = 15;
/** Begins the names of features and signals. */
const PREFIX = "fidelity";

/** Puts a probe into a definition. @param simulation - Put over the definition's own. */
export function probe(definition: EnvDefinition, simulation: SimulationOptions = {}): Probe {
  const features = probeFeatures(definition);
  const control = definition.controls[0]!.name;
  let measured: MeasuredStep | undefined;
  const term: RewardTerm = {
    name: PREFIX,
    function: PREFIX,
    options: {},
    evaluate: (step) => {
      measured = measure(step);
      return 0;
    },
  };
  const { stepSeconds, scrapeSeconds } = definition;
  const signals = Object.fromEntries(features.map(({ name }) => [name, name]));
  return {
    definition: defineEnv({
      ...definition,
      scrapeSeconds: stepSeconds % SCRAPE_SECONDS === 0 ? Math.min(SCRAPE_SECONDS, scrapeSeconds) : scrapeSeconds,
      features: [...definition.features, ...features],
      signals: { ...definition.signals, [control]: { ...definition.signals[control], ...signals } },
      reward: [...definition.reward.terms, term],
      simulation: { ...definition.simulation, ...simulation },
    }),
    measured: () => measured!,
    queried: ({ signals: told }) => {
      const value = (name: string): number | null => finite(told[control]![PREFIX + name]!);
      const used = definition.services
        .map(({ name }) => value(`Utilization_${name}`))
        .filter((share) => share !== null);
      return {
        utilization: used.length === 0 ? null : used.reduce((sum, share) => sum + share, 0) / used.length,
        meanSeconds: value("Mean"),
        p95Seconds: value("P95"),
        workSeconds: Object.fromEntries(definition.services.map(({ name }) => [name, value(`Work_${name}`)])),
        desired: value("Desired"),
        active: value("Active"),
        ready: value("Ready"),
      };
    },
  };
}

function probeFeatures({ services }: EnvDefinition): Feature[] {
  const feature = (name: string, promql: string): Feature => ({
    name: PREFIX + name,
    promql,
    low: 0,
    high: 1e6,
    unit: "1",
  });
  const rate = (metric: string, labels: string): string => `sum(rate(${metric}{${labels}}[$__rate_interval]))`;
  const entry = `service="${services[0]!.name}"`;
  const histogram = "http_request_duration_seconds";
  const replicas = (status: string): string => `sum(avg_over_time(infra_gym_replicas{status="${status}"}[$__step]))`;
  return [
    feature("Mean", `${rate(`${histogram}_sum`, entry)} / ${rate(`${histogram}_count`, entry)}`),
    feature("P95", `histogram_quantile(0.95, sum by (le) (rate(${histogram}_bucket{${entry}}[$__rate_interval])))`),
    feature("Desired", replicas("desired")),
    feature("Active", replicas("active")),
    feature("Ready", replicas("ready")),
    ...services.flatMap(({ name }) => {
      const labels = `service="${name}"`;
      const busy = rate("infra_gym_busy_seconds_total", labels);
      return [
        // Every service has a series of its own on a real plane: an average of each would count one that is there for a part of the step as a whole.
        feature(`Utilization_${name}`, `${busy} / avg_over_time(sum(infra_gym_slots{${labels}})[$__step:$__scrape])`),
        feature(`Work_${name}`, `${busy} / ${rate("http_requests_total", `${labels}, code="200"`)}`),
      ];
    }),
  ];
}

function measure(step: StepMeasurement): MeasuredStep {
  const { arrivals, answered, failed, costUsd } = step;
  const all = answered + failed;
  return {
    arrivals,
    answered,
    failed,
    costUsd,
    within: [...LATENCY_BUCKETS.map((bound) => all - step.requestsBeyond(bound)), answered],
    p95RawSeconds: step.rawLatencyQuantileSeconds === undefined ? null : finite(step.rawLatencyQuantileSeconds(0.95)),
  };
}

/** JSON knows no NaN. */
function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
