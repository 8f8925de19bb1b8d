/** The four pictures of a workload: load, replicas, latency and cost over time, a curve for each policy. @module */
import type { EpisodeSeries } from "../episode-series.js";
import type { BenchmarkSeries } from "../run-benchmark.js";
import { linearScale, logScale } from "./axis-scale.js";
import { type ChartLine, lineChart } from "./line-chart.js";

/**
 * The charts of one workload.
 *
 * @param series - One episode for each policy, all with the same seed and so with the same load.
 * @param colorOf - Which of the report's colours a policy has.
 */
export function episodeCharts(series: readonly BenchmarkSeries[], colorOf: (policy: string) => number): string {
  const longest = Math.max(...series.map((entry) => lengthOf(entry.series)));
  const curves = (curve: keyof EpisodeSeries, isStepped = false): ChartLine[] =>
    series.map((entry) => ({
      label: entry.policy,
      color: colorOf(entry.policy),
      x: entry.series.hours,
      y: entry.series[curve],
      isStepped,
    }));
  const values = (curve: keyof EpisodeSeries) => series.flatMap((entry) => entry.series[curve]);
  const load = curves("load")
    .slice(0, 1)
    .map((line) => ({ ...line, label: "load", color: 6 }));
  const charts = [
    { title: "Load (requests per second)", lines: load, scale: linearScale(values("load")) },
    { title: "Ready replicas", lines: curves("replicas", true), scale: linearScale(values("replicas")) },
    {
      title: "95th percentile of the response time (seconds)",
      lines: curves("p95Seconds"),
      scale: logScale(values("p95Seconds")),
    },
    {
      title: "Cost (USD per hour)",
      lines: curves("costUsdPerHour", true),
      scale: linearScale(values("costUsdPerHour")),
    },
  ];
  return `<div class="charts">${charts.map((chart) => lineChart({ ...chart, hours: longest })).join("")}</div>`;
}

/** Length of an episode: its last point lies half a point before its end. Unit: hours. */
function lengthOf({ hours }: EpisodeSeries): number {
  const last = hours.at(-1) ?? 1;
  return last + (hours[0] ?? 0);
}
