/** A suite's report: one HTML file with tables and plots, and nothing from outside. @module */
import { escapeHtml } from "../../escape-html.js";
import type { Estimate } from "../score.js";
import { isOwnTask, taskLabel, workloadsIn } from "../suite/suite.js";
import type { SuitePolicyResult, SuiteResults, TaskScore } from "../suite/suite-results.js";
import { htmlPage } from "./html-page.js";
import { type HtmlCell, htmlTable } from "./html-table.js";
import { intervalPlot } from "./interval-plot.js";
import { profilePlot } from "./profile-plot.js";
import { COLORS, REPORT_STYLE } from "./report-style.js";

const SHADES = Array.from(
  { length: 11 },
  (_, k) => `.shade.s${k} { background: color-mix(in srgb, var(--c0) ${4 * k}%, transparent); }`,
).join("\n");
const STYLE = `${REPORT_STYLE}
.interval.c0 { stroke: var(--c0); }
${Array.from({ length: COLORS }, (_, k) => `line.interval.c${k} { stroke: var(--c${k}); stroke-width: 8; opacity: .55; }`).join("\n")}
${SHADES}`;

/**
 * A suite as a self-contained HTML page, light or dark as the reader's system is. The same results give the same bytes.
 */
export function renderSuiteReport(results: SuiteResults): string {
  const { suite, envs, policies } = results;
  const colorOf = (name: string): number => policies.findIndex((policy) => policy.name === name) % COLORS;
  const ranked = rankedOf(policies);
  const title = `${suite}: ${policies.length} policies compared`;
  return htmlPage(
    title,
    STYLE,
    `${introOf(results)}
${legendOf(ranked, colorOf)}
<h2>Scores</h2>
${overallTable(ranked, envs)}
${ranked.length === 0 ? "" : plotsOf(ranked, results, colorOf)}
<h2>By task</h2>
${taskTable(results, rankedOf(policies, true))}
${shiftedTable(results, rankedOf(policies, true))}
${ranked.length < 2 ? "" : pairsOf(results, ranked)}
<h2>How to read it</h2>
<p class="soft">A day's score is 0 where a policy earns what the best static configuration in hindsight of that workload earns on that day, 1 where it earns what the oracle earns, which knows
the day beforehand; where less than a tenth of the workload's mean is to be won, that tenth is the day's scale. All policies met the same days with the same arrivals. A score over several days is their interquartile mean; intervals hold 95 % of the means of days drawn
again within each task. A performance profile is the share of days above each score. The probability of improvement compares each day of one policy with each day of the other
on the same task. These follow Agarwal et al., "Deep Reinforcement Learning at the Edge of the Statistical Precipice" (NeurIPS 2021). Cheaper by: the mean of the differences on
the same days, as a share of what the other policy costs; the cost is the bill and the price of late and failed requests. "Elsewhere" is the score on workloads other than the one a
policy was calibrated or trained for. A policy is ranked when all its days were judged.</p>`,
  );
}

/** The best first. @param withOthers - Those that were not judged on all days come last */
function rankedOf(policies: readonly SuitePolicyResult[], withOthers = false): SuitePolicyResult[] {
  const ranked = policies.filter(({ score }) => score !== null).sort((a, b) => b.score!.value - a.score!.value);
  return withOthers ? [...ranked, ...policies.filter(({ score }) => score === null)] : ranked;
}

function introOf({ envs, workloads, seeds, policies, calibration, training, shiftFrom }: SuiteResults): string {
  const { agents, steps, beside } = training;
  const also = beside === undefined ? "" : `, with ${beside.join(", ")} beside them`;
  const partial = policies.filter(({ days }) => days.judged < days.all);
  const isMix = workloadsIn(shiftFrom).length > 1;
  const made = isMix ? `${workloadsIn(shiftFrom).join(", ")} together` : "each workload";
  const elsewhere = isMix ? "judged on the other workloads" : `made for ${shiftFrom}, judged on the other workloads`;
  const lines = [
    `${envs.join(", ")} on ${workloads.join(", ")}: ${seeds.length} test days each.`,
    `Rules named without a utilization were calibrated on ${calibration.days} days for training of ${made}. "Elsewhere": ${elsewhere}.`,
    ...(policies.some(({ kind }) => kind === "trained")
      ? [
          `Learners: up to ${agents} agents for each environment and ${isMix ? "all these workloads" : "workload"}${also}, ${steps.toLocaleString("en-US")} steps each; day k is that of agent k.`,
        ]
      : []),
    ...partial.map(({ name, days }) => `${name}: ${days.judged} of ${days.all} days judged, not ranked.`),
  ];
  return lines.map((line) => `<p class="soft">${escapeHtml(line)}</p>`).join("\n");
}

