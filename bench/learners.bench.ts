/** How fast networks compute and PPO learns, on one core. @module */
import { createRequire } from "node:module";
import { PPO } from "../src/agents/index.js";
import { InfraVectorEnv, webServiceDefinition } from "../src/envs/index.js";
import { createEngine, createNetwork, denseEngine, type EngineName, type NetworkSpec } from "../src/networks/index.js";
import { createRng } from "../src/rng.js";
import { type Measurement, measure, perSecond } from "./figure.js";

const ROWS = 1_024;
const ROUNDS = 100;
const UPDATES = 20;
const spec: NetworkSpec = {
  inputs: 30,
  layers: [
    { units: 64, activation: "tanh" },
    { units: 64, activation: "tanh" },
    { units: 12, activation: "linear" },
  ],
};

/** Rows per second through a 2×64 network: forward, or forward and backward. */
function rows(kernels: "wasm" | "script", isLearning: boolean): Promise<number> {
  const rng = createRng(1);
  const network = createNetwork(spec, rng, denseEngine(kernels));
  const batch = Float32Array.from(rng.normal(0, 1, ROWS * network.inputs));
  const gradient = Float32Array.from(rng.normal(0, 1, ROWS * network.outputs));
  const rounds = kernels === "wasm" ? ROUNDS : ROUNDS / 10;
  return perSecond(rounds * ROWS, () => {
    for (let round = 0; round < rounds; round++) {
      network.forward(batch, ROWS);
      if (isLearning) network.backward(gradient);
    }
  });
}

/** Environment steps per second of PPO in WebService-v0, acting and learning: 64 environments × 64 steps, 4 epochs. */
async function ppoSteps(name: EngineName, updates: number): Promise<number> {
  await using env = new InfraVectorEnv(webServiceDefinition(), {
    ...{ numEnvs: 64, episode: "window", autoresetMode: "SameStep" },
  });
  const ppo = new PPO(env, { numSteps: 64, gamma: 0.9, learningRate: 1.5e-3, engine: await createEngine(name) });
  await ppo.update(0);
  return await perSecond(updates * ppo.stepsPerUpdate, async () => {
    for (let update = 0; update < updates; update++) await ppo.update(0);
  });
}

/** Why TensorFlow.js cannot be measured: it is optional. */
function whyNoTensorFlow(): string | undefined {
  try {
    createRequire(import.meta.url).resolve("@tensorflow/tfjs");
    return undefined;
  } catch {
    return "@tensorflow/tfjs is not installed";
  }
}

/** The figures of the learners. */
export const measurements: readonly Measurement[] = [
  measure("networks.forward", "rows/s", () => rows("wasm", false)),
  measure("networks.learn", "rows/s", () => rows("wasm", true)),
  measure("networks.learnWithoutWebAssembly", "rows/s", () => rows("script", true)),
  measure("ppo.stepsPerSecond", "steps/s", () => ppoSteps("dense", UPDATES), { repeats: 3 }),
  measure("ppoTfjs.stepsPerSecond", "steps/s", () => ppoSteps("tfjs", 1), { repeats: 3, skipped: whyNoTensorFlow() }),
];
