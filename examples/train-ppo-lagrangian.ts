/** Learning under a constraint: at most 0.5 % of the requests late or lost, whatever that costs. @module */
import { makeVec } from "infra-gym";
import { PPOLagrangian, train } from "infra-gym/agents";

await using envs = await makeVec("WebService-v0", { numEnvs: 64, autoresetMode: "SameStep", episode: "window" });
const learner = new PPOLagrangian(envs, {
  ...{ seed: 1, numSteps: 64, gamma: 0.9, learningRate: 1.5e-3, clipVloss: false },
  ...{ costKey: "violations", perKey: "arrivals", costLimit: 0.005 },
});
let next = 0;
await train(learner, envs, {
  budget: { steps: 250_000 },
  onUpdate({ progress, metrics }) {
    if (progress < next) return;
    const [cost, multiplier] = [metrics["charts/cost"]!, metrics["losses/lagrangian_multiplier"]!];
    console.log(
      `${(100 * progress).toFixed(0).padStart(3)} %: ${(100 * cost).toFixed(2)} % late or lost, λ ${multiplier.toFixed(2)}`,
    );
    next += 0.125;
  },
});
