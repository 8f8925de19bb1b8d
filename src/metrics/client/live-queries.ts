/** The queries of an observation, asked of a live server: what cannot be had is flagged, never silently old. @module */
import { InfraGymError, InvalidQueryError } from "../../errors.js";
import { formatLabels } from "../labels.js";
import { parseValue, type QueryData } from "../query-data.js";
import type { CallOptions, PrometheusClient } from "./prometheus-client.js";

/** Answers queries at a time: a server's client, or what evaluates them here. */
export type QueryClient = Pick<PrometheusClient, "query">;

/** A query that gave no usable answer. */
export interface QueryFailure {
  readonly query: string;
  readonly error: InfraGymError;
}

/** Queries of one value each. Read one time after another; values are kept where a query fails. */
export class LiveQueries {
  readonly queries: readonly string[];
  /** The last values that were had, NaN for an empty result and before the first. Overwritten by {@link read}. */
  readonly values: Float64Array;
  /** 1 where the last {@link read} failed, so that the value is an older one, or none. */
  readonly stale: Uint8Array;
  /** Why, for each of these. */
  failures: readonly QueryFailure[] = [];
  readonly #client: QueryClient;

  /** @param queries - With `$__step` and its like filled in. */
  constructor(client: QueryClient, queries: readonly string[]) {
    this.#client = client;
    this.queries = queries;
    this.values = new Float64Array(queries.length).fill(Number.NaN);
    this.stale = new Uint8Array(queries.length);
  }

  /**
   * Asks all queries for one time, side by side. Never rejects for what the server does: see {@link stale} and {@link failures}.
   * @param timeSeconds - Seconds since 1970 by the server's clock.
   * @throws the signal's reason when it is aborted
   */
  async read(timeSeconds: number, options: CallOptions = {}): Promise<void> {
    const answers = await Promise.all(this.queries.map((query) => this.#ask(query, timeSeconds, options)));
    const failures: QueryFailure[] = [];
    answers.forEach((answer, q) => {
      this.stale[q] = typeof answer === "number" ? 0 : 1;
      if (typeof answer === "number") this.values[q] = answer;
      else failures.push({ query: this.queries[q]!, error: answer });
    });
    this.failures = failures;
  }

  async #ask(query: string, timeSeconds: number, options: CallOptions): Promise<number | InfraGymError> {
    try {
      const { data } = await this.#client.query(query, { ...options, timeSeconds });
      return oneValue(query, data);
    } catch (error) {
      options.signal?.throwIfAborted();
      if (error instanceof InfraGymError) return error;
      throw error;
    }
  }
}

/** The one value of an answer, NaN for none. @throws InvalidQueryError when there are several series */
function oneValue(query: string, data: QueryData): number {
  if (data.resultType === "scalar") return parseValue(data.result[1]) ?? Number.NaN;
  if (data.resultType !== "vector") {
    throw new InvalidQueryError(query, 1, 1, `must give one value, got a ${data.resultType}.`);
  }
  if (data.result.length > 1) {
    const shown = data.result.slice(0, 8).map(({ metric }) => formatLabels(new Map(Object.entries(metric))));
    const list = data.result.length > 8 ? `${shown.join(", ")}, …` : shown.join(", ");
    throw new InvalidQueryError(
      query,
      1,
      1,
      `must give one value, got ${data.result.length} series: ${list}. Aggregate, as with sum(), or select one.`,
    );
  }
  const [only] = data.result;
  return only === undefined ? Number.NaN : (parseValue(only.value[1]) ?? Number.NaN);
}
