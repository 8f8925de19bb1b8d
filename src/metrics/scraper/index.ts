/** Scraping live targets into memory. @module */
export { LiveSeries } from "./live-series.js";
export type { ScrapeTarget } from "./scrape-target.js";
export { Scraper, type ScraperOptions } from "./scraper.js";
