/** What all metrics sources share: who is there, what an episode sees, and whether targets are scraped. @module */
import { setTimeout as sleep } from "node:timers/promises";
import { systemClock } from "../../clock.js";
import { MetricsSourceError } from "../../errors.js";
import { LiveQueries, type QueryClient } from "../client/live-queries.js";
import type { CallOptions, QueryAnswer } from "../client/prometheus-client.js";
import { parsePromql } from "../promql/parse.js";
import type { PromqlProfile } from "../promql/sample-window.js";
import type { CheckedMetricsTarget } from "./checked-source.js";
import { episodeQuery } from "./episode-query.js";
import type { EpisodeQueryOptions, MetricsSource, MetricsTarget } from "./metrics-source.js";

/** What a source is made of. */
export interface LiveSourceParts {
  readonly kind: MetricsSource["kind"];
  readonly version: string;
  /** Names it in errors. */
  readonly title: string;
  readonly url?: string;
  readonly promqlProfile: PromqlProfile;
  readonly pid?: number;
  readonly ended: Promise<Error | undefined>;
  readonly client: QueryClient;
  readonly targets: readonly CheckedMetricsTarget[];
  /** Called once. */
  close(): Promise<void>;
}

/** Between two looks at whether targets were scraped. Unit: milliseconds. */
const LOOK_EVERY = 50;

/** A metrics source over something that answers queries. */
export class LiveSource implements MetricsSource {
  readonly kind: MetricsSource["kind"];
  readonly version: string;
  readonly url: string | undefined;
  readonly promqlProfile: PromqlProfile;
  readonly pid: number | undefined;
  readonly ended: Promise<Error | undefined>;
  readonly #parts: LiveSourceParts;
  #absent: readonly string[];
  #closing: Promise<void> | undefined;

  constructor(parts: LiveSourceParts) {
    this.#parts = parts;
    this.kind = parts.kind;
    this.version = parts.version;
    this.url = parts.url;
    this.promqlProfile = parts.promqlProfile;
    this.pid = parts.pid;
    this.ended = parts.ended;
    this.#absent = parts.targets.filter(({ isPlace }) => isPlace).map(({ instance }) => instance);
  }

  setPresent(places: readonly { readonly host: string; readonly port: number }[]): void {
    const present = new Set(places.map(({ host, port }) => `${host}:${port}`));
    this.#absent = this.#parts.targets
      .filter(({ isPlace, host, port }) => isPlace && !present.has(`${host}:${port}`))
      .map(({ instance }) => instance);
  }

  query(promql: string, options: CallOptions & { readonly timeSeconds?: number } = {}): Promise<QueryAnswer> {
    return this.#parts.client.query(promql, options);
  }

  episodeQueries(queries: readonly string[], { timeScale = 1, startSeconds }: EpisodeQueryOptions): LiveQueries {
    const trees = new Map(queries.map((query) => [query, parsePromql(query, this.promqlProfile)]));
    const start = typeof startSeconds === "number" ? () => startSeconds : startSeconds;
    const clock = systemClock();
    const client: QueryClient = {
      query: (promql, options = {}) => {
        const { timeSeconds = clock.now() } = options;
        const startMs = Math.ceil(start() * 1000);
        const view = { timeScale, startMs, nowMs: Math.round(timeSeconds * 1000), absent: this.#absent };
        return this.#parts.client.query(episodeQuery(trees.get(promql)!, view), { ...options, timeSeconds });
      },
    };
    return new LiveQueries(client, queries);
  }

  async waitForScrape(sinceSeconds: number, timeoutSeconds: number): Promise<void> {
    const deadline = performance.now() + timeoutSeconds * 1000;
    for (;;) {
      const scraped = await this.#byTarget("timestamp(up)");
      const late = this.#parts.targets.filter(
        (target) => !this.#isEmpty(target) && !((scraped.get(keyOf(target)) ?? 0) >= sinceSeconds),
      );
      if (late.length === 0) return;
      if (performance.now() >= deadline) {
        const list = late.map(({ job, instance }) => `${job} ${instance}`).join(", ");
        const detail = `did not scrape within ${timeoutSeconds} s: ${list}.`;
        throw new MetricsSourceError(this.#parts.title, "not-ready", detail);
      }
      await sleep(LOOK_EVERY);
    }
  }

  async targets(): Promise<readonly { readonly target: MetricsTarget; readonly isUp: boolean }[]> {
    const up = await this.#byTarget("up");
    return this.#parts.targets.map((target) => ({
      target,
      isUp: !this.#isEmpty(target) && up.get(keyOf(target)) === 1,
    }));
  }

  close(): Promise<void> {
    this.#closing ??= this.#parts.close();
    return this.#closing;
  }

  #isEmpty({ instance }: CheckedMetricsTarget): boolean {
    return this.#absent.includes(instance);
  }

  /** Values of a query with one series per target. */
  async #byTarget(promql: string): Promise<ReadonlyMap<string, number>> {
    const { data } = await this.query(promql);
    if (data.resultType !== "vector") return new Map();
    return new Map(
      data.result.map(({ metric, value }) => [
        keyOf({ job: metric.job ?? "", instance: metric.instance ?? "" }),
        Number(value[1]),
      ]),
    );
  }
}

function keyOf({ job, instance }: { readonly job: string; readonly instance: string }): string {
  return `${job}\n${instance}`;
}
