/** What the wrappers cost per step, and how fast a small environment steps through `make`. @module */
import { type Env, make } from "../src/index.js";
import { Box } from "../src/spaces/index.js";
import {
  Autoreset,
  ClipAction,
  ClipReward,
  DelayObservation,
  DtypeObservation,
  NormalizeObservation,
  NormalizeReward,
  OrderEnforcing,
  PassiveEnvChecker,
  RecordEpisodeStatistics,
  RescaleAction,
  StickyAction,
  TimeLimit,
  TransformReward,
} from "../src/wrappers/index.js";
import { registerCartPole } from "../test/fakes/cart-pole.js";
import { CountingEnv } from "../test/fakes/counting-env.js";
import { ReplayEnv } from "../test/fakes/replay-env.js";
import { type Measurement, measure, perSecond } from "./figure.js";

type AnyEnv = Env<never, never, object>;

const STEPS = 200_000;
/** Wrappers around each other, so that one is told from noise. */
const DEPTH = 4;

/** Steps of the cart-pole through `make`, pushed left and right in turn, a new episode where one ends. */
async function cartPoleSteps(): Promise<number> {
  registerCartPole();
  await using env = await make("CartPole-v1");
  await env.reset({ seed: 1 });
  return perSecond(STEPS, async () => {
    for (let step = 0; step < STEPS; step++) {
      const result = await env.step(step & 1);
      if (result[2] || result[3]) await env.reset();
    }
  });
}

/** Nanoseconds of a step of an environment that does next to nothing. */
async function stepNanoseconds(env: AnyEnv, action: unknown): Promise<number> {
  await env.reset({ seed: 1 });
  const rate = await perSecond(STEPS, async () => {
    for (let step = 0; step < STEPS; step++) await env.step(action as never);
  });
  return 1e9 / rate;
}

/** What one wrapper adds to a step. */
function wrapperCost(name: string, wrap: (env: AnyEnv) => AnyEnv, inner: () => AnyEnv, action: unknown): Measurement {
  return measure(`wrapper.${name}.nanoseconds`, "ns", async () => {
    const bare = await stepNanoseconds(inner(), action);
    let wrapped = inner();
    for (let depth = 0; depth < DEPTH; depth++) wrapped = wrap(wrapped);
    return ((await stepNanoseconds(wrapped, action)) - bare) / DEPTH;
  });
}

const counting = () => new CountingEnv() as unknown as AnyEnv;

/** Four numbers to observe and one to act with. */
function boxes(): AnyEnv {
  const observations = [Float32Array.of(0.1, 0.2, 0.3, 0.4)];
  const observationSpace = new Box(-1, 1, { shape: [4] });
  return new LeanReplayEnv({ observations, observationSpace, actionSpace: new Box(-1, 1) }) as unknown as AnyEnv;
}

/** Keeps no actions, so that memory does not grow. */
class LeanReplayEnv extends ReplayEnv<Float32Array, Float32Array> {
  override step(action: Float32Array): ReturnType<ReplayEnv<Float32Array, Float32Array>["step"]> {
    this.taken.length = 0;
    return super.step(action);
  }
}

const push = Float32Array.of(0.5);

/** The figures of the wrappers. */
export const measurements: readonly Measurement[] = [
  measure("cartpole.stepsPerSecond", "steps/s", cartPoleSteps),
  wrapperCost("OrderEnforcing", (env) => new OrderEnforcing(env), counting, 0),
  wrapperCost("TimeLimit", (env) => new TimeLimit(env, { maxEpisodeSteps: 1e9 }), counting, 0),
  wrapperCost("PassiveEnvChecker", (env) => new PassiveEnvChecker(env), counting, 0),
  wrapperCost("Autoreset", (env) => new Autoreset(env), boxes, push),
  wrapperCost("RecordEpisodeStatistics", (env) => new RecordEpisodeStatistics(env), boxes, push),
  wrapperCost("TransformReward", (env) => new TransformReward(env, { func: (reward) => 2 * reward }), boxes, push),
  wrapperCost("ClipReward", (env) => new ClipReward(env, { minReward: 0 }), boxes, push),
  wrapperCost("ClipAction", (env) => new ClipAction(env) as never, boxes, push),
  wrapperCost("RescaleAction", (env) => new RescaleAction(env, { minAction: -1, maxAction: 1 }) as never, boxes, push),
  wrapperCost("StickyAction", (env) => new StickyAction(env, { repeatActionProbability: 0.1 }), counting, 0),
  wrapperCost("DelayObservation", (env) => new DelayObservation(env, { delay: 3 }), boxes, push),
  wrapperCost("DtypeObservation", (env) => new DtypeObservation(env, { dtype: "float32" }) as never, boxes, push),
  wrapperCost("NormalizeObservation", (env) => new NormalizeObservation(env) as never, boxes, push),
  wrapperCost("NormalizeReward", (env) => new NormalizeReward(env), boxes, push),
];