function legendOf(policies: readonly SuitePolicyResult[], colorOf: (name: string) => number): string {
  const items = policies.map(
    ({ name }) =>
      `<li><svg viewBox="0 0 22 10" aria-hidden="true"><path class="line c${colorOf(name)}" d="M0 5H22"/></svg>${escapeHtml(name)}</li>`,
  );
  return `<ul class="legend">${items.join("")}</ul>`;
}

function overallTable(ranked: readonly SuitePolicyResult[], envs: readonly string[]): string {
  const rows = ranked.map((policy): HtmlCell[] => [
    policy.name,
    estimateCell(policy.score),
    ...envs.map((env) => estimateCell(policy.byEnv[env] ?? null)),
    estimateCell(policy.shifted),
  ]);
  return htmlTable(["policy", "score", ...envs, "elsewhere"], rows);
}

function plotsOf(
  ranked: readonly SuitePolicyResult[],
  { thresholds }: SuiteResults,
  colorOf: (name: string) => number,
): string {
  const intervals = ranked.map(({ name, score }) => ({ label: name, color: colorOf(name), estimate: score! }));
  const profiles = ranked.map(({ name, profile }) => ({ label: name, color: colorOf(name), shares: profile! }));
  return `<div class="spaced">${intervalPlot("Interquartile mean of the scores, 95 % interval", intervals, [])}</div>
<div class="spaced">${profilePlot("Performance profiles: share of days above a score", thresholds, profiles)}</div>`;
}

function taskTable({ references }: SuiteResults, policies: readonly SuitePolicyResult[]): string {
  const rows = references.flatMap(({ env, workload, staticReturns, oracleReturns }): HtmlCell[][] => {
    const cells = policies.map(({ tasks }) =>
      tasks.find((task) => task.env === env && task.workload === workload && isOwnTask(task)),
    );
    if (cells.every((cell) => cell === undefined)) return [];
    const returns = [staticReturns, oracleReturns].map((days) => meanOf(days).toFixed(2));
    return [[`${env} ${workload}`, ...returns, ...cells.map(scoreCell)]];
  });
  return htmlTable(["task", "best static, USD", "oracle, USD", ...policies.map(({ name }) => name)], rows);
}

/** Scores on workloads that policies were not made for; nothing where none was judged. */
function shiftedTable({ policies: all }: SuiteResults, policies: readonly SuitePolicyResult[]): string {
  const shifted = all.flatMap(({ tasks }) => tasks).filter((task) => !isOwnTask(task));
  const labels = [...new Set(shifted.map(taskLabel))];
  if (labels.length === 0) return "";
  const rows = labels.map((label): HtmlCell[] => [
    label,
    ...policies.map(({ tasks }) => scoreCell(tasks.find((task) => taskLabel(task) === label))),
  ]);
  return `<h2>Elsewhere, by task</h2>\n${htmlTable(["task", ...policies.map(({ name }) => name)], rows)}`;
}

function scoreCell(task: TaskScore | undefined): HtmlCell {
  if (task === undefined) return "–";
  return { text: task.score.value.toFixed(2), small: `${task.return.toFixed(2)} USD`, shade: task.score.value };
}

function pairsOf({ improvements, differences, envs }: SuiteResults, ranked: readonly SuitePolicyResult[]): string {
  const names = ranked.map(({ name }) => name);
  const probable = names.map((policy): HtmlCell[] => [
    policy,
    ...names.map((over): HtmlCell => {
      const found = improvements.find((pair) => pair.policy === policy && pair.over === over);
      if (found === undefined) return "";
      const { value, low, high } = found.probability;
      return { text: value.toFixed(2), small: `[${low.toFixed(2)}, ${high.toFixed(2)}]`, shade: value };
    }),
  ]);
  const cheaper = envs.map((env) => {
    const rows = names.map((policy): HtmlCell[] => [
      policy,
      ...names.map((than): HtmlCell => {
        const found = differences.find((pair) => pair.policy === policy && pair.than === than && pair.env === env);
        if (found === undefined) return "";
        const { mean, low, high } = found.share;
        return { text: percent(mean), small: `[${percent(low)}, ${percent(high)}]`, shade: 2 * mean };
      }),
    ]);
    return `<h2>${escapeHtml(env)}: cheaper by, on the same days</h2>\n${htmlTable(["policy, than", ...names], rows)}`;
  });
  return `<h2>Probability of improvement</h2>\n${htmlTable(["policy, over", ...names], probable)}\n${cheaper.join("\n")}`;
}

function estimateCell(estimate: Estimate | null): HtmlCell {
  if (estimate === null) return "–";
  const { value, low, high } = estimate;
  return { text: value.toFixed(3), small: `[${low.toFixed(3)}, ${high.toFixed(3)}]` };
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
