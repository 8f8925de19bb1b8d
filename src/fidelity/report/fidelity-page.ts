/** The results as part of a Markdown page. @module */
import type { BandComparison, Errors, PolicyComparison, SideComparison } from "../compare.js";
import type { FidelityResults } from "../results.js";

/** Where the results stand in a page: what is between is written anew. */
const BEGIN = "<!-- begin results -->";
const END = "<!-- end results -->";

/** Puts results into a page. @param page - Without the marks, or undefined, the results are the page's end. */
export function writeFidelityPage(page: string | undefined, results: FidelityResults, plot?: string): string {
  const text = `${BEGIN}\n${fidelityResultsText(results, plot)}${END}`;
  const before = page ?? `# Fidelity of ${results.env}\n`;
  const [from, to] = [before.indexOf(BEGIN), before.indexOf(END)];
  if (from < 0 || to < from) return `${before.trimEnd()}\n\n${text}\n`;
  return before.slice(0, from) + text + before.slice(to + END.length);
}

/** The results as Markdown. @param plot - File of the picture, as the page links to it. */
export function fidelityResultsText(results: FidelityResults, plot?: string): string {
  const { env, workload, reference, timeScale, policies, seeds, steps, sides, profile } = results;
  const scale = reference === "local" ? ` at time scale ${timeScale}` : "";
  const software = Object.entries(results.components).map(([part, version]) => `${part} ${version}`);
  const parts = [
    `\`${env}\`, workload \`${workload}\`: ${policies.length} policies, ${seeds.length} × ${steps} steps each on ` +
      `\`${reference}\`${scale}${software.length === 0 ? "" : ` (${software.join(", ")})`}. ` +
      `Steps ended ${(1000 * results.meanLateSeconds).toFixed(0)} ms late in the mean.`,
    ...(plot === undefined ? [] : [`![Each policy on each side](${plot})`]),
    ...sides.flatMap((side) => [
      `### ${headingOf(side)}`,
      errorTable(side),
      bandTable(side),
      verdictOf(side, policies.length),
    ]),
    ...(profile === undefined ? [] : [`### The profile`, profileText(profile)]),
  ];
  return `${parts.join("\n\n")}\n`;
}

function headingOf({ side }: SideComparison): string {
  if (side === "simulated") return "The simulator";
  if (side === "requests") return "The request-level model";
  return `The simulator, ${side}`;
}

const COLUMNS: readonly (readonly [string, (policy: PolicyComparison) => string])[] = [
  ["utilization", ({ reference }) => reference.utilization.toFixed(2)],
  ["error", ({ errors }) => percent(errors.utilization)],
  ["mean", ({ reference }) => `${milliseconds(reference.meanSeconds)} ms`],
  ["error", ({ errors }) => percent(errors.meanSeconds)],
  ["p95", ({ reference }) => `${milliseconds(reference.p95Seconds)} ms`],
  ["error", ({ errors }) => percent(errors.p95Seconds)],
  ["error, ρ ≤ 0.8", ({ moderate }) => percent(moderate.p95Seconds)],
  ["failed", ({ reference }) => `${(100 * reference.errorRate).toFixed(2)} %`],
  ["difference", ({ errors }) => percent(errors.errorRate)],
  ["cost error", ({ errors }) => percent(errors.costUsd)],
  ["reward of a step", ({ reference }) => `$${reference.rewardPerStep.toFixed(4)}`],
  ["error", ({ errors }) => percent(errors.rewardPerStep)],
];

function errorTable({ policies }: SideComparison): string {
  const header = ["policy", ...COLUMNS.map(([name]) => name)];
  const rows = policies.map((policy) => [`\`${policy.policy}\``, ...COLUMNS.map(([, cell]) => cell(policy))]);
  const means: [keyof Errors, string][] = [
    ["rawStepP95Seconds", "p95 of a step against every request's own time"],
    ["stepP95Seconds", "p95 of a step by PromQL"],
  ];
  const lines = means.flatMap(([name, words]) => {
    const sizes = policies.map(({ errors }) => Math.abs(errors[name])).filter(Number.isFinite);
    const mean = sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
    return sizes.length === 0 ? [] : [`Mean error of the ${words}: ${percent(mean).replace("+", "")}.`];
  });
  return [rowOf(header), rowOf(header.map(() => "---")), ...rows.map(rowOf), "", lines.join(" ")].join("\n").trimEnd();
}

const BAND_COLUMNS: readonly (readonly [string, (band: BandComparison) => string])[] = [
  ["utilization of the reference", ({ from, to }) => (to === null ? `above ${from}` : `${from}–${to}`)],
  ["steps", ({ reference }) => String(reference.steps)],
  ["utilization, error", ({ errors }) => percent(errors.utilization)],
  ["mean", ({ reference }) => `${milliseconds(reference.meanSeconds)} ms`],
  ["error", ({ errors }) => percent(errors.meanSeconds)],
  ["p95", ({ reference }) => `${milliseconds(reference.p95Seconds)} ms`],
  ["error", ({ errors }) => percent(errors.p95Seconds)],
  ["failed", ({ reference }) => `${(100 * reference.errorRate).toFixed(2)} %`],
  ["difference", ({ errors }) => percent(errors.errorRate)],
];

/** The steps of all policies by how loaded the reference was. */
function bandTable({ bands }: SideComparison): string {
  const rows = bands.map((band) => rowOf(BAND_COLUMNS.map(([, cell]) => cell(band))));
  const header = BAND_COLUMNS.map(([name]) => name);
  return [rowOf(header), rowOf(header.map(() => "---")), ...rows].join("\n");
}

function verdictOf({ pairs, pairsToldApart, kendallTau }: SideComparison, count: number): string {
  const ranking = pairsToldApart === 0 ? "" : `; Kendall's τ of the ranking among them is ${kendallTau.toFixed(2)}`;
  return `Of the ${pairs.length} pairs of ${count} policies the reference tells ${pairsToldApart} apart at 95 %${ranking}.`;
}

function profileText(profile: NonNullable<FidelityResults["profile"]>): string {
  const { plumbingSeconds, serviceTimeSeconds, lifecycle, measured } = profile;
  const sure = (name: string, unit: string, factor: number): string => {
    const half = measured.halfWidths[name];
    return half === undefined ? "" : ` ± ${(factor * half).toFixed(factor === 1 ? 1 : 2)} ${unit}`;
  };
  const work = Object.entries(serviceTimeSeconds).map(
    ([name, seconds]) => `work of ${name} ${(1000 * seconds).toFixed(2)} ms${sure(name, "ms", 1000)}`,
  );
  const times = Object.entries(lifecycle).map(([name, time]) => `\`${name}\` ${[time].flat().map(Number).join("–")} s`);
  return [
    `plumbing ${(1000 * plumbingSeconds).toFixed(2)} ms${sure("plumbing", "ms", 1000)}`,
    work.length === 0 ? "work as the definition says" : work.join(", "),
    times.length === 0 ? "times of changes as the simulator has them" : times.join(", "),
    `fitted on ${measured.steps} steps of seeds ${measured.seeds.join(", ")}, which are not among those above`,
  ]
    .map((line) => `- ${line}`)
    .join("\n");
}

function rowOf(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

function percent(value: number): string {
  return Number.isFinite(value) ? `${value >= 0 ? "+" : ""}${(100 * value).toFixed(1)} %` : "–";
}

function milliseconds(seconds: number): string {
  return Number.isFinite(seconds) ? (1000 * seconds).toFixed(1) : "–";
}
