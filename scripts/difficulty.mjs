/** Measures how hard the environments are: every constant size, always up, random, and rules calibrated on train days. @module */
import { createHash } from "node:crypto";
import { createPolicy } from "../dist/agents/index.js";
import { bootstrapMean, evaluate } from "../dist/benchmark/index.js";
import { InfraEnv, InfraVectorEnv } from "../dist/envs/index.js";

/** Days of the split `train` on which rules are calibrated, and of the split `test` on which all are judged. */
const TRAIN_SEEDS = [0, 1, 2, 3];
const TEST_SEEDS = [0, 1, 2, 3, 4, 5, 6, 7];
const WORKLOADS = ["day", "flash-crowd", "ramp"];
const RULES = ["threshold", "target-tracking"];
const UTILIZATIONS = Array.from({ length: 12 }, (_, i) => Number((0.3 + 0.05 * i).toFixed(2)));

/** A definition in short: another one has another hash. */
export function hashOf(definition) {
  return createHash("sha256").update(JSON.stringify(definition)).digest("hex").slice(0, 16);
}

/**
 * Measures environments.
 *
 * @param define Definitions by id, as functions of options.
 * @param say Called with a line of progress.
 */
export async function measureDifficulty(define, say) {
  const environments = [];
  for (const [env, definition] of Object.entries(define)) {
    const workloads = [];
    for (const workload of WORKLOADS) {
      say(`${env}, ${workload}`);
      const rows = [...(await staticRows(definition({ control: "target" }), workload))];
      for (const policy of ["always-up", "random"]) rows.push(await policyRow(definition(), workload, policy));
      for (const rule of RULES) rows.push(await ruleRow(definition(), workload, rule));
      workloads.push({ workload, rows });
    }
    environments.push({ env, definition: hashOf(definition()), workloads });
  }
  return { schema: 1, trainSeeds: TRAIN_SEEDS, testSeeds: TEST_SEEDS, environments };
}

/** The least, the initial and the best of all constant sizes, set by the first action and judged in hindsight on the test days. */
async function staticRows(definition, workload) {
  const choices = allChoices(definition.controls);
  const env = new InfraVectorEnv(definition, { numEnvs: choices.length, workload, split: "test" });
  const runs = [];
  for (const seed of TEST_SEEDS) runs.push(await constantDay(env, choices, seed));
  const row = (policy, e) => ({
    policy,
    setting: settingOf(definition.controls, choices[e]),
    ...summarize(runs.map((run) => run[e])),
  });
  const means = choices.map((_, e) => runs.reduce((sum, run) => sum + run[e].return, 0));
  const best = means.indexOf(Math.max(...means));
  const initial = choices.findIndex((slots) =>
    definition.controls.every((control, k) => valueAt(control, slots[k]) === initialValue(definition, control)),
  );
  return [row("least", 0), row("as it starts", initial), row("best constant size", best)];
}

async function constantDay(env, choices, seed) {
  const actions = Int32Array.from(choices.flat());
  const days = choices.map(() => ({ return: 0, costUsd: 0, arrivals: 0, violations: 0 }));
  await env.reset({ seed: choices.map(() => seed) });
  for (let isOver = false; !isOver; ) {
    const [, rewards, , truncations, infos] = await env.step(actions);
    days.forEach((day, e) => {
      day.return += rewards[e];
      day.costUsd += infos.costUsd[e];
      day.arrivals += infos.arrivals[e];
      day.violations += infos.violations[e];
    });
    isOver = truncations[0] === 1;
  }
  return days.map((day) => ({ ...day, slaViolation: day.violations / day.arrivals }));
}

async function policyRow(definition, workload, policy) {
  return { policy, setting: "", ...summarize(await episodes(definition, workload, policy, "test", TEST_SEEDS)) };
}

/** The rule with the utilization that did best on the train days of the same workload. */
async function ruleRow(definition, workload, rule) {
  let best = { utilization: 0, value: -Infinity };
  for (const utilization of UTILIZATIONS) {
    const days = await episodes(definition, workload, `${rule}:${utilization}`, "train", TRAIN_SEEDS);
    const value = days.reduce((sum, day) => sum + day.return, 0);
    if (value > best.value) best = { utilization, value };
  }
  const { utilization } = best;
  const days = await episodes(definition, workload, `${rule}:${utilization}`, "test", TEST_SEEDS);
  return { policy: rule, setting: `utilization ${utilization}`, ...summarize(days) };
}

async function episodes(definition, workload, policy, split, seeds) {
  const env = new InfraEnv(definition, { workload, split });
  const evaluation = await evaluate(env, createPolicy(policy), { seeds });
  await env.close();
  return evaluation.episodes;
}

function summarize(days) {
  return {
    return: bootstrapMean(days.map((day) => day.return)),
    costUsd: bootstrapMean(days.map(({ costUsd }) => costUsd)),
    slaViolation: bootstrapMean(days.map(({ slaViolation }) => slaViolation)),
  };
}

/** Every combination of values, as slots. */
function allChoices(controls) {
  return controls.reduce(
    (choices, { domain }) => {
      const size = "values" in domain ? domain.values.length : domain.max - domain.min + 1;
      return choices.flatMap((slots) => Array.from({ length: size }, (_, slot) => [...slots, slot]));
    },
    [[]],
  );
}

function valueAt({ domain }, slot) {
  return "values" in domain ? domain.values[slot] : domain.min + slot;
}

function initialValue({ graph }, { target, attribute }) {
  return graph.get(target).attributes[attribute];
}

function settingOf(controls, slots) {
  return controls.map((control, k) => `${control.name} ${valueAt(control, slots[k])}`).join(", ");
}
