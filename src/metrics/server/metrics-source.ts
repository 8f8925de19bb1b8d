/** The contract of a metrics source: where a live world's metrics are gathered and queried. @module */
import type { Credentials } from "../client/credentials.js";
import type { LiveQueries } from "../client/live-queries.js";
import type { CallOptions, QueryAnswer } from "../client/prometheus-client.js";
import type { PromqlProfile } from "../promql/sample-window.js";

/** What is scraped, or will be: known beforehand, since a new target is found late and one that was there all along at once. */
export interface MetricsTarget {
  /** Value of the label `job`. */
  readonly job: string;
  readonly host: string;
  readonly port: number;
  /** @defaultValue "/metrics" */
  readonly path?: string;
  /** Further labels, such as `instance` (its host and port unless given) and `service`. */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * Whether nothing may be there for a time, as on a droplet's place: until {@link MetricsSource.setPresent} says otherwise, its
   * `up` is hidden. @defaultValue false
   */
  readonly isPlace?: boolean;
}

/** Where metrics are gathered. */
export type MetricsSourceKind =
  /** Prometheus where it is installed, else `embedded`. */
  | "auto"
  /** The `prometheus` on PATH. */
  | "prometheus"
  /** The library's scraper and PromQL. */
  | "embedded"
  /** The path of a `prometheus`. */
  | { readonly binary: string }
  /** A server that runs already. Its targets are in a file it reads, or in its configuration: see `targetsFile`. */
  | {
      readonly url: string;
      /** A file that its `file_sd_configs` names, to be written. Without it, its configuration must name the targets; what lacks is an error. */
      readonly targetsFile?: string;
      /** @defaultValue those of the environment variables, see `credentialsFromEnvironment` */
      readonly credentials?: Credentials;
    };

/** What is to be opened. */
export interface MetricsSourceOptions {
  /** @defaultValue "auto" */
  readonly kind?: MetricsSourceKind;
  /** A folder of its own, made (0700) where there is none: configuration, data, log. */
  readonly directory: string;
  /** Time between two scrapes, on the wall. Unit: seconds, above 0. */
  readonly scrapeSeconds: number;
  /** @defaultValue a tenth under `scrapeSeconds` */
  readonly scrapeTimeoutSeconds?: number;
  readonly targets: readonly MetricsTarget[];
  /** Port of a Prometheus on 127.0.0.1; 0 takes a free one. @defaultValue 0 */
  readonly port?: number;
  /** How long it may take to be ready. Unit: seconds. @defaultValue 15 */
  readonly readySeconds?: number;
  /** How long samples are kept. Unit: seconds. @defaultValue 7200 */
  readonly retentionSeconds?: number;
  /** Rules of the embedded engine; a server of others is refused. @defaultValue "prom3" for embedded, else the server's */
  readonly promqlProfile?: PromqlProfile;
  /** Told of Prometheus's process at once, before it is ready. */
  readonly onSpawn?: (pid: number) => void;
}

/** How an episode's queries are to be read. */
export interface EpisodeQueryOptions {
  /** Ranges and offsets in the queries are model time: they are divided by this. Above 0. @defaultValue 1 */
  readonly timeScale?: number;
  /** Nothing before this is seen, by whatever range or offset; a function is asked at each reading. Unit: seconds since 1970 on the wall. */
  readonly startSeconds: number | (() => number);
}

/** A source of metrics over live targets. */
export interface MetricsSource {
  readonly kind: "prometheus" | "server" | "embedded";
  /** Such as `2.42.0`, or `embedded`. */
  readonly version: string;
  /** Where Prometheus's API is; undefined for `embedded`. */
  readonly url: string | undefined;
  /** Rules that it follows. */
  readonly promqlProfile: PromqlProfile;
  /** The process, for whoever must end it where `close` was never called; undefined without one. */
  readonly pid: number | undefined;
  /** Resolves once it is gone: undefined after `close`, else why. Never rejects. */
  readonly ended: Promise<Error | undefined>;
  /** Says on which places (host and port) something is. Others show no `up`. */
  setPresent(places: readonly { readonly host: string; readonly port: number }[]): void;
  /** Evaluates a query as it stands. @throws QueryFailedError, MetricsServerError, InvalidQueryError */
  query(promql: string, options?: CallOptions & { readonly timeSeconds?: number }): Promise<QueryAnswer>;
  /**
   * The queries of an observation for one episode, with `$__step` and its like filled in. What went before the episode is not seen, empty places
   * show no `up`, and a metric that the catalogue keeps per service is summed over what exports it.
   * @throws InvalidQueryError
   */
  episodeQueries(queries: readonly string[], options: EpisodeQueryOptions): LiveQueries;
  /**
   * Resolves once every target but empty places was scraped after a time.
   * @param sinceSeconds - Seconds since 1970 on the wall.
   * @throws MetricsSourceError naming those that were not
   */
  waitForScrape(sinceSeconds: number, timeoutSeconds: number): Promise<void>;
  /** Whether each target answered its last scrape; empty places did not. */
  targets(): Promise<readonly { readonly target: MetricsTarget; readonly isUp: boolean }[]>;
  /** Ends it. Idempotent. */
  close(): Promise<void>;
}
