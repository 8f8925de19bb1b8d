/** A client of Prometheus's HTTP API. @module */
import { type Clock, systemClock } from "../../clock.js";
import { InvalidOptionError, MetricsServerError, ProfileMismatchError } from "../../errors.js";
import type { PromqlProfile } from "../promql/sample-window.js";
import { isQueryData, type QueryData } from "../query-data.js";
import { type ApiAnswer, readAnswer } from "./answer.js";
import type { Credentials } from "./credentials.js";
import { sendRequest } from "./http-request.js";
import { sendWithRetries } from "./retry.js";
import { checkHeaders, serverAddress } from "./server-address.js";

/** Options of {@link PrometheusClient}. */
export interface PrometheusClientOptions {
  /** The server's address with its path prefix, such as `http://127.0.0.1:9090` or `https://example.com/prometheus`. No credentials in it. */
  readonly url: string;
  readonly credentials?: Credentials;
  /** Further headers, such as a tenant's. Their values are never shown. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Time for a call, attempts and waits together. Unit: seconds. @defaultValue 30 */
  readonly deadlineSeconds?: number;
  /** Attempts after the first. @defaultValue 3 */
  readonly retries?: number;
  /** The longest wait before an attempt, whatever Retry-After says. Unit: seconds. @defaultValue 30 */
  readonly maxRetryAfterSeconds?: number;
  /** Unit: bytes. @defaultValue 67,108,864 */
  readonly maxResponseBytes?: number;
  /** @defaultValue the clock of this machine */
  readonly clock?: Clock;
}

/** Options of one call. */
export interface CallOptions {
  /** Ends the call with the signal's reason. */
  readonly signal?: AbortSignal;
  /** @defaultValue the client's */
  readonly deadlineSeconds?: number;
}

/** Options of {@link PrometheusClient.checkProfile}. */
export interface ProfileCheckOptions extends CallOptions {
  /** Whether a server of the other profile is taken too. @defaultValue false */
  readonly allowMismatch?: boolean;
}

/** Times of a range query. Unit: seconds. */
export interface QueryRange {
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly stepSeconds: number;
}

/** An answer, with what the server said besides. */
export interface QueryAnswer {
  readonly data: QueryData;
  readonly warnings: readonly string[];
  readonly infos: readonly string[];
}

/** What a server says of itself. */
export interface BuildInfo {
  readonly version: string;
  readonly profile: PromqlProfile;
}

/** Asks one server. Stateless: calls may run side by side. */
export class PrometheusClient {
  /** The server's address, which holds no credentials. */
  readonly url: string;
  readonly #options: Required<Omit<PrometheusClientOptions, "url" | "credentials">>;
  readonly #credentials: Credentials | undefined;

