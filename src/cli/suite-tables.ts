/** What a suite found, as tables of text. @module */
import type { Estimate } from "../benchmark/score.js";
import { type SuiteTask, taskLabel } from "../benchmark/suite/suite.js";
import type { SuitePolicyResult, SuiteResults } from "../benchmark/suite/suite-results.js";
import { textTable } from "./text-table.js";

/** A table of scores, the best first, and one of all tasks: those that policies were made for first. */
export function suiteTables({ suite, envs, policies }: SuiteResults, hasColor: boolean): string {
  const ranked = [...policies].sort((a, b) => (b.score?.value ?? -Infinity) - (a.score?.value ?? -Infinity));
  const overall = textTable(
    {
      header: [suite, "score", ...envs, "elsewhere", "days"],
      rows: ranked.map((policy) => [
        policy.name,
        estimateText(policy.score),
        ...envs.map((env) => estimateText(policy.byEnv[env] ?? null)),
        estimateText(policy.shifted),
        `${policy.days.judged}/${policy.days.all}`,
      ]),
    },
    hasColor,
  );
  const tasks = new Map(policies.flatMap((policy) => policy.tasks).map((task) => [taskLabel(task), task]));
  const table = textTable(
    {
      header: ["task", ...ranked.map(({ name }) => name)],
      rows: [...tasks].map(([label, task]) => [label, ...ranked.map((policy) => scoreOn(policy, task))]),
    },
    hasColor,
  );
  return `${overall}\n${table}`;
}

function scoreOn({ tasks }: SuitePolicyResult, { env, workload, madeFor }: SuiteTask): string {
  const found = tasks.find((task) => task.env === env && task.workload === workload && task.madeFor === madeFor);
  return found === undefined ? "–" : found.score.value.toFixed(2);
}

function estimateText(estimate: Estimate | null): string {
  if (estimate === null) return "–";
  const { value, low, high } = estimate;
  return `${value.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`;
}
