/** `infra-gym bound`: what no policy can earn more than, and how near the oracle comes to it. @module */
import { makeJudgedEnv } from "../benchmark/make-judged-env.js";
import { policySpecOf } from "../benchmark/policy-spec-of.js";
import { runEpisode } from "../benchmark/run-episode.js";
import { workloadLabel } from "../benchmark/workload-label.js";
import { UsageError } from "../errors.js";
import { ReturnBound } from "../planners/bound.js";
import { createPlannedPolicy } from "../planners/create-planned-policy.js";
import { planningModelOf } from "../planners/planning-model-of.js";
import type { Command } from "./command.js";
import { ENV_OPTIONS, readEnvOptions, readWorkloads } from "./env-options.js";
import { jsonText } from "./json-text.js";
import type { OptionValues } from "./option-values.js";
import { ProgressBar } from "./progress-bar.js";
import type { Terminal } from "./terminal.js";
import { textTable } from "./text-table.js";
import { writeOutput } from "./write-output.js";

/** Bounds returns. */
export const boundCommand: Command = {
  verb: "bound",
  summary: "Bound what any policy can earn on given days, and compare one with it",
  positional: { name: "env", isRequired: true },
  options: [
    { name: "policy", value: "P", help: "What is compared with the bound (default oracle)" },
    { name: "seeds", value: "N|a,b,c", help: "5 means the seeds 0 to 4; a list means itself (default 5)" },
    ...ENV_OPTIONS.filter(({ name }) => name !== "for"),
  ],
  examples: [
    "infra-gym bound WebService-v0 --seeds 10",
    "infra-gym bound ThreeTier-v0 --workload ramp --json bound.json",
  ],
  run: runBound,
};

interface BoundedDay {
  readonly seed: bigint;
  readonly bound: number;
  readonly return: number;
}

async function runBound(values: OptionValues, terminal: Terminal): Promise<number> {
  const id = values.required("env", "WebService-v0");
  const seeds = values.seeds("seeds") ?? [0n, 1n, 2n, 3n, 4n];
  const split = values.choice("split", ["train", "test"]) ?? "test";
  const workloads = readWorkloads(values);
  if (workloads.length > 1) throw new UsageError(`Expected one workload for bound, got ${workloads.length}.`);
  const workload = workloads.length === 0 ? {} : { workload: workloads[0]! };
  const policy = createPlannedPolicy(values.text("policy") ?? "oracle");
  const env = await makeJudgedEnv(id, { ...readEnvOptions(values), split, ...workload });
  const bar = new ProgressBar(terminal);
  const days: BoundedDay[] = [];
  try {
    const spec = policySpecOf(env);
    const bound = new ReturnBound(planningModelOf("bound", spec));
    policy.bind(spec);
    for (const seed of seeds) {
      const { return: sum } = await runEpisode(env, policy, { seed });
      days.push({ seed, bound: bound.of(seed), return: sum });
      bar.show(days.length, seeds.length, `seed ${seed}`);
    }
  } finally {
    bar.clear();
    await env.close();
  }
  const json = values.text("json");
  if (json !== "-") terminal.out(textTable(tableOf(policy.name, days), terminal.hasColor));
  if (json === undefined) return 0;
  const what = { schema: 1, env: env.spec?.id ?? id, options: env.spec?.options ?? {}, split };
  const label = workloadLabel(workloads[0], env);
  const episodes = days.map((day) => ({ ...day, gap: gapOf(day) }));
  writeOutput(json, jsonText({ ...what, workload: label, policy: policy.name, ...meanOf(days), episodes }), terminal);
  return 0;
}

function tableOf(policy: string, days: readonly BoundedDay[]): { header: string[]; rows: string[][] } {
  const mean = meanOf(days);
  const row = (name: string, { bound, return: sum, gap }: ReturnType<typeof meanOf>): string[] => [
    name,
    ...[bound, sum].map((usd) => usd.toFixed(4)),
    `${(100 * gap).toFixed(1)} %`,
  ];
  return {
    header: ["seed", "bound, USD", `${policy}, USD`, "gap"],
    rows: [...days.map((day) => row(String(day.seed), { ...day, gap: gapOf(day) })), row("mean", mean)],
  };
}

function meanOf(days: readonly BoundedDay[]): { bound: number; return: number; gap: number } {
  const mean = (key: "bound" | "return"): number => days.reduce((sum, day) => sum + day[key], 0) / days.length;
  const [bound, sum] = [mean("bound"), mean("return")];
  return { bound, return: sum, gap: gapOf({ bound, return: sum }) };
}

/** The share of what a policy loses that the bound does not explain. */
function gapOf({ bound, return: sum }: Pick<BoundedDay, "bound" | "return">): number {
  return (bound - sum) / Math.abs(sum);
}
