/** Learning: DQN with returns of three steps; each combination of the two controls is one action. @module */
import { makeVec } from "infra-gym";
import { DQN, train } from "infra-gym/agents";

await using envs = await makeVec("WebService-v0", { numEnvs: 16, autoresetMode: "SameStep", episode: "window" });
const dqn = new DQN(envs, {
  ...{ seed: 1, gamma: 0.9, nSteps: 3, learningRate: 1e-3, rewardScale: 100 },
  ...{ trainFrequency: 8, targetNetworkFrequency: 200, explorationFraction: 0.4 },
});
let next = 0;
await train(dqn, envs, {
  budget: { steps: 60_000 },
  onUpdate({ progress, meanReturn, metrics }) {
    if (progress < next || Number.isNaN(meanReturn)) return;
    const epsilon = metrics["charts/epsilon"]?.toFixed(2) ?? "1";
    console.log(
      `${(100 * progress).toFixed(0).padStart(3)} %: ${meanReturn.toFixed(2)} USD a window, epsilon ${epsilon}`,
    );
    next = progress + 0.15;
  },
});
