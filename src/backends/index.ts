/** Backends: where an environment runs. @module */

export type { ScrapeListener, SeriesScrape } from "../metrics/series-scrape.js";
export type {
  ActualResource,
  Backend,
  BackendSnapshot,
  BackendStatus,
  Components,
  Episode,
  MaybePromise,
  World,
} from "./backend.js";
export {
  type CheckedDigitalOceanOptions,
  type CloudGraphOptions,
  type CloudLoadOptions,
  cloudGraph,
  cloudLoad,
  DigitalOceanBackend,
  type DigitalOceanOptions,
  type ScrapedDroplet,
  type ScrapeTunnel,
  type ScrapeTunnelOptions,
  scrapeTunnels,
} from "./digitalocean/index.js";
export { LiveBackend } from "./live/live-backend.js";
export type { LiveUrls } from "./live/live-plane.js";
export { LocalBackend } from "./local/local-backend.js";
export type { CheckedLocalOptions, LocalOptions } from "./local/local-options.js";
export type { MeasurementColumns, PlaneMeasurement } from "./plane-measurement.js";
export { type PreparedWorld, SimulatedBackend } from "./simulated-backend.js";
export type { SimulationOptions } from "./simulation-options.js";
export { type ProfileOrigin, readSimulationProfile, type SimulationProfile } from "./simulation-profile.js";