  /** @throws InvalidOptionError */
  constructor(options: PrometheusClientOptions) {
    this.url = serverAddress(options.url);
    this.#credentials = options.credentials;
    this.#options = {
      headers: checkHeaders(options.headers ?? {}),
      deadlineSeconds: positive("deadlineSeconds", options.deadlineSeconds ?? 30),
      retries: whole("retries", options.retries ?? 3),
      maxRetryAfterSeconds: positive("maxRetryAfterSeconds", options.maxRetryAfterSeconds ?? 30),
      maxResponseBytes: positive("maxResponseBytes", options.maxResponseBytes ?? 67_108_864),
      clock: options.clock ?? systemClock(),
    };
  }

  /**
   * Evaluates a query at one time.
   *
   * @param options - `timeSeconds`: seconds since 1970, where 0 is 1970 itself; without it, the server's now.
   * @throws QueryFailedError, MetricsServerError
   */
  async query(promql: string, options: CallOptions & { readonly timeSeconds?: number } = {}): Promise<QueryAnswer> {
    const { timeSeconds } = options;
    const time = timeSeconds === undefined ? {} : { time: secondsText("timeSeconds", timeSeconds) };
    return this.#dataOf(await this.#call("/api/v1/query", promql, { query: promql, ...time }, options));
  }

  /**
   * Evaluates a query at times `start`, `start + step`, … up to `end`.
   * @throws QueryFailedError, MetricsServerError
   */
  async queryRange(promql: string, range: QueryRange, options: CallOptions = {}): Promise<QueryAnswer> {
    const parameters = {
      query: promql,
      start: secondsText("startSeconds", range.startSeconds),
      end: secondsText("endSeconds", range.endSeconds),
      step: secondsText("stepSeconds", positive("stepSeconds", range.stepSeconds)),
    };
    return this.#dataOf(await this.#call("/api/v1/query_range", promql, parameters, options));
  }

  /** The server's version, and the profile that goes with it. @throws MetricsServerError */
  async buildInfo(options: CallOptions = {}): Promise<BuildInfo> {
    const { data } = await this.#call("/api/v1/status/buildinfo", "buildinfo", null, options);
    const version = (data as { version?: unknown } | null)?.version;
    if (typeof version !== "string" || !/^\d+\./.test(version)) {
      throw this.#wrong(`its build information has no version.`);
    }
    return { version, profile: Number.parseInt(version, 10) >= 3 ? "prom3" : "prom2" };
  }

  /**
   * Checks that the server follows a profile's rules.
   * @param options - `allowMismatch`: takes a server of the other profile too; what it gives may differ then by a few per cent.
   * @throws ProfileMismatchError when it follows others, unless that is allowed; MetricsServerError
   */
  async checkProfile(profile: PromqlProfile, options: ProfileCheckOptions = {}): Promise<BuildInfo> {
    const info = await this.buildInfo(options);
    if (info.profile !== profile && options.allowMismatch !== true)
      throw new ProfileMismatchError(profile, info.profile, info.version, this.url);
    return info;
  }

  async #call(
    path: string,
    what: string,
    parameters: Readonly<Record<string, string>> | null,
    { signal, deadlineSeconds = this.#options.deadlineSeconds }: CallOptions,
  ): Promise<ApiAnswer> {
    const { clock, retries, maxRetryAfterSeconds, maxResponseBytes } = this.#options;
    const url = `${this.url}${path}`;
    const stop = new AbortController();
    const onAbort = (): void => stop.abort(signal?.reason);
    signal?.throwIfAborted();
    signal?.addEventListener("abort", onAbort, { once: true });
    const late = new MetricsServerError(
      url,
      "deadline",
      0,
      `no answer within ${deadlineSeconds} s. Narrow the query, or allow more time.`,
    );
    const done = new AbortController();
    clock.sleep(positive("deadlineSeconds", deadlineSeconds), done.signal).then(
      () => stop.abort(late),
      () => undefined,
    );
    const request = {
      url,
      method: parameters === null ? ("GET" as const) : ("POST" as const),
      headers: this.#headers(parameters !== null),
      ...(parameters === null ? {} : { body: new URLSearchParams(parameters).toString() }),
      maxResponseBytes,
      signal: stop.signal,
    };
    try {
      const deadline = clock.now() + deadlineSeconds;
      const retry = { retries, maxRetryAfterSeconds, deadline, clock, signal: stop.signal };
      const response = await sendWithRetries(() => sendRequest(request), retry);
      return readAnswer(
        { ...response, body: this.#redact(response.body), location: this.#redact(response.location ?? "") },
        url,
        what,
      );
    } finally {
      done.abort();
      signal?.removeEventListener("abort", onAbort);
    }
  }

  #headers(hasBody: boolean): Record<string, string> {
    return {
      Accept: "application/json",
      "User-Agent": "infra-gym",
      ...(hasBody ? { "Content-Type": "application/x-www-form-urlencoded" } : {}),
      ...this.#options.headers,
      ...(this.#credentials === undefined ? {} : { Authorization: this.#credentials.header() }),
    };
  }

  /** A server, or a proxy before it, may send back what it was sent. */
  #redact(text: string): string {
    const shown = this.#credentials?.redact(text) ?? text;
    return Object.values(this.#options.headers).reduce(
      (rest, value) => (value.length < 8 ? rest : rest.replaceAll(value, "***")),
      shown,
    );
  }

  #dataOf({ data, warnings, infos }: ApiAnswer): QueryAnswer {
    if (isQueryData(data)) return { data, warnings, infos };
    throw this.#wrong("its result is not one that Prometheus gives.");
  }

  #wrong(detail: string): MetricsServerError {
    return new MetricsServerError(this.url, "not-prometheus", 200, detail);
  }
}

function secondsText(option: string, seconds: number): string {
  if (!Number.isFinite(seconds)) throw new InvalidOptionError(option, "a finite number (seconds)", seconds);
  return seconds.toFixed(3).replace(/\.?0+$/, "");
}

function positive(option: string, value: number): number {
  if (!(Number.isFinite(value) && value > 0)) throw new InvalidOptionError(option, "a finite number above 0", value);
  return value;
}

function whole(option: string, value: number): number {
  if (!Number.isInteger(value) || value < 0) throw new InvalidOptionError(option, "an integer from 0", value);
  return value;
}
