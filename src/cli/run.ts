/** `infra-gym run`: one policy at work, step by step. @module */
import { createPolicy } from "../agents/create-policy.js";
import { makeJudgedEnv } from "../benchmark/make-judged-env.js";
import type { EpisodeMeasures } from "../benchmark/measures.js";
import { policySpecOf } from "../benchmark/policy-spec-of.js";
import { type JudgedEnv, runEpisode } from "../benchmark/run-episode.js";
import type { InfraInfo } from "../envs/info.js";
import { UsageError } from "../errors.js";
import type { Command } from "./command.js";
import { ENV_OPTIONS, readEnvOptions, readWorkloads } from "./env-options.js";
import { EpisodeTranscript, SIMULATED_COMPONENTS } from "./episode-transcript.js";
import { jsonText } from "./json-text.js";
import { episodeTable } from "./measure-table.js";
import type { OptionValues } from "./option-values.js";
import { ProgressBar } from "./progress-bar.js";
import type { Terminal } from "./terminal.js";
import { textTable } from "./text-table.js";
import { writeOutput } from "./write-output.js";

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
    ...ENV_OPTIONS,
  ],
  examples: [
    "infra-gym run WebService-v0 --policy threshold --seed 1",
    "infra-gym run WebService-v0 --policy static:6 --for 2h --json run.json",
    "infra-gym run ThreeTier-v0 --policy random --workload traffic.csv --compress 12",
  ],
  run: runRun,
};

async function runRun(values: OptionValues, terminal: Terminal): Promise<number> {
  const id = values.required("env", "WebService-v0");
  const policy = createPolicy(values.text("policy") ?? "static");
  const seed = values.seed("seed") ?? 0n;
  const count = values.count("episodes") ?? 1;
  const json = values.text("json");
  const env = await makeEnv(id, values);
  const bar = new ProgressBar(terminal);
  const transcripts: unknown[] = [];
  const episodes: (EpisodeMeasures & { seed: bigint })[] = [];
  try {
    const spec = policySpecOf(env);
    const maxSteps = stepLimit(values, spec.stepSeconds);
    policy.bind(spec);
    for (let k = 0; k < count; k++) {
      const transcript = new EpisodeTranscript(seed + BigInt(k));
      const onlookers = json === undefined ? {} : transcript.onlookers();
      const measures = await runEpisode(env, policy, { seed: transcript.seed, maxSteps, ...onlookers });
      episodes.push({ seed: transcript.seed, ...measures });
      transcripts.push(transcript.finish(measures));
      bar.show(k + 1, count, `seed ${transcript.seed}`);
    }
  } finally {
    bar.clear();
    await env.close();
  }
  if (json !== "-") terminal.out(textTable(episodeTable(episodes), terminal.hasColor));
  if (json !== undefined) {
    const result = { env: env.spec?.id ?? id, seed, backend: "simulated", components: SIMULATED_COMPONENTS };
    writeOutput(json, jsonText({ ...result, policy: policy.name, episodes: transcripts }, 0), terminal);
  }
  return 0;
}

/** The environment a command line asks for. */
async function makeEnv(id: string, values: OptionValues): Promise<JudgedEnv<InfraInfo>> {
  const workloads = readWorkloads(values);
  if (workloads.length > 1) throw new UsageError(`Expected one workload for run, got ${workloads.length}.`);
  const split = values.choice("split", ["train", "test"]) ?? "train";
  const options = { ...readEnvOptions(values), split, ...(workloads.length === 0 ? {} : { workload: workloads[0] }) };
  return makeJudgedEnv<InfraInfo>(id, options);
}

/** Where an episode stops: after `--steps` steps, or after the steps of `--for`. */
export function stepLimit(values: OptionValues, stepSeconds: number): number {
  const duration = values.duration("for");
  const steps = values.count("steps");
  if (duration === undefined) return steps ?? Infinity;
  if (steps !== undefined)
    throw new UsageError(`Expected ${values.source("steps")} or ${values.source("for")}, got both.`);
  return Math.max(1, Math.round(duration / stepSeconds));
}
