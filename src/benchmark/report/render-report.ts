/** The report: one HTML file with tables and pictures, and nothing from outside. @module */

import { escapeHtml } from "../../escape-html.js";
import type { BenchmarkResults, EpisodeResult } from "../results.js";
import { summarizePolicy } from "../results.js";
import type { Benchmark, BenchmarkSeries } from "../run-benchmark.js";
import { type DotRow, dotPlot } from "./dot-plot.js";
import { episodeCharts } from "./episode-charts.js";
import { htmlPage } from "./html-page.js";
import { measureTable } from "./measure-table.js";
import { COLORS, REPORT_STYLE } from "./report-style.js";

/**
 * A benchmark as a self-contained HTML page, light or dark as the reader's system is.
 *
 * Like the results it holds no clock time and no machine: the same benchmark gives the same bytes.
 */
export function renderReport({ results, series }: Benchmark): string {
  const names = results.policies.map(({ name }) => name);
  const colorOf = (policy: string) => names.indexOf(policy) % COLORS;
  const title = `${results.env}: ${names.length} policies compared`;
  const overall = results.workloads.length > 1 ? `<h2>All workloads</h2>${measureTable(results.policies)}` : "";
  const sections = results.workloads.map((workload) => sectionOf(workload, results, series, colorOf));
  return htmlPage(
    title,
    REPORT_STYLE,
    `${introOf(results)}
${legendOf(names, colorOf)}
${overall}
${sections.join("\n")}
<h2>How to read it</h2>
<p class="soft">Every policy saw the same arrivals: the same seeds on the same workloads. A cell is the mean over the episodes
with its 95 % bootstrap interval. The return is the sum of the rewards in USD: the bill and the price of late and failed
requests, both negative. SLA violation is the share of requests answered late or not at all; p95 is the mean of the steps'
95th percentiles, weighted by the requests answered; changes are the steps that changed the infrastructure.</p>`,
  );
}

function introOf({ env, split, seeds, workloads, traces = [] }: BenchmarkResults): string {
  const scaled = traces.map(({ workload, recordedPeak, scaledPeak, compress, days }) => {
    const peak = scaledPeak === null ? "not scaled" : `scaled to ${scaledPeak} requests/s`;
    const speed = compress === 1 ? "" : `, ${compress} times as fast`;
    return `${workload}: recorded peak ${recordedPeak.toFixed(1)} requests/s, ${peak}${speed}, days ${days.join(", ")}.`;
  });
  const facts = [
    `Environment ${env}, ${split} split, ${seeds.length} ${seeds.length === 1 ? "seed" : "seeds"} on each of`,
    `${workloads.length} ${workloads.length === 1 ? "workload" : "workloads"}: ${workloads.join(", ")}.`,
  ];
  return [facts.join(" "), ...scaled].map((line) => `<p class="soft">${escapeHtml(line)}</p>`).join("\n");
}

function legendOf(names: readonly string[], colorOf: (policy: string) => number): string {
  const items = names.map(
    (name) =>
      `<li><svg viewBox="0 0 22 10" aria-hidden="true"><path class="line c${colorOf(name)}" d="M0 5H22"/></svg>` +
      `${escapeHtml(name)}</li>`,
  );
  return `<ul class="legend">${items.join("")}</ul>`;
}

function sectionOf(
  workload: string,
  { policies, episodes }: BenchmarkResults,
  series: readonly BenchmarkSeries[],
  colorOf: (policy: string) => number,
): string {
  const onWorkload = episodes.filter((episode) => episode.workload === workload);
  const summaries = policies.map(({ name, kind }) =>
    summarizePolicy(
      name,
      kind,
      onWorkload.filter(({ policy }) => policy === name),
    ),
  );
  const rows = summaries.map(
    (summary): DotRow => ({
      label: summary.name,
      color: colorOf(summary.name),
      dots: onWorkload.filter(({ policy }) => policy === summary.name).map(dotOf),
      ...summary.return,
    }),
  );
  const returns = new Map(summaries.map((summary) => [summary.name, summary.return.mean]));
  // The best policy is drawn last, over the others.
  const pictured = series
    .filter((entry) => entry.workload === workload)
    .sort((a, b) => returns.get(a.policy)! - returns.get(b.policy)!);
  const seed = pictured[0] === undefined ? "" : `<p class="soft spaced">One episode, seed ${pictured[0].seed}:</p>`;
  return `<h2>${escapeHtml(workload)}</h2>
${measureTable(summaries)}
<div class="spaced">${dotPlot("Return of each episode (USD)", rows)}</div>
${seed}${pictured.length === 0 ? "" : episodeCharts(pictured, colorOf)}`;
}

function dotOf(episode: EpisodeResult): DotRow["dots"][number] {
  return { value: episode.return, title: `${episode.policy}, seed ${episode.seed}: ${episode.return.toFixed(4)}` };
}
