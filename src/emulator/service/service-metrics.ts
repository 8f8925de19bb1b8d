/** The metrics of the reference service: the catalogue's names, and node_exporter's for its machine. @module */
import type { Registry } from "prom-client";
import { metricOf } from "../../metrics/catalogue.js";
import { LATENCY_BUCKETS } from "../../metrics/latency-buckets.js";
import type { ReferenceServiceOptions } from "./service-options.js";
import type { ServiceState } from "./service-state.js";

/** What is counted as requests are answered. */
export interface ServiceMetrics {
  readonly contentType: string;
  /** Notes an answer. @param seconds - From the request's arrival. */
  answered(code: number, seconds: number): void;
  /** Counts from 0 again. */
  reset(): void;
  /** Everything, as Prometheus reads it. */
  text(): Promise<string>;
}

/**
 * Metrics that are read off a service when they are scraped. prom-client is loaded when the first are made.
 *
 * They carry the label `service`; `instance` is for the scraper to add.
 */
export async function serviceMetrics(
  stateOf: () => ServiceState,
  now: () => number,
  { countsRequests = true, isDatabase = false }: Pick<ReferenceServiceOptions, "countsRequests" | "isDatabase">,
): Promise<ServiceMetrics> {
  const { Counter, Gauge, Histogram, Registry: PromRegistry } = await import("prom-client");
  const registry: Registry = new PromRegistry();
  const service = stateOf().service.name;
  const help = (name: string): string => metricOf(name).help;
  const gauge = (name: string, read: () => number): void => {
    const collect = function (this: { set(labels: object, value: number): void }): void {
      this.set({ service }, read());
    };
    new Gauge({ name, help: help(name), labelNames: ["service"], registers: [registry], collect });
  };
  gauge("http_requests_in_flight", () => stateOf().inFlight);
  if (isDatabase) gauge("pg_stat_activity_count", () => stateOf().inFlight);
  gauge("infra_gym_backlog_requests", () => Math.max(0, stateOf().working - stateOf().slots));
  gauge("infra_gym_slots", () => stateOf().slots);
  gauge("node_memory_MemTotal_bytes", () => stateOf().machine.memoryBytes);
  gauge("node_memory_MemAvailable_bytes", () => stateOf().availableBytes());
  const counter = (
    name: string,
    label: readonly string[],
    read: () => readonly (readonly [object, number])[],
  ): void => {
    // A counter can only be added to; what is read here never falls.
    const collect = function (this: { reset(): void; inc(labels: object, value: number): void }): void {
      this.reset();
      for (const [labels, value] of read()) this.inc({ service, ...labels }, value);
    };
    new Counter({ name, help: help(name), labelNames: ["service", ...label], registers: [registry], collect });
  };
  counter("infra_gym_busy_seconds_total", [], () => [[{}, stateOf().busySeconds(now())]]);
  counter("node_cpu_seconds_total", ["mode"], () => {
    const { user, idle } = stateOf().cpuSeconds(now());
    return [
      [{ mode: "user" }, user],
      [{ mode: "idle" }, idle],
    ];
  });
  if (!countsRequests) {
    const nothing = (): void => undefined;
    return { contentType: registry.contentType, answered: nothing, reset: nothing, text: () => registry.metrics() };
  }
  const [total, duration] = ["http_requests_total", "http_request_duration_seconds"] as const;
  const counts = new Counter({
    name: total,
    help: help(total),
    labelNames: ["service", "code"],
    registers: [registry],
  });
  const times = new Histogram({
    name: duration,
    help: help(`${duration}_bucket`),
    labelNames: ["service"],
    buckets: [...LATENCY_BUCKETS],
    registers: [registry],
  });
  const answered = (code: number, seconds: number): void => {
    counts.inc({ service, code: String(code) });
    times.observe({ service }, seconds);
  };
  const reset = (): void => {
    counts.reset();
    times.reset();
  };
  return { contentType: registry.contentType, answered, reset, text: () => registry.metrics() };
}
