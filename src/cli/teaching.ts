/** What behaviour cloning is shown: files, or a teacher at work. @module */
import { type Demonstrations, joinDemonstrations, recordDemonstrations } from "../agents/demonstrations.js";
import type { Algorithm } from "../agents/learner.js";
import { readDemonstrations } from "../agents/read-demonstrations.js";
import { makeJudgedEnv } from "../benchmark/make-judged-env.js";
import { policySpecOf } from "../benchmark/policy-spec-of.js";
import { UsageError } from "../errors.js";
import { createPlannedPolicy } from "../planners/create-planned-policy.js";
import { readWorkloads } from "./env-options.js";
import type { OptionValues } from "./option-values.js";
import { ProgressBar } from "./progress-bar.js";
import type { Terminal } from "./terminal.js";

const EPISODES = 20;

/**
 * Demonstrations for the algorithm; nothing for one that learns by doing. A teacher shows train days: `--split test` is refused.
 *
 * @throws UsageError, InvalidDatasetError, PolicyMismatchError and what making policies and environments throws
 */
export async function readTeaching(
  algorithm: Algorithm,
  id: string,
  values: OptionValues,
  envOptions: Readonly<Record<string, unknown>>,
  terminal: Terminal,
): Promise<{ readonly demonstrations?: Demonstrations }> {
  const files = values.list("dataset") ?? [];
  const teacher = values.text("teacher");
  if (algorithm !== "behaviour-cloning") {
    if (files.length === 0 && teacher === undefined) return {};
    throw new UsageError(`--dataset and --teacher are for behaviour-cloning, got ${algorithm}. Leave them out.`);
  }
  if ((files.length === 0) === (teacher === undefined)) {
    throw new UsageError("Expected --dataset FILE or --teacher POLICY, one of both, for behaviour-cloning.");
  }
  const parts =
    files.length > 0 ? files.map(readDemonstrations) : await watch(teacher!, id, values, envOptions, terminal);
  return { demonstrations: joinDemonstrations(parts as [Demonstrations, ...Demonstrations[]]) };
}

async function watch(
  name: string,
  id: string,
  values: OptionValues,
  envOptions: Readonly<Record<string, unknown>>,
  terminal: Terminal,
): Promise<Demonstrations[]> {
  if (values.choice("split", ["train", "test"]) === "test") {
    throw new UsageError(
      "A teacher shows train days: what is learnt from test days proves nothing. Leave --split out.",
    );
  }
  const teacher = createPlannedPolicy(name);
  const named = readWorkloads(values);
  const workloads = named.length === 0 ? [{}] : named.map((workload) => ({ workload }));
  const count = values.count("episodes") ?? EPISODES;
  const bar = new ProgressBar(terminal);
  const parts: Demonstrations[] = [];
  try {
    for (const workload of workloads) {
      const env = await makeJudgedEnv(id, { ...envOptions, ...workload, split: "train" });
      teacher.bind(policySpecOf(env));
      for (let seed = 0; seed < count; seed++) {
        parts.push(await recordDemonstrations(env, teacher, { seeds: [seed] }));
        bar.show(parts.length, count * workloads.length, `${name}, seed ${seed}`);
      }
      await env.close();
    }
  } finally {
    bar.clear();
  }
  return parts;
}
