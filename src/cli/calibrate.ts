/** `infra-gym calibrate`: the best options of a rule, by search on days for training. @module */
import { calibratedRuleText } from "../agents/calibrated-rule.js";
import { calibrate } from "../benchmark/calibrate.js";
import { makeJudgedEnv } from "../benchmark/make-judged-env.js";
import { policySpecOf } from "../benchmark/policy-spec-of.js";
import type { JudgedEnv } from "../benchmark/run-episode.js";
import { calibratableRules, searchSpaceOf } from "../benchmark/search-space.js";
import { workloadLabel } from "../benchmark/workload-label.js";
import { UsageError } from "../errors.js";
import type { Command } from "./command.js";
import { ENV_OPTIONS, readEnvOptions, readWorkloads } from "./env-options.js";
import type { OptionValues } from "./option-values.js";
import { ProgressBar } from "./progress-bar.js";
import { stepLimit } from "./step-limit.js";
import type { Terminal } from "./terminal.js";
import { writeOutput } from "./write-output.js";

const DRAWS = 48;

/** Calibrates a rule. */
export const calibrateCommand: Command = {
  verb: "calibrate",
  summary: "Search the best options of a rule, on days for training",
  positional: { name: "rule", isRequired: true },
  morePositionals: ["env"],
  options: [
    { name: "rule", value: "NAME", help: calibratableRules().join(", ") },
    { name: "days", value: "N", help: "Judge options on N days of each workload (default 6)" },
    { name: "draws", value: "N", help: `Draw N sets of options before the best is refined (default ${DRAWS})` },
    { name: "seed", value: "N", help: "Seed of the draws (default 0)" },
    { name: "steps", value: "S", help: "Stop an episode after S steps (default: whole days)" },
    { name: "out", value: "FILE.json", help: "Where the rule goes: the policy's name from then on" },
    ...ENV_OPTIONS.filter(({ name }) => !["json", "split"].includes(name)),
  ],
  examples: [
    "infra-gym calibrate expert WebService-v0 --out expert.json",
    "infra-gym calibrate threshold ThreeTier-v0 --workload day,ramp --days 12 --out threshold.json",
  ],
  run: runCalibrate,
};

async function runCalibrate(values: OptionValues, terminal: Terminal): Promise<number> {
  const rule = values.required("rule", "expert");
  const id = values.required("env", "WebService-v0");
  const file = values.required("out", "--out expert.json");
  searchSpaceOf(rule);
  if (!file.endsWith(".json")) {
    throw new UsageError(`Expected --out to end with .json, got ${JSON.stringify(file)}. Policies are found by it.`);
  }
  const workloads = readWorkloads(values);
  const bar = new ProgressBar(terminal);
  const envs: JudgedEnv[] = [];
  try {
    for (const workload of workloads.length === 0 ? [undefined] : workloads) {
      const chosen = workload === undefined ? {} : { workload };
      envs.push(await makeJudgedEnv(id, { ...readEnvOptions(values), ...chosen, split: "train", episode: "day" }));
    }
    const draws = values.count("draws") ?? DRAWS;
    const found = await calibrate({
      rule,
      envs,
      workloads: envs.map((env, index) => workloadLabel(workloads[index], env)),
      days: values.count("days") ?? 6,
      draws,
      seed: values.seed("seed") ?? 0n,
      maxSteps: stepLimit(values, policySpecOf(envs[0]!).stepSeconds),
      // How long it is refined is not known beforehand: the bar fills up with the draws.
      onProgress: ({ tried, best }) =>
        bar.show(Math.min(tried, draws), draws, `${tried} tried, best ${best.toFixed(3)}`),
    });
    bar.clear();
    writeOutput(file, calibratedRuleText(found), terminal);
    const options = Object.entries(found.options).map(([name, value]) => `${name}=${value}`);
    const { candidates, seeds } = found.calibration;
    terminal.out(
      `${rule}:${options.join(":")}\n${candidates} sets of options tried, ${seeds.length} days for training: ` +
        `mean return ${found.calibration.return.toFixed(4)} USD\nPolicy: ${file}\n`,
    );
    return 0;
  } finally {
    bar.clear();
    for (const env of envs) await env.close();
  }
}
