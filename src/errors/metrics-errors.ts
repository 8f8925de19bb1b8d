/** Errors of reading metrics: text that cannot be read, servers that do not answer as they should. @module */
import { InfraGymError } from "./infra-gym-error.js";

/** Metrics in text form that cannot be read. `line` counts from 1; `limit` names the limit that was passed, where one was. */
export class InvalidExpositionError extends InfraGymError {
  constructor(
    readonly source: string,
    readonly line: number,
    readonly detail: string,
    readonly limit: string | null = null,
  ) {
    super("INFRA_GYM_INVALID_EXPOSITION", `${source}:${line}: ${detail}`);
  }
}

/** A metrics server that cannot be reached, or does not answer as one. `status` is HTTP's, 0 without an answer. */
export class MetricsServerError extends InfraGymError {
  constructor(
    readonly url: string,
    /** What went wrong, as a stable word. */
    readonly reason:
      | "unreachable"
      | "deadline"
      | "unauthorized"
      | "status"
      | "redirect"
      | "not-prometheus"
      | "too-large",
    readonly status: number,
    detail: string,
    options?: ErrorOptions,
  ) {
    super("INFRA_GYM_METRICS_SERVER", `${url}: ${detail}`, options);
  }
}

/** A query that a metrics server refused or could not finish, in the server's words. */
export class QueryFailedError extends InfraGymError {
  constructor(
    readonly query: string,
    /** Prometheus's word, such as `bad_data`, `execution` or `timeout`. */
    readonly errorType: string,
    readonly detail: string,
  ) {
    super("INFRA_GYM_QUERY_FAILED", `The server answered ${errorType}: ${detail} In: ${query}`);
  }
}

/** A metrics server whose PromQL follows other rules than the definition. */
export class ProfileMismatchError extends InfraGymError {
  constructor(
    readonly expected: string,
    readonly got: string,
    readonly version: string,
    readonly url: string,
  ) {
    super(
      "INFRA_GYM_PROFILE_MISMATCH",
      `Expected a server of profile ${expected}, got Prometheus ${version} (${got}) at ${url}. Make the environment with promqlProfile ${JSON.stringify(got)}, or allow the mismatch.`,
    );
  }
}
