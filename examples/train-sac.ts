/** Learning: SAC with continuous actions, −1 … 1 for the least to the greatest value of each control. @module */
import { makeVec } from "infra-gym";
import { SAC, train } from "infra-gym/agents";

await using envs = await makeVec("WebService-v0", {
  ...{ numEnvs: 16, autoresetMode: "SameStep", episode: "window" },
  control: "continuous",
});
const sac = new SAC(envs, { seed: 1, gamma: 0.9, nSteps: 3, rewardScale: 100, trainFrequency: 16, batchSize: 128 });
let next = 0;
await train(sac, envs, {
  budget: { steps: 40_000 },
  onUpdate({ progress, meanReturn, metrics }) {
    if (progress < next || Number.isNaN(meanReturn)) return;
    const alpha = metrics["losses/alpha"]?.toFixed(3) ?? "0.200";
    console.log(`${(100 * progress).toFixed(0).padStart(3)} %: ${meanReturn.toFixed(2)} USD a window, alpha ${alpha}`);
    next = progress + 0.2;
  },
});
