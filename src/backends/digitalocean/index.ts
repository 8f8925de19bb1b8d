/** The parts of a run in a real DigitalOcean account that need no account: what is applied, how it is scraped, and how it is loaded. @module */
export { type CloudGraphOptions, cloudGraph } from "./cloud-graph.js";
export { type CloudLoadOptions, cloudLoad } from "./cloud-load.js";
export { DigitalOceanBackend } from "./digitalocean-backend.js";
export type { CheckedDigitalOceanOptions, DigitalOceanOptions } from "./digitalocean-options.js";
export { type ScrapedDroplet, type ScrapeTunnel, type ScrapeTunnelOptions, scrapeTunnels } from "./scrape-tunnels.js";
