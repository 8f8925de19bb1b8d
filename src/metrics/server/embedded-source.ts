/** The library's own scraper and PromQL as a metrics source. @module */
import { systemClock } from "../../clock.js";
import { InvalidQueryError, QueryFailedError } from "../../errors.js";
import type { QueryClient } from "../client/live-queries.js";
import { evaluatePromql } from "../promql/evaluator/evaluate.js";
import { queryDataOf } from "../query-data.js";
import { Scraper } from "../scraper/scraper.js";
import type { CheckedSource } from "./checked-source.js";
import { LiveSource } from "./live-source.js";
import type { MetricsSource } from "./metrics-source.js";

/** Starts scraping into this process's memory. */
export function openEmbeddedSource(options: CheckedSource): MetricsSource {
  const { targets, scrapeSeconds, scrapeTimeoutSeconds, retentionSeconds, promqlProfile = "prom3" } = options;
  const clock = systemClock();
  const scraper = new Scraper({
    clock,
    targets: targets.map(({ url, job, labels }) => ({ url, job, labels })),
    intervalSeconds: scrapeSeconds,
    timeoutSeconds: scrapeTimeoutSeconds,
    retentionSeconds,
  });
  const client: QueryClient = {
    query: async (promql, { timeSeconds = clock.now(), signal } = {}) => {
      signal?.throwIfAborted();
      try {
        const result = evaluatePromql(promql, scraper.series.sampleSet(), { timeSeconds, profile: promqlProfile });
        return { data: queryDataOf(result), warnings: [], infos: [] };
      } catch (error) {
        // As a server says it.
        if (error instanceof InvalidQueryError) throw new QueryFailedError(promql, "bad_data", error.message);
        throw error;
      }
    },
  };
  let end!: () => void;
  const ended = new Promise<undefined>((resolve) => {
    end = () => resolve(undefined);
  });
  scraper.start();
  return new LiveSource({
    kind: "embedded",
    version: "embedded",
    title: "The embedded scraper",
    promqlProfile,
    ended,
    client,
    targets,
    close: async () => {
      await scraper.stop();
      end();
    },
  });
}
