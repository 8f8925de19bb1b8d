/** `infra-gym run`: one policy at work, step by step. @module */

import { envAtCadence } from "../benchmark/cadence.js";
import { makeJudgedEnv } from "../benchmark/make-judged-env.js";
import { policySpecOf } from "../benchmark/policy-spec-of.js";
import type { ObservedStep } from "../benchmark/run-episode.js";
import { workloadLabel } from "../benchmark/workload-label.js";
import type { InfraInfo } from "../envs/info.js";
import { UsageError } from "../errors.js";
import type { Workload } from "../loadgen/workload.js";
import { createPlannedPolicy } from "../planners/create-planned-policy.js";
import type { Command } from "./command.js";
import { worldOf } from "./components.js";
import { DIGITALOCEAN_OPTIONS } from "./digitalocean-options.js";
import { ENV_OPTIONS, readWorkloads } from "./env-options.js";
import { type EpisodeMetrics, readMetricsOptions, showEpisodeMetrics, writeMetrics } from "./episode-metrics.js";
import { optionsFor } from "./evaluate.js";
import { jsonText } from "./json-text.js";
import { episodeTable } from "./measure-table.js";
import type { OptionValues } from "./option-values.js";
import { ProgressBar } from "./progress-bar.js";
import { type RecordedEpisode, recordEpisode } from "./record-episode.js";
import { stepLimit } from "./step-limit.js";
import type { Terminal } from "./terminal.js";
import { textTable } from "./text-table.js";
import { watchEnv } from "./watch.js";
import { writeOutput } from "./write-output.js";

/** Where it can run. */
const BACKENDS = ["simulated", "local", "digitalocean"] as const;

/** Runs episodes of one policy. */
export const runCommand: Command = {
  verb: "run",
  summary: "Run a policy in an environment",
  positional: { name: "env", isRequired: true },
  options: [
    {
      name: "policy",
      value: "P",
      help: "static, always-up, random, threshold, target-tracking, or threshold:0.6 (default static)",
    },
    { name: "seed", value: "N", help: "Seed of the first episode; the next ones take N+1, N+2, … (default 0)" },
    { name: "episodes", value: "K", help: "How many episodes (default 1)" },
    { name: "steps", value: "S", help: "Stop an episode after S steps" },
    { name: "watch", value: null, help: "Show each step as it happens: graph, changes, load, latency, bill" },
    { name: "metrics-port", value: "P", help: "Serve the metrics on 127.0.0.1:P while it runs; 0 takes a free port" },
    { name: "pace", value: "DURATION", help: "Time that a step takes while metrics are served (default 1s)" },
    { name: "openmetrics", value: "FILE", help: "Write the episode's metrics in OpenMetrics, for promtool or query" },
    ...ENV_OPTIONS.map((option) => (option.name === "backend" ? { ...option, value: BACKENDS.join("|") } : option)),
    ...DIGITALOCEAN_OPTIONS,
  ],
  examples: [
    "infra-gym run WebService-v0 --policy threshold --seed 1",
    "infra-gym run WebService-v0 --policy static:6 --for 2h --json run.json",
    "infra-gym run WebService-v0 --backend local --policy threshold --for 30m --watch",
    "infra-gym run WebService-v0 --backend digitalocean --budget 5 --runner-address 203.0.113.7 --ssh-key 3b:16:bf:e4:8b:00:8b:b8 --identity ~/.ssh/id_ed25519 --workload day --peak 50 --steps 10",
    "infra-gym run WebService-v0 --steps 60 --openmetrics episode.om",
    "infra-gym run ThreeTier-v0 --policy random --workload traffic.csv --compress 12",
  ],
  run: runRun,
};

async function runRun(values: OptionValues, terminal: Terminal): Promise<number> {
  const id = values.required("env", "WebService-v0");
  const policy = createPlannedPolicy(values.text("policy") ?? "static");
  const seed = values.seed("seed") ?? 0n;
  const count = values.count("episodes") ?? 1;
  const split = values.choice("split", ["train", "test"]) ?? "train";
  const workload = readWorkload(values);
  const json = values.text("json");
  const metricsOptions = readMetricsOptions(values, count);
  const options = { ...optionsFor(policy, values, BACKENDS), split, ...(workload === undefined ? {} : { workload }) };
  const env = envAtCadence(await makeJudgedEnv<InfraInfo>(id, options), policy);
  const bar = new ProgressBar(terminal);
  const episodes: RecordedEpisode[] = [];
  let metrics: EpisodeMetrics | undefined;
  const watcher = values.flag("watch") ? watchEnv(env, policy.name, terminal) : undefined;
  try {
    metrics = await showEpisodeMetrics(env, metricsOptions, terminal);
    const spec = policySpecOf(env);
    const maxSteps = stepLimit(values, spec.stepSeconds);
    policy.bind(spec);
    for (let k = 0; k < count; k++) {
      watcher?.begin(seed + BigInt(k));
      const onStep = async (step: ObservedStep<InfraInfo>): Promise<void> => {
        await watcher?.onStep(step);
        await metrics?.onStep();
      };
      const looks = watcher === undefined && metrics === undefined ? {} : { onStep };
      episodes.push(
        await recordEpisode(env, policy, { seed: seed + BigInt(k), maxSteps, ...looks }, json !== undefined),
      );
      if (watcher === undefined) bar.show(k + 1, count, `seed ${seed + BigInt(k)}`);
    }
  } finally {
    bar.clear();
    watcher?.clear();
    await metrics?.close();
    await env.close();
  }
  if (metrics !== undefined) writeMetrics(metrics, metricsOptions, terminal);
  if (json !== "-" && metricsOptions.file !== "-") terminal.out(textTable(episodeTable(episodes), terminal.hasColor));
  if (json === undefined) return 0;
  const what = { policy: policy.name, workload: workloadLabel(workload, env), split };
  writeOutput(json, jsonText({ env: env.spec?.id ?? id, seed, ...worldOf(env), ...what, episodes }, 0), terminal);
  return 0;
}

function readWorkload(values: OptionValues): string | Workload | undefined {
  const workloads = readWorkloads(values);
  if (workloads.length <= 1) return workloads[0];
  throw new UsageError(`Expected one workload for run, got ${workloads.length}. Compare them with benchmark.`);
}
