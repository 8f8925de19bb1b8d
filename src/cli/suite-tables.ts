/** What a suite found, as tables of text. @module */
import type { Estimate } from "../benchmark/score.js";
import { taskLabel } from "../benchmark/suite/suite.js";
import type { SuitePolicyResult, SuiteResults } from "../benchmark/suite/suite-results.js";
import { textTable } from "./text-table.js";

/** A table of scores, the best first, and one of all tasks. */
export function suiteTables({ suite, envs, policies, references }: SuiteResults, hasColor: boolean): string {
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
  const tasks = textTable(
    {
      header: ["task", ...ranked.map(({ name }) => name)],
      rows: references.map(({ env, workload }) => {
        const task = { env, workload, madeFor: workload };
        return [taskLabel(task), ...ranked.map((policy) => scoreOn(policy, env, workload))];
      }),
    },
    hasColor,
  );
  return `${overall}\n${tasks}`;
}

function scoreOn({ tasks }: SuitePolicyResult, env: string, workload: string): string {
  const found = tasks.find((task) => task.env === env && task.workload === workload && task.madeFor === workload);
  return found === undefined ? "–" : found.score.value.toFixed(2);
}

function estimateText(estimate: Estimate | null): string {
  if (estimate === null) return "–";
  const { value, low, high } = estimate;
  return `${value.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`;
}
