/** How fast vector environments step: many small ones on one thread, and slow ones in worker threads. @module */
import { AsyncVectorEnv, SyncVectorEnv } from "infra-gym/vector";
import { SyncVectorEnv as SourceSyncVectorEnv, type VectorEnv } from "../src/vector/index.js";
import { CartPole } from "../test/fakes/cart-pole.js";
import { BusyEnv } from "./busy-env.js";
import { type Measurement, measure, perSecond } from "./figure.js";

const NUM_ENVS = 64;
const BUSY_ENVS = 8;
const MILLISECONDS = 1;

/** What is stepped here, of either build. */
interface Steppable extends Pick<VectorEnv<unknown, Int32Array>, "numEnvs" | "reset" | "step" | "close"> {
  readonly actionSpace: { sample(): Int32Array };
}

/** Environment steps per second with random actions; ended environments are reset. */
async function environmentSteps(envs: Steppable, rounds: number): Promise<number> {
  const actions = Array.from({ length: 8 }, () => envs.actionSpace.sample());
  await envs.reset({ seed: 1 });
  const rate = await perSecond(rounds * envs.numEnvs, async () => {
    for (let round = 0; round < rounds; round++) await envs.step(actions[round % actions.length]!);
  });
  await envs.close();
  return rate;
}

function cartPoleSteps(): Promise<number> {
  const envs = Array.from({ length: NUM_ENVS }, () => new CartPole());
  return environmentSteps(new SourceSyncVectorEnv<unknown, Int32Array>(envs), 3_000);
}

function busySync(): Promise<number> {
  const envs = Array.from({ length: BUSY_ENVS }, () => new BusyEnv(MILLISECONDS));
  return environmentSteps(new SyncVectorEnv<unknown, Int32Array>(envs), 50);
}

async function busyAsync(): Promise<number> {
  const source = { entryPoint: new URL("./busy-env.js", import.meta.url), options: { milliseconds: MILLISECONDS } };
  return environmentSteps(await AsyncVectorEnv.make<unknown, Int32Array>(source, { numEnvs: BUSY_ENVS }), 50);
}

/** The figures of vector environments. */
export const measurements: readonly Measurement[] = [
  measure("cartpoleSync64.envStepsPerSecond", "steps/s", cartPoleSteps),
  // Above 1 where worker threads are worth it, on more than one core.
  measure("asyncOverSync.at1Millisecond", "ratio", async () => (await busyAsync()) / (await busySync())),
];
