/** A client of Prometheus's HTTP API. @module */
export { Credentials, credentialsFromEnvironment } from "./credentials.js";
export { LiveQueries, type QueryClient, type QueryFailure } from "./live-queries.js";
export {
  type BuildInfo,
  type CallOptions,
  type ProfileCheckOptions,
  PrometheusClient,
  type PrometheusClientOptions,
  type QueryAnswer,
  type QueryRange,
} from "./prometheus-client.js";
