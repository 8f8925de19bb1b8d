/** A suite of one's own, with agents trained here: rules and PPO on the same days, scored between the best static and the oracle, and reported. @module */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeVec } from "infra-gym";
import { PPO, train } from "infra-gym/agents";
import { type AgentToTrain, renderSuiteReport, runSuite, type Suite, suiteNamed } from "infra-gym/benchmark";

const suite: Suite = {
  ...suiteNamed("autoscaling-v0"),
  name: "small",
  workloads: ["ramp"],
  shiftFrom: "ramp",
  policies: ["threshold:0.6", "static:8", "PPO"],
  training: { agents: 1, steps: 131_072 },
};

/** Trains one agent, and leaves its checkpoint where the suite looks for it. */
async function trainAgent({ env, workloads, seed, steps, folder }: AgentToTrain): Promise<void> {
  const options = { numEnvs: 64, autoresetMode: "SameStep", episode: "window", workload: workloads[0]! } as const;
  await using envs = await makeVec(env, options);
  const ppo = new PPO(envs, {
    ...{ seed, numSteps: 64, gamma: 0.95, gaeLambda: 0.9, numMinibatches: 8, learningRate: 1.5e-3, clipVloss: false },
    ...{ normalizeRewards: false, rewardScale: 450, rewardClip: 20 },
    // Nine changes of the number of droplets, three of their size: a fresh policy mostly leaves both alone.
    initialLogits: [0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 3, 0],
  });
  await train(ppo, envs, { budget: { steps }, folder });
}

const folder = await mkdtemp(join(tmpdir(), "suite-"));
try {
  // What is in the folder already is not done again: an interrupted run goes on.
  const results = await runSuite({ suite, folder, seeds: [0, 1], trainAgent });
  for (const { name, score, tasks } of results.policies) {
    console.log(`${name}: score ${score?.value.toFixed(2) ?? "none"}, ${tasks[0]?.return.toFixed(2)} USD a day`);
  }
  await writeFile(join(folder, "report.html"), renderSuiteReport(results));
} finally {
  await rm(folder, { recursive: true });
}
