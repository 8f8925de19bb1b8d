/** A real DigitalOcean account: client, runs with a budget, leases, and destroying what is left. `infra-gym/digitalocean`. @module */
export type { ProcessIdentity } from "../process-identity.js";
export type { AccountResource } from "./account-kinds.js";
export type { AccountDroplet, AccountLoadBalancer } from "./account-view.js";
export type { Fetch } from "./api-fetch.js";
export { closeOnSignal } from "./close-on-signal.js";
export { CloudRun, type CloudRunOptions, type ResumeOptions } from "./cloud-run.js";
export { type Credentials, PUBLIC_ENDPOINT, readCredentials } from "./credentials.js";
export {
  type AccountBalance,
  type AccountLimits,
  DigitalOceanClient,
  type DigitalOceanClientOptions,
  type MetricSeries,
  type RegionOnSale,
  type SizeOnSale,
  type TimeRange,
} from "./digitalocean-client.js";
export { isHeld, type Lease, Leases, leasesFolder } from "./lease.js";
export { type DestroyRunOptions, destroyRun, type FoundRun, findRuns, nameOf, resourcesOfRun } from "./reap.js";
export { type RefreshedCatalogue, refreshCatalogue } from "./refresh-catalogue.js";
export { belongsTo, markGraph, markOfTag, newRunMark, type RunMark, runMark } from "./run-mark.js";
export { SpendGuard, type SpendGuardOptions, worstCaseUsd } from "./spend-guard.js";
