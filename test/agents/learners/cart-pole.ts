/** CartPole as a yardstick: what learners reach in it within seconds. @module */
import { type Learner, TrainedPolicy } from "../../../src/agents/index.js";
import type { PolicyInfo, PolicySpec } from "../../../src/agents/policy.js";
import { make } from "../../../src/registration.js";
import { makeEnvs, mean, shortRun } from "./short-run.js";

/** A run: how many environments and steps, and the learner's options. */
export interface Yardstick {
  readonly numEnvs: number;
  readonly steps: number;
  readonly options: Readonly<Record<string, unknown>>;
}

/** PPO that masters it in about 45,000 steps: under 2 seconds of one core. */
export const ppo: Yardstick = {
  numEnvs: 16,
  steps: 45_056,
  options: {
    ...{ numSteps: 64, learningRate: 3e-3, gaeLambda: 0.9, updateEpochs: 10, entCoef: 0, clipVloss: false },
    normalizeObservations: false,
  },
};

/** DQN that masters it with most seeds in 80,000: about 8 seconds of one core. A larger step, twice the buffer or more steps let single seeds fall back to 110 to 380 at the end. */
export const dqn: Yardstick = {
  numEnvs: 8,
  steps: 80_000,
  options: {
    ...{ learningRate: 1e-3, nSteps: 3, explorationFraction: 0.2, endE: 0.02, rewardScale: 0.05 },
    normalizeObservations: false,
  },
};

/** Trains with a seed and plays 20 episodes without randomness: their mean return, at most 500. */
export async function trainedReturn(
  create: (env: Awaited<ReturnType<typeof makeEnvs>>) => Learner,
  { numEnvs, steps }: Yardstick,
): Promise<number> {
  const learner = create(await makeEnvs("CartPole-v1", numEnvs));
  await shortRun(learner, steps);
  const env = await make("CartPole-v1");
  const policy = new TrainedPolicy({ weights: learner.policy() });
  const { observationSpace, actionSpace } = env;
  policy.bind({ id: "CartPole-v1", observationSpace, actionSpace } as PolicySpec);
  const returns: number[] = [];
  for (let seed = 1000; seed < 1020; seed++) {
    let [observation] = await env.reset({ seed });
    for (let [sum, hasEnded] = [0, false]; !hasEnded; ) {
      const action = policy.act(observation, { actionMask: null } as PolicyInfo);
      const [next, reward, terminated, truncated] = await env.step(action as never);
      [observation, sum, hasEnded] = [next, sum + reward, terminated || truncated];
      if (hasEnded) returns.push(sum);
    }
  }
  return mean(returns);
}
