/** `infra-gym benchmark`: policies against each other on the same arrivals. @module */

import { join } from "node:path";
import { policyNames } from "../agents/create-policy.js";
import { policySpecOf } from "../benchmark/policy-spec-of.js";
import { renderReport } from "../benchmark/report/render-report.js";
import { type BenchmarkResults, summarizePolicy } from "../benchmark/results.js";
import { runBenchmark } from "../benchmark/run-benchmark.js";
import { type BenchmarkScores, scoreBenchmark } from "../benchmark/score-benchmark.js";
import { suiteNames } from "../benchmark/suite/suite.js";
import { UsageError } from "../errors.js";
import { createPlannedPolicy } from "../planners/create-planned-policy.js";
import type { Command } from "./command.js";
import { ENV_OPTIONS, readEnvOptions, readWorkloads } from "./env-options.js";
import { trainedOptions } from "./evaluate.js";
import { jsonText } from "./json-text.js";
import { policyTable } from "./measure-table.js";
import type { OptionValues } from "./option-values.js";
import { ProgressBar } from "./progress-bar.js";
import { stepLimit } from "./step-limit.js";
import type { Terminal } from "./terminal.js";
import { type TextTable, textTable } from "./text-table.js";
import { writeOutput } from "./write-output.js";

/** Compares policies. */
export const benchmarkCommand: Command = {
  verb: "benchmark",
  summary: "Compare policies on the same workloads and seeds",
  positional: { name: "env", isRequired: false },
  options: [
    { name: "policies", value: "a,b,…", help: "Policies by name, with parameters such as static:8 or threshold:0.6" },
    { name: "seeds", value: "N|a,b,c", help: "5 means the seeds 0 to 4; a list means itself (default 5)" },
    { name: "steps", value: "S", help: "Stop an episode after S steps (default: whole days)" },
    { name: "out", value: "DIR", help: "Write report.html and results.json into a folder" },
    {
      name: "suite",
      value: "NAME",
      help: `Run a whole suite in --out, or what is missing of it: ${suiteNames().join(", ")}`,
    },
    { name: "agents", value: "N", help: "Suite: train N agents for each learner and task (default the suite's)" },
    { name: "train-steps", value: "N", help: "Suite: train each agent for N environment steps (default the suite's)" },
    { name: "workers", value: "N", help: "Suite: work on N cores; 0 works in this thread alone (default all cores)" },
    { name: "score", value: null, help: "Score too: 0 is the best static in hindsight, 1 the oracle; whole days only" },
    ...ENV_OPTIONS,
  ],
  examples: [
    "infra-gym benchmark --env WebService-v0 --policies static,random,threshold,target-tracking --seeds 5 --out out",
    "infra-gym benchmark --env ThreeTier-v0 --policies threshold:0.5,threshold:0.7 --workload day,ramp",
    "infra-gym benchmark --env WebService-v0 --policies static,threshold --trace traffic.csv --gaps hold --compress 12",
    "infra-gym benchmark --suite autoscaling-v0 --policies threshold,forecast --out out/suite",
    "infra-gym benchmark --suite autoscaling-v0 --env WebService-v0 --workload day --agents 2 --out out/small",
  ],
  run: runBenchmarkCommand,
};

/** Options that mean something in a suite alone. */
const SUITE_OPTIONS = ["agents", "train-steps", "workers"] as const;

async function runBenchmarkCommand(values: OptionValues, terminal: Terminal): Promise<number> {
  if (values.text("suite") !== undefined) {
    return (await import("./benchmark-suite.js")).runSuiteCommand(values, terminal);
  }
  const stray = SUITE_OPTIONS.find((option) => values.text(option) !== undefined);
  if (stray !== undefined) throw new UsageError(`--${stray} is for suites. Add --suite autoscaling-v0.`);
  const id = values.required("env", "WebService-v0");
  const policies = values.list("policies") ?? policyNames();
  const made = policies.map((policy) => createPlannedPolicy(policy));
  // What agents were trained with, unless the command line says otherwise; agents of different kinds refuse each other's.
  const envOptions = Object.assign({}, ...made.map(trainedOptions), readEnvOptions(values));
  const seeds = values.seeds("seeds") ?? [0n, 1n, 2n, 3n, 4n];
  const workloads = readWorkloads(values);
  const wantsScores = values.flag("score");
  if (wantsScores) checkScorable(values, workloads);
  const bar = new ProgressBar(terminal);
  const benchmark = await runBenchmark({
    env: id,
    policies,
    seeds,
    ...(workloads.length === 0 ? {} : { workloads }),
    split: values.choice("split", ["train", "test"]) ?? "test",
    envOptions,
    maxSteps: (env) => stepLimit(values, policySpecOf(env).stepSeconds),
    onProgress: ({ done, total, policy, workload, seed }) =>
      bar.show(done, total, `${policy} on ${workload}, seed ${seed}`),
  }).finally(() => bar.clear());
  const json = values.text("json");
  if (json !== "-") terminal.out(tablesOf(benchmark.results, terminal.hasColor));
  const scores = wantsScores ? await scoreBenchmark(benchmark.results, envOptions) : undefined;
  if (scores !== undefined && json !== "-") terminal.out(`\n${textTable(scoreTable(scores), terminal.hasColor)}`);
  const text = jsonText(benchmark.results);
  if (json !== undefined) writeOutput(json, text, terminal);
  const out = values.text("out");
  if (out === undefined) return 0;
  writeOutput(join(out, "results.json"), text, terminal);
  if (scores !== undefined) writeOutput(join(out, "scores.json"), jsonText(scores), terminal);
  writeOutput(join(out, "report.html"), renderReport(benchmark), terminal);
  if (json !== "-") terminal.out(`\nReport: ${join(out, "report.html")}\n`);
  return 0;
}

function checkScorable(values: OptionValues, workloads: readonly unknown[]): void {
  const stopped = ["steps", "for"].find((option) => values.text(option) !== undefined);
  if (stopped !== undefined) throw new UsageError(`--score needs whole days. Leave out --${stopped}.`);
  if (workloads.every((workload) => typeof workload === "string")) return;
  throw new UsageError("--score needs workloads known by name, not traces.");
}

/** The policies' scores, the best first. */
function scoreTable({ policies }: BenchmarkScores): TextTable {
  const rows = [...policies].sort((a, b) => b.score.value - a.score.value);
  return {
    header: ["score", "interquartile mean"],
    rows: rows.map(({ policy, score: { value, low, high } }) => [
      policy,
      `${value.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`,
    ]),
  };
}

/** A table for each workload, and one for all where there are several. */
function tablesOf(results: BenchmarkResults, hasColor: boolean): string {
  const { policies, workloads, episodes } = results;
  const perWorkload = workloads.map((workload) => {
    const rows = policies.map(({ name, kind }) =>
      summarizePolicy(
        name,
        kind,
        episodes.filter((episode) => episode.workload === workload && episode.policy === name),
      ),
    );
    return textTable(policyTable(workload, rows), hasColor);
  });
  const overall = workloads.length > 1 ? [textTable(policyTable("all workloads", policies), hasColor)] : [];
  return [...perWorkload, ...overall].join("\n");
}
