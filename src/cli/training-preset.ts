/** What the learners are given where the environment is one of infrastructure. @module */
import type { LearnerOptions } from "../agents/create-learner.js";
import type { Algorithm } from "../agents/learner.js";
import { JoinedVectorEnv } from "../agents/learning/joined-vector-env.js";
import { InfraVectorEnv } from "../envs/infra-vector-env.js";
import type { VectorEnv } from "../vector/vector-env.js";

/** An action's effects are over in ten minutes. */
const GAMMA = 0.9;

const PRESETS: Readonly<Record<Algorithm, LearnerOptions>> = {
  PPO: { gamma: GAMMA, numSteps: 64, learningRate: 1.5e-3, entCoef: 0.01, clipVloss: false },
  "PPO-Lagrangian": { gamma: GAMMA, numSteps: 64, learningRate: 1.5e-3, entCoef: 0.01, clipVloss: false },
  A2C: { gamma: GAMMA, numSteps: 8, gaeLambda: 0.95, learningRate: 2e-3, entCoef: 0.01 },
  DQN: {
    gamma: GAMMA,
    nSteps: 3,
    learningRate: 1e-3,
    trainFrequency: 16,
    bufferSize: 200_000,
    targetNetworkFrequency: 250,
  },
  SAC: { gamma: GAMMA, nSteps: 3, trainFrequency: 16, bufferSize: 200_000 },
  CEM: { numSteps: 384 },
  "behaviour-cloning": { gamma: GAMMA },
};

/**
 * Options for an algorithm in an environment: for those of infrastructure a short horizon, and rewards in units of half the price of
 * what an episode starts with; nothing for any other.
 */
export function trainingPreset(algorithm: Algorithm, env: VectorEnv<unknown, unknown, object>): LearnerOptions {
  const one = env instanceof JoinedVectorEnv ? env.parts[0] : env;
  if (!(one instanceof InfraVectorEnv)) return {};
  if (algorithm === "CEM") return PRESETS.CEM;
  const { graph, stepSeconds } = one.definition;
  const rewardScale = 7_200 / (graph.priceUsdPerHour * stepSeconds);
  const isOnPolicy = algorithm === "PPO" || algorithm === "PPO-Lagrangian" || algorithm === "A2C";
  return { ...PRESETS[algorithm], rewardScale, ...(isOnPolicy ? { normalizeRewards: false } : {}) };
}
