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
  FilterObservation,
  FlattenObservation,
  FrameStackObservation,
  MaxAndSkipObservation,
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
import { pairedDifference } from "./paired-difference.js";

type AnyEnv = Env<never, never, object>;
type Wrap = (env: AnyEnv) => AnyEnv;

const STEPS = 200_000;
/** Short, so that most windows are not interrupted by other processes. */
const STEPS_A_WINDOW = 500;
const PAIRS = 1_000;
const WARM_UP_STEPS = 10_000;

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

/**
 * Nanoseconds of a step, of some steps. The resets between episodes are not in it: how many there are depends on the actions,
 * and those of StickyAction differ.
 */
async function stepNanoseconds(env: AnyEnv, actions: readonly unknown[], steps: number): Promise<number> {
  let elapsed = 0;
  for (let step = 0; step < steps; ) {
    await env.reset();
    const started = performance.now();
    for (let hasEnded = false; step < steps && !hasEnded; step++) {
      const result = await env.step(actions[step & 1] as never);
      hasEnded = result[2] || result[3];
    }
    elapsed += performance.now() - started;
  }
  return (1e6 * elapsed) / steps;
}

/** A stack, and the same without its outermost wrapper. */
interface Stack {
  readonly name: string;
  readonly inner?: Wrap;
  readonly wrap: Wrap;
  readonly actions?: readonly unknown[];
  /** How many steps inside are one step outside. @defaultValue 1 */
  readonly stepsInside?: number;
}

const pushes = [Float32Array.of(-0.5), Float32Array.of(0.5)];
const unchanged: Wrap = (env) => new TransformReward(env, { func: (reward) => reward });
const unwrapped: Wrap = (env) => env;
const limited: Wrap = (env) => unchanged(new TimeLimit(env, { maxEpisodeSteps: 1e6 }));
const inParts: Wrap = (env) => new TimeAwareObservation(limited(env), { flatten: false }) as never;

/** What the wrapper adds to a step of the cart-pole in a stack, that is, around another one that changes results. */
async function addedNanoseconds(stack: Stack): Promise<number> {
  await warmUp();
  const { inner = unchanged, wrap, actions = pushes, stepsInside = 1 } = stack;
  const make = (): AnyEnv => inner(new PushedCartPole(new CartPole()) as unknown as AnyEnv);
  const [without, withIt] = [make(), wrap(make())];
  await Promise.all([without.reset({ seed: 1 }), withIt.reset({ seed: 1 })]);
  return await pairedDifference(
    async () => stepsInside * (await stepNanoseconds(without, pushes, STEPS_A_WINDOW)),
    () => stepNanoseconds(withIt, actions, STEPS_A_WINDOW / stepsInside),
    PAIRS,
  );
}

let isWarm = false;

/** Steps through every stack, so that the code they share has met all of them before the first is measured, in whatever order and number. */
async function warmUp(): Promise<void> {
  if (isWarm) return;
  isWarm = true;
  for (const { inner = unchanged, wrap, actions = pushes } of stacks) {
    await stepNanoseconds(wrap(inner(new PushedCartPole(new CartPole()) as unknown as AnyEnv)), actions, WARM_UP_STEPS);
  }
}

const stacks: readonly Stack[] = [
  // With the one promise that all wrappers of a stack share.
  { name: "first", inner: unwrapped, wrap: unchanged },
  { name: "OrderEnforcing", wrap: (env) => new OrderEnforcing(env) },
  { name: "TimeLimit", wrap: (env) => new TimeLimit(env, { maxEpisodeSteps: 1e9 }) },
  { name: "PassiveEnvChecker", wrap: (env) => new PassiveEnvChecker(env, { onWarning: () => undefined }) },
  { name: "Autoreset", wrap: (env) => new Autoreset(env) },
  { name: "RecordEpisodeStatistics", wrap: (env) => new RecordEpisodeStatistics(env) },
  { name: "TransformObservation", wrap: (env) => new TransformObservation(env, { func: (value: never) => value }) },
  { name: "TransformAction", wrap: (env) => new TransformAction(env, { func: (value: never) => value }) },
  { name: "TransformReward", wrap: (env) => new TransformReward(env, { func: (reward) => 2 * reward }) },
  { name: "ClipReward", wrap: (env) => new ClipReward(env, { minReward: 0 }) },
  { name: "ClipAction", wrap: (env) => new ClipAction(env) as never },
  { name: "RescaleAction", wrap: (env) => new RescaleAction(env, { minAction: -1, maxAction: 1 }) as never },
  { name: "DiscretizeAction", wrap: (env) => new DiscretizeAction(env, { bins: 2 }) as never, actions: [0, 1] },
  { name: "StickyAction", wrap: (env) => new StickyAction(env, { repeatActionProbability: 0.1 }) },
  { name: "RepeatAction", wrap: (env) => new RepeatAction(env, { numRepeats: 1 }) },
  { name: "DelayObservation", wrap: (env) => new DelayObservation(env, { delay: 3 }) },
  { name: "DiscretizeObservation", wrap: (env) => new DiscretizeObservation(env, { bins: 10 }) as never },
  { name: "DtypeObservation", wrap: (env) => new DtypeObservation(env, { dtype: "float64" }) as never },
  { name: "FlattenObservation", wrap: (env) => new FlattenObservation(env) as never },
  { name: "FrameStackObservation", wrap: (env) => new FrameStackObservation(env, { stackSize: 4 }) as never },
  {
    name: "RescaleObservation",
    wrap: (env) => new RescaleObservation(env, { minObservation: -1, maxObservation: 1 }) as never,
  },
  {
    name: "FilterObservation",
    inner: inParts,
    wrap: (env) => new FilterObservation(env, { filterKeys: ["obs"] }) as never,
  },
  { name: "MaxAndSkipObservation", stepsInside: 2, wrap: (env) => new MaxAndSkipObservation(env, { skip: 2 }) },
  { name: "ReshapeObservation", wrap: (env) => new ReshapeObservation(env, { shape: [2, 2] }) },
  { name: "TimeAwareObservation", inner: limited, wrap: (env) => new TimeAwareObservation(env) as never },
  { name: "NormalizeObservation", wrap: (env) => new NormalizeObservation(env) as never },
  { name: "NormalizeReward", wrap: (env) => new NormalizeReward(env) },
];

/** The figures of the wrappers. */
export const measurements: readonly Measurement[] = [
  measure("cartpole.stepsPerSecond", "steps/s", cartPoleSteps),
  ...stacks.map((stack) => {
    return measure(`wrapper.${stack.name}.nanoseconds`, "ns", () => addedNanoseconds(stack));
  }),
];
