/** `infra-gym evaluate`: a policy judged on episodes it was not made for. @module */

import type { Policy } from "../agents/policy.js";
import { TrainedPolicy } from "../agents/trained-policy.js";
import { evaluate } from "../benchmark/evaluate.js";
import { makeJudgedEnv } from "../benchmark/make-judged-env.js";
import { policySpecOf } from "../benchmark/policy-spec-of.js";
import { summarizePolicy } from "../benchmark/results.js";
import { workloadLabel } from "../benchmark/workload-label.js";
import { UsageError } from "../errors.js";
import { createPlannedPolicy } from "../planners/create-planned-policy.js";
import type { Command } from "./command.js";
import { ENV_OPTIONS, readEnvOptions, readWorkloads } from "./env-options.js";
import { jsonText } from "./json-text.js";
import { episodeTable, policyTable } from "./measure-table.js";
import type { OptionValues } from "./option-values.js";
import { ProgressBar } from "./progress-bar.js";
import { stepLimit } from "./step-limit.js";
import type { Terminal } from "./terminal.js";
import { textTable } from "./text-table.js";
import { writeOutput } from "./write-output.js";

/** Judges one policy. */
export const evaluateCommand: Command = {
  verb: "evaluate",
  summary: "Judge a policy, a rule or a trained agent, on days for testing",
  positional: { name: "policy", isRequired: true },
  morePositionals: ["env"],
  options: [
    { name: "policy", value: "P", help: "A rule such as threshold:0.6, or the folder of a trained agent" },
    { name: "seeds", value: "N|a,b,c", help: "5 means the seeds 0 to 4; a list means itself (default 5)" },
    { name: "steps", value: "S", help: "Stop an episode after S steps (default: whole days)" },
    ...ENV_OPTIONS,
  ],
  examples: [
    "infra-gym evaluate out/ppo WebService-v0 --seeds 40",
    "infra-gym evaluate threshold:0.65 WebService-v0 --seeds 40 --json threshold.json",
    "infra-gym evaluate out/ppo WebService-v0 --trace traffic.csv --gaps hold",
  ],
  run: runEvaluate,
};

async function runEvaluate(values: OptionValues, terminal: Terminal): Promise<number> {
  const policy = createPlannedPolicy(values.required("policy", "threshold:0.6"));
  const id = values.required("env", "WebService-v0");
  const seeds = values.seeds("seeds") ?? [0n, 1n, 2n, 3n, 4n];
  const split = values.choice("split", ["train", "test"]) ?? "test";
  const workloads = readWorkloads(values);
  if (workloads.length > 1) {
    throw new UsageError(`Expected one workload for evaluate, got ${workloads.length}. Compare them with benchmark.`);
  }
  const workload = workloads.length === 0 ? {} : { workload: workloads[0]! };
  const env = await makeJudgedEnv(id, { ...optionsFor(policy, values), split, ...workload });
  const bar = new ProgressBar(terminal);
  try {
    let done = 0;
    const { episodes } = await evaluate(env, policy, {
      seeds,
      maxSteps: stepLimit(values, policySpecOf(env).stepSeconds),
      onEpisode: ({ seed }) => bar.show(++done, seeds.length, `seed ${seed}`),
    });
    bar.clear();
    const label = workloadLabel(workloads[0], env);
    const results = episodes.map((episode) => ({ policy: policy.name, workload: label, ...episode }));
    const summary = summarizePolicy(policy.name, policy.kind, results);
    const json = values.text("json");
    if (json !== "-") {
      terminal.out(
        `${textTable(episodeTable(episodes.map((episode) => ({ ...episode, seed: BigInt(String(episode.seed)) }))), terminal.hasColor)}\n`,
      );
      terminal.out(textTable(policyTable("all episodes", [summary]), terminal.hasColor));
    }
    if (json === undefined) return 0;
    const what = { schema: 1, env: env.spec?.id ?? id, split, workload: label };
    writeOutput(json, jsonText({ ...what, policy: summary, episodes: results }), terminal);
    return 0;
  } finally {
    bar.clear();
    await env.close();
  }
}

/** The environment's options: what an agent was trained with, unless the command line says otherwise. */
export function optionsFor(
  policy: Policy,
  values: OptionValues,
  backends?: readonly string[],
): Record<string, unknown> {
  return { ...trainedOptions(policy), ...readEnvOptions(values, backends) };
}

/** What an agent was trained with; nothing for a rule. */
export function trainedOptions(policy: Policy): Readonly<Record<string, unknown>> {
  return policy instanceof TrainedPolicy ? (policy.env?.options ?? {}) : {};
}
