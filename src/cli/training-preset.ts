/** What the learners are given where the environment is one of infrastructure. @module */
import type { LearnerOptions } from "../agents/create-learner.js";
import type { Algorithm } from "../agents/learner.js";
import { JoinedVectorEnv } from "../agents/learning/joined-vector-env.js";
import { compile } from "../envs/compile.js";
import type { CompiledControl } from "../envs/control.js";
import type { EnvDefinition } from "../envs/definition.js";
import { InfraVectorEnv } from "../envs/infra-vector-env.js";
import type { VectorEnv } from "../vector/vector-env.js";

/** An action's effects are over in ten minutes. */
const GAMMA = 0.9;
/** What was found best in both environments: docs/learning.md has the figures. */
const PROXIMAL: LearnerOptions = {
  ...{ gamma: 0.95, gaeLambda: 0.9, numSteps: 64, numMinibatches: 8 },
  ...{ learningRate: 1.5e-3, clipVloss: false },
};
/** A step's reward is not taken for worse than this; a step in which all is well has about -1. */
const REWARD_CLIP = 20;
/** Weight of the entropy; less where each of several tiers' random changes disturbs the others. */
const ENTROPY = 0.01;
const ENTROPY_OF_MANY = 0.002;

const PRESETS: Readonly<Record<Algorithm, LearnerOptions>> = {
  PPO: PROXIMAL,
  "PPO-Lagrangian": PROXIMAL,
  A2C: { gamma: GAMMA, numSteps: 8, gaeLambda: 0.95, learningRate: 2e-3 },
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
  "behaviour-cloning": { gamma: PROXIMAL.gamma, rewardClip: REWARD_CLIP },
};

/** A fresh policy's logit of holding still, for counts: three times in four, and more where there is less to choose from. */
const HOLD_COUNT = 3;
/** The same for sizes, changed once in 4,000 steps: droplets are away for it, and nothing else can be changed while a database moves. */
const HOLD_CHOICE = 9;

/**
 * Options for an algorithm in an environment: for those of infrastructure a short horizon, and rewards in units of half the price of
 * what an episode starts with; for those that learn from rollouts also a policy that holds still at first, and a bound for what one bad step counts.
 * Nothing for any other environment.
 */
export function trainingPreset(algorithm: Algorithm, env: VectorEnv<unknown, unknown, object>): LearnerOptions {
  const one = env instanceof JoinedVectorEnv ? env.parts[0] : env;
  if (!(one instanceof InfraVectorEnv)) return {};
  if (algorithm === "CEM") return PRESETS.CEM;
  const { graph, stepSeconds } = one.definition;
  const scaled = { ...PRESETS[algorithm], rewardScale: 7_200 / (graph.priceUsdPerHour * stepSeconds) };
  if (algorithm === "DQN" || algorithm === "SAC" || algorithm === "behaviour-cloning") return scaled;
  const initialLogits = holdLogits(one.definition);
  const entCoef = one.definition.controls.length > 2 ? ENTROPY_OF_MANY : ENTROPY;
  return { ...scaled, normalizeRewards: false, rewardClip: REWARD_CLIP, initialLogits, entCoef };
}

/** Logits of a policy that mostly leaves everything as it is: a random walk of sizes is the dearest way to begin. */
function holdLogits(definition: EnvDefinition): number[] {
  const { codec, controls } = compile(definition);
  return codec.sizes.flatMap((size, k) => {
    const control = controls[k]!;
    const hold = holdingValue(control);
    const logit = control.kind === "choice" ? HOLD_CHOICE : HOLD_COUNT;
    return Array.from({ length: size }, (_, value) => (value === hold ? logit : 0));
  });
}

/** The component that changes least: no delta, no correction, what an episode starts with. */
function holdingValue({ mode, maxDelta, residual, initial }: CompiledControl): number {
  if (mode === "delta") return maxDelta;
  return mode === "residual" ? -residual[0] : initial;
}
