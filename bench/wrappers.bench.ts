/** What the wrappers cost per step, and how fast a small environment steps through `make`. @module */
import { ActionWrapper, type Env, make } from "../src/index.js";
import { Box } from "../src/spaces/index.js";
import {
  Autoreset,
  ClipAction,
  ClipReward,
  DelayObservation,
  DiscretizeAction,
  DiscretizeObservation,
  DtypeObservation,
  FlattenObservation,
  FrameStackObservation,
  NormalizeObservation,
  NormalizeReward,
  OrderEnforcing,
  PassiveEnvChecker,
  RecordEpisodeStatistics,
  RepeatAction,
  RescaleAction,
  RescaleObservation,
  ReshapeObservation,
  StickyAction,
  TimeAwareObservation,
  TimeLimit,
  TransformAction,
  TransformObservation,
  TransformReward,
} from "../src/wrappers/index.js";
import { CartPole, registerCartPole } from "../test/fakes/cart-pole.js";
import { type Measurement, measure, perSecond } from "./figure.js";

type AnyEnv = Env<never, never, object>;
type Wrap = (env: AnyEnv) => AnyEnv;

const STEPS = 200_000;
/** Short, so that most rounds are not interrupted by other processes. */
const STEPS_A_ROUND = 5_000;
const ROUNDS = 80;

/** The cart-pole by a number, right above 0 and left below, with bounds for the wrappers that need some. */
class PushedCartPole extends ActionWrapper<Float32Array, Float32Array, number> {
  override readonly actionSpace: Box = new Box(-1, 1);
  override readonly observationSpace: Box = new Box(-10, 10, { shape: [4] });

  action(action: Float32Array): number {
    return action[0]! > 0 ? 1 : 0;
  }
}

/** Steps of the cart-pole through `make`, pushed left and right in turn, a new episode where one ends. */
async function cartPoleSteps(): Promise<number> {
  registerCartPole();
  await using env = await make("CartPole-v1");
  await env.reset({ seed: 1 });
  return await perSecond(STEPS, async () => {
    for (let step = 0; step < STEPS; step++) {
      const result = await env.step(step & 1);
      if (result[2] || result[3]) await env.reset();
    }
  });
}

/** Nanoseconds of a step in one round; a new episode where one ends. */
async function stepNanoseconds(env: AnyEnv, actions: readonly unknown[]): Promise<number> {
  await env.reset({ seed: 1 });
  const rate = await perSecond(STEPS_A_ROUND, async () => {
    for (let step = 0; step < STEPS_A_ROUND; step++) {
      const result = await env.step(actions[step & 1] as never);
      if (result[2] || result[3]) await env.reset();
    }
  });
  return 1e9 / rate;
}

/** What `outer` adds to a step of the cart-pole in `inner`: the difference of the quickest rounds with and without it. */
async function addedNanoseconds(inner: Wrap, outer: Wrap, actions: readonly unknown[]): Promise<number> {
  const make = (): AnyEnv => inner(new PushedCartPole(new CartPole()) as unknown as AnyEnv);
  const envs = [
    { env: make(), actions: pushes },
    { env: outer(make()), actions },
  ];
  const quickest = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let round = 0; round < ROUNDS; round++) {
    for (const [i, { env, actions: own }] of envs.entries()) {
      quickest[i] = Math.min(quickest[i]!, await stepNanoseconds(env, own));
    }
  }
  return quickest[1]! - quickest[0]!;
}

const pushes = [Float32Array.of(-0.5), Float32Array.of(0.5)];
const unchanged: Wrap = (env) => new TransformReward(env, { func: (reward) => reward });

/** What a wrapper adds to a step in a stack, that is, around another one that changes results. */
function wrapperCost(
  name: string,
  wrap: Wrap,
  { actions = pushes, inner = unchanged }: { actions?: readonly unknown[]; inner?: Wrap } = {},
): Measurement {
  return measure(`wrapper.${name}.nanoseconds`, "ns", () => addedNanoseconds(inner, wrap, actions));
}

/** What the first wrapper that changes results adds, with the one promise that all of a stack share. */
function firstWrapperCost(): Measurement {
  return measure("wrapper.first.nanoseconds", "ns", () => addedNanoseconds((env) => env, unchanged, pushes));
}

/** The figures of the wrappers. */
export const measurements: readonly Measurement[] = [
  measure("cartpole.stepsPerSecond", "steps/s", cartPoleSteps),
  firstWrapperCost(),
  wrapperCost("OrderEnforcing", (env) => new OrderEnforcing(env)),
  wrapperCost("TimeLimit", (env) => new TimeLimit(env, { maxEpisodeSteps: 1e9 })),
  wrapperCost("PassiveEnvChecker", (env) => new PassiveEnvChecker(env, { onWarning: () => undefined })),
  wrapperCost("Autoreset", (env) => new Autoreset(env)),
  wrapperCost("RecordEpisodeStatistics", (env) => new RecordEpisodeStatistics(env)),
  wrapperCost("TransformObservation", (env) => new TransformObservation(env, { func: (value: never) => value })),
  wrapperCost("TransformAction", (env) => new TransformAction(env, { func: (value: never) => value })),
  wrapperCost("TransformReward", (env) => new TransformReward(env, { func: (reward) => 2 * reward })),
  wrapperCost("ClipReward", (env) => new ClipReward(env, { minReward: 0 })),
  wrapperCost("ClipAction", (env) => new ClipAction(env) as never),
  wrapperCost("RescaleAction", (env) => new RescaleAction(env, { minAction: -1, maxAction: 1 }) as never),
  wrapperCost("DiscretizeAction", (env) => new DiscretizeAction(env, { bins: 2 }) as never, { actions: [0, 1] }),
  wrapperCost("StickyAction", (env) => new StickyAction(env, { repeatActionProbability: 0.1 })),
  wrapperCost("RepeatAction", (env) => new RepeatAction(env, { numRepeats: 1 })),
  wrapperCost("DelayObservation", (env) => new DelayObservation(env, { delay: 3 })),
  wrapperCost("DiscretizeObservation", (env) => new DiscretizeObservation(env, { bins: 10 }) as never),
  wrapperCost("DtypeObservation", (env) => new DtypeObservation(env, { dtype: "float64" }) as never),
  wrapperCost("FlattenObservation", (env) => new FlattenObservation(env) as never),
  wrapperCost("FrameStackObservation", (env) => new FrameStackObservation(env, { stackSize: 4 }) as never),
  wrapperCost("RescaleObservation", (env) => {
    return new RescaleObservation(env, { minObservation: -1, maxObservation: 1 }) as never;
  }),
  wrapperCost("ReshapeObservation", (env) => new ReshapeObservation(env, { shape: [2, 2] })),
  wrapperCost("TimeAwareObservation", (env) => new TimeAwareObservation(env) as never, {
    inner: (env) => new TimeLimit(unchanged(env), { maxEpisodeSteps: 1e6 }),
  }),
  wrapperCost("NormalizeObservation", (env) => new NormalizeObservation(env) as never),
  wrapperCost("NormalizeReward", (env) => new NormalizeReward(env)),
];
