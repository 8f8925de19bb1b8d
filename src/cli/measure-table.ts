/** The measures of episodes and policies as a table. @module */
import type { MeanInterval } from "../benchmark/bootstrap-mean.js";
import { formatMeasure, MEASURE_TITLES } from "../benchmark/format-measure.js";
import { type EpisodeMeasures, MEASURES, type MeasureName } from "../benchmark/measures.js";
import type { TextTable } from "./text-table.js";

/** A table with a line per policy: means with their 95 % intervals. */
export function policyTable(
  title: string,
  policies: readonly ({ readonly name: string } & Readonly<Record<MeasureName, MeanInterval>>)[],
): TextTable {
  const header = [title, ...MEASURES.map((measure) => MEASURE_TITLES[measure])];
  const rows = policies.map((policy) => [
    policy.name,
    ...MEASURES.map((measure) => formatMeasure(measure, policy[measure])),
  ]);
  return { header, rows };
}

/** A table with a line per episode. */
export function episodeTable(episodes: readonly (EpisodeMeasures & { readonly seed: number | bigint })[]): TextTable {
  const header = ["seed", ...MEASURES.map((measure) => MEASURE_TITLES[measure])];
  const rows = episodes.map((episode) => [
    String(episode.seed),
    ...MEASURES.map((measure) => formatMeasure(measure, episode[measure])),
  ]);
  return { header, rows };
}
