/** `infra-gym record`: a policy's steps as a data set, for learning from it. @module */

import type { Policy, PolicySpec } from "../agents/policy.js";
import { makeJudgedEnv } from "../benchmark/make-judged-env.js";
import { policySpecOf } from "../benchmark/policy-spec-of.js";
import { type JudgedEnv, type ObservedStep, runEpisode } from "../benchmark/run-episode.js";
import { workloadLabel } from "../benchmark/workload-label.js";
import { NotSupportedError, UsageError } from "../errors.js";
import { createPlannedPolicy } from "../planners/create-planned-policy.js";
import type { Command } from "./command.js";
import { ENV_OPTIONS, readWorkloads } from "./env-options.js";
import { optionsFor } from "./evaluate.js";
import { jsonText } from "./json-text.js";
import type { OptionValues } from "./option-values.js";
import { ProgressBar } from "./progress-bar.js";
import { stepLimit } from "./step-limit.js";
import type { Terminal } from "./terminal.js";
import { writeOutput } from "./write-output.js";

/** Records episodes. */
export const recordCommand: Command = {
  verb: "record",
  summary: "Record a policy's steps as a data set",
  positional: { name: "policy", isRequired: true },
  morePositionals: ["env"],
  options: [
    { name: "policy", value: "P", help: "A rule such as threshold:0.6, or the folder of a trained agent" },
    { name: "episodes", value: "N", help: "How many episodes (default 1)" },
    { name: "seed", value: "N", help: "Seed of the first episode; the next ones take N+1, N+2, … (default 0)" },
    { name: "steps", value: "S", help: "Stop an episode after S steps (default: whole days)" },
    { name: "out", value: "FILE", help: "JSON lines: a header, then one line per step; - for the standard output" },
    ...ENV_OPTIONS.filter(({ name }) => name !== "json"),
  ],
  examples: [
    "infra-gym record threshold:0.65 WebService-v0 --episodes 40 --out threshold.jsonl",
    "infra-gym record out/ppo WebService-v0 --episodes 10 --split test --out ppo.jsonl",
  ],
  run: runRecord,
};

async function runRecord(values: OptionValues, terminal: Terminal): Promise<number> {
  const policy = createPlannedPolicy(values.required("policy", "threshold:0.6"));
  const id = values.required("env", "WebService-v0");
  const file = values.required("out", "--out steps.jsonl");
  const count = values.count("episodes") ?? 1;
  const seed = values.seed("seed") ?? 0n;
  const split = values.choice("split", ["train", "test"]) ?? "train";
  const workloads = readWorkloads(values);
  if (workloads.length > 1) throw new UsageError(`Expected one workload for record, got ${workloads.length}.`);
  const workload = workloads.length === 0 ? {} : { workload: workloads[0]! };
  const env = await makeJudgedEnv(id, { ...optionsFor(policy, values), split, ...workload });
  const bar = new ProgressBar(terminal);
  const header = {
    schema: 1,
    env: env.spec?.id ?? id,
    options: env.spec?.options ?? {},
    policy: policy.name,
    split,
    workload: workloadLabel(workloads[0], env),
    observationSpace: String(env.observationSpace),
    actionSpace: String(env.actionSpace),
  };
  const lines = [jsonText(header, 0)];
  try {
    const spec = policySpecOf(env);
    checkCadence(policy, spec);
    const maxSteps = stepLimit(values, spec.stepSeconds);
    policy.bind(spec);
    for (let k = 0; k < count; k++) {
      await recordOne(env, policy, seed + BigInt(k), maxSteps, lines);
      bar.show(k + 1, count, `seed ${seed + BigInt(k)}`);
    }
  } finally {
    bar.clear();
    await env.close();
  }
  writeOutput(file, lines.join(""), terminal);
  return 0;
}

/** A data set holds what was done once a step. @throws NotSupportedError */
function checkCadence({ name, everySeconds }: Policy, { stepSeconds }: PolicySpec): void {
  if (everySeconds === undefined || everySeconds === stepSeconds) return;
  const what = `Recording ${name}, which looks every ${everySeconds} s, in steps of ${stepSeconds} s`;
  throw new NotSupportedError(what, "Leave everySeconds out.");
}

/** Adds an episode's lines: what was seen and allowed before each action, the action, and what it led to. */
async function recordOne(
  env: JudgedEnv,
  policy: Policy,
  seed: bigint,
  maxSteps: number,
  lines: string[],
): Promise<void> {
  let [observation, actionMask]: [unknown, unknown] = [null, null];
  await runEpisode(env, policy, {
    seed,
    maxSteps,
    onReset: (first, info) => {
      [observation, actionMask] = [first, info.actionMask];
    },
    onStep: (step: ObservedStep) => {
      const { action, reward, terminated, truncated } = step;
      const last = terminated || truncated || step.index + 1 === maxSteps ? { nextObservation: step.observation } : {};
      lines.push(
        jsonText(
          { seed, step: step.index, observation, actionMask, action, reward, terminated, truncated, ...last },
          0,
        ),
      );
      [observation, actionMask] = [step.observation, step.info.actionMask];
    },
  });
}
