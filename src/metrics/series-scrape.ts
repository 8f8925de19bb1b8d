/** One scrape of series that were declared beforehand. @module */
import type { SeriesSchema } from "./series.js";

/** What one scrape shows. The arrays belong to who hands them out: read them at once. */
export interface SeriesScrape {
  readonly schema: SeriesSchema;
  /** Unit: seconds since 1970-01-01 UTC. */
  readonly timeSeconds: number;
  /** Value of series i at `i * stride`. */
  readonly values: Float64Array;
  /** 1 where the series is there, in the same places. */
  readonly present: Uint8Array;
  readonly stride: number;
}

/** Is told of every scrape. */
export type ScrapeListener = (scrape: SeriesScrape) => void;
