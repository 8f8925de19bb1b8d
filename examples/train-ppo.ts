/** Learning: PPO for 400,000 steps, beside a rule on days it has not seen. @module */
import { makeVec } from "infra-gym";
import { createPolicy, PPO, TrainedPolicy, train } from "infra-gym/agents";
import { evaluate, makeJudgedEnv } from "infra-gym/benchmark";

// 64 environments in windows of training days. What an action does is over in ten minutes: gamma 0.9 is enough.
await using envs = await makeVec("WebService-v0", { numEnvs: 64, autoresetMode: "SameStep", episode: "window" });
const ppo = new PPO(envs, {
  ...{ seed: 1, numSteps: 64, gamma: 0.9, learningRate: 1.5e-3, clipVloss: false },
  // Rewards in units of about four droplets for a minute.
  ...{ normalizeRewards: false, rewardScale: 450 },
});
let next = 0;
await train(ppo, envs, {
  budget: { steps: 400_000 },
  onUpdate({ progress, meanReturn }) {
    if (progress < next) return;
    console.log(`${(100 * progress).toFixed(0).padStart(3)} %: ${meanReturn.toFixed(2)} USD a window`);
    next += 0.2;
  },
});

const agent = new TrainedPolicy({ name: "PPO", weights: ppo.policy() });
await using env = await makeJudgedEnv("WebService-v0", { split: "test" });
for (const policy of [agent, createPolicy("threshold:0.65")]) {
  const { episodes } = await evaluate(env, policy, { seeds: [0, 1, 2, 3] });
  const mean = episodes.reduce((sum, episode) => sum + episode.return, 0) / episodes.length;
  console.log(`${policy.name}: ${mean.toFixed(2)} USD a test day`);
}
