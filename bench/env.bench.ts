/** How fast the environments step, alone and by the hundred, and what the parts of a step cost. @module */
import { threeTierDefinition, webServiceDefinition } from "../src/envs/index.js";
import { defineEnv, type Env, type EnvDefinition, InfraVectorEnv, make } from "../src/index.js";
import { Autoreset, OrderEnforcing, TimeLimit } from "../src/wrappers/index.js";
import { CountingEnv, type CountingInfo } from "../test/fakes/counting-env.js";
import { type Measurement, measure, perSecond } from "./figure.js";

const NUM_ENVS = 256;
/** Long enough that what a new environment does once is a small part: tables of the kernel, memory that is touched for the first time. */
const SINGLE_STEPS = 100_000;
const VECTOR_STEPS = 2_000;

/** Chooses evenly among allowed values: draws by xorshift until one is allowed, so that choosing is not what is measured. */
function makeChooser(): (mask: Uint8Array, start: number, size: number) => number {
  let state = 88172645;
  return (mask, start, size) => {
    for (;;) {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      const value = ((state >>> 16) * size) >>> 16;
      if (mask[start + value] === 1) return value;
    }
  };
}

type EnvId = "WebService-v0" | "ThreeTier-v0";

/** Steps through `make` with all features, random allowed actions, a new episode where one ends. */
async function singleSteps(id: EnvId): Promise<number> {
  const env = new Autoreset(await make(id));
  const choose = makeChooser();
  let [, info] = await env.reset({ seed: 1 });
  const masks = info.actionMask as readonly Uint8Array[];
  const action = new Int32Array(masks.length);
  const rate = await perSecond(SINGLE_STEPS, async () => {
    for (let step = 0; step < SINGLE_STEPS; step++) {
      const allowed = info.actionMask as readonly Uint8Array[];
      for (let k = 0; k < action.length; k++) action[k] = choose(allowed[k]!, 0, allowed[k]!.length);
      info = (await env.step(action))[4];
    }
  });
  await env.close();
  return rate;
}

/** Environment steps of 256 copies, random allowed actions, ended ones reset. */
async function vectorSteps(definition: EnvDefinition, sizes: readonly number[], steps: number): Promise<number> {
  const env = new InfraVectorEnv(definition, { numEnvs: NUM_ENVS, episode: "window" });
  const choose = makeChooser();
  let [, infos] = await env.reset({ seed: 1 });
  const actions = new Int32Array(NUM_ENVS * sizes.length);
  const rate = await perSecond(steps * NUM_ENVS, async () => {
    for (let step = 0; step < steps; step++) {
      for (let i = 0, start = 0; i < actions.length; ) {
        for (let k = 0; k < sizes.length; k++, i++) {
          actions[i] = choose(infos.actionMask, start, sizes[k]!);
          start += sizes[k]!;
        }
      }
      infos = (await env.step(actions))[4];
    }
  });
  await env.close();
  return rate;
}

/** Nanoseconds of one environment step among 256, with nothing changed by the actions. */
async function vectorStepNanoseconds(definition: EnvDefinition): Promise<number> {
  const env = new InfraVectorEnv(definition, { numEnvs: NUM_ENVS });
  await env.reset({ seed: 1 });
  const actions = Int32Array.from({ length: NUM_ENVS * 2 }, (_, i) => (i % 2 === 0 ? 4 : 1));
  const steps = 300;
  const rate = await perSecond(steps * NUM_ENVS, async () => {
    for (let step = 0; step < steps; step++) await env.step(actions);
  });
  await env.close();
  return 1e9 / rate;
}

const web = webServiceDefinition();
const oneFeature = { ...web, features: web.features.filter(({ name }) => name === "webReady"), signals: {} };

/** A definition with the first feature alone, and ticks of another length. */
function bare(tickSeconds: number): EnvDefinition {
  return defineEnv({ ...oneFeature, simulation: { ...web.simulation, tickSeconds } });
}

const [bareOf12, bareOf60, full] = [bare(5), bare(1), defineEnv({ ...web, signals: {} })];

/** What one wrapper adds to a step: eight around an environment that does next to nothing, against none. */
async function wrapperNanoseconds(): Promise<number> {
  const bare = await idleStepNanoseconds(new CountingEnv());
  let wrapped: Env<Float32Array, number, CountingInfo> = new CountingEnv();
  for (let depth = 0; depth < 8; depth += 2) {
    wrapped = new OrderEnforcing(new TimeLimit(wrapped, { maxEpisodeSteps: 1e9 }));
  }
  return ((await idleStepNanoseconds(wrapped)) - bare) / 8;
}

async function idleStepNanoseconds(env: Env<Float32Array, number, CountingInfo>): Promise<number> {
  await env.reset({ seed: 1 });
  const steps = 300_000;
  const rate = await perSecond(steps, async () => {
    for (let step = 0; step < steps; step++) await env.step(0);
  });
  return 1e9 / rate;
}

/** The figures of the environments. */
export const measurements: readonly Measurement[] = [
  measure("single.stepsPerSecond", "steps/s", () => singleSteps("WebService-v0")),
  measure("vector256.envStepsPerSecond", "steps/s", () => vectorSteps(web, [9, 3], VECTOR_STEPS)),
  measure("vector256.idle.envStepsPerSecond", "steps/s", async () => 1e9 / (await vectorStepNanoseconds(full))),
  measure("threeTier.single.stepsPerSecond", "steps/s", () => singleSteps("ThreeTier-v0")),
  measure("threeTier.vector256.envStepsPerSecond", "steps/s", () =>
    vectorSteps(threeTierDefinition(), [5, 9, 3], VECTOR_STEPS / 2),
  ),
  // The difference of 60 and 12 ticks a step, and of 30 features and one, among 256 environments.
  measure("cost.tickNanoseconds", "ns", async () => {
    const difference = (await vectorStepNanoseconds(bareOf60)) - (await vectorStepNanoseconds(bareOf12));
    return difference / (60 - 12);
  }),
  measure("cost.featureNanoseconds", "ns", async () => {
    const difference = (await vectorStepNanoseconds(full)) - (await vectorStepNanoseconds(bareOf12));
    return difference / (full.features.length - 1);
  }),
  measure("cost.wrapperNanoseconds", "ns", wrapperNanoseconds),
];
