/** What the wrappers' constructors refuse, with the whole message. @module */
import { describe, expect, it } from "vitest";
import { Box } from "../../src/spaces/index.js";
import {
  ClipAction,
  ClipReward,
  DelayObservation,
  DiscretizeAction,
  DiscretizeObservation,
  DtypeObservation,
  FilterObservation,
  FrameStackObservation,
  MaxAndSkipObservation,
  NormalizeObservation,
  NormalizeReward,
  OrderEnforcing,
  PassiveEnvChecker,
  RecordTrajectory,
  RenderCollection,
  RepeatAction,
  RescaleAction,
  RescaleObservation,
  ReshapeObservation,
  StickyAction,
  TimeAwareObservation,
  TransformAction,
  TransformObservation,
  TransformReward,
} from "../../src/wrappers/index.js";
import { CountingEnv } from "../fakes/counting-env.js";
import { DriftEnv } from "../fakes/drift-env.js";
import { ReplayEnv } from "../fakes/replay-env.js";
import { thrownMessage } from "../thrown-message.js";

const drift = new DriftEnv() as never;
const dict = new DriftEnv({ observation: "dict" }) as never;
const counting = new CountingEnv() as never;
const replay = new ReplayEnv({ observations: [Float32Array.of(0)], observationSpace: new Box(0, 1) }) as never;
const no = (value: unknown): never => value as never;

const rows: readonly (readonly [string, () => unknown, string])[] = [
  ["OrderEnforcing", () => new OrderEnforcing(no(undefined)), "Expected env to be an environment, got undefined."],
  [
    "RepeatAction",
    () => new RepeatAction(no({}), { numRepeats: 2 }),
    "Expected env to be an environment, got an object of Object.",
  ],
  [
    "RescaleAction",
    () => new RescaleAction(drift, no(undefined)),
    "Expected options to be an object with minAction, maxAction, got undefined.",
  ],
  [
    "TimeAwareObservation",
    () => new TimeAwareObservation(drift, no({ normaliseTime: true })),
    'Expected normaliseTime to be an option. Did you mean "normalizeTime"?, got true (boolean).',
  ],
  ["ClipAction", () => new ClipAction(counting), "Expected env.actionSpace to be a Box, got an object of Discrete."],
  [
    "ClipReward",
    () => new ClipReward(drift, {}),
    "Expected minReward to be a number where maxReward is none, got null.",
  ],
  [
    "ClipReward",
    () => new ClipReward(drift, { minReward: 1, maxReward: 0 }),
    "Expected maxReward to be a number of at least minReward, 1, got 0 (number).",
  ],
  [
    "DelayObservation",
    () => new DelayObservation(drift, { delay: -1 }),
    "Expected delay to be an integer of at least 0, got -1 (number).",
  ],
  [
    "DiscretizeAction",
    () => new DiscretizeAction(drift, { bins: [3] }),
    "Expected bins to be an integer of at least 1, or a list of 2 of them, got [3] (array).",
  ],
  [
    "DiscretizeObservation",
    () => new DiscretizeObservation(counting, { bins: 3 }),
    "Expected env.observationSpace to be a Box with finite bounds, got an object of Box.",
  ],
  [
    "DtypeObservation",
    () => new DtypeObservation(drift, { dtype: no("float16") }),
    'Expected dtype to be an element type such as float32, got "float16" (string).',
  ],
  [
    "DtypeObservation",
    () => new DtypeObservation(dict, { dtype: "float64" }),
    "Expected env.observationSpace to be a Box, Discrete, MultiDiscrete or MultiBinary, got an object of Dict.",
  ],
  [
    "FilterObservation",
    () => new FilterObservation(drift, no({ filterKeys: ["step"] })),
    "Expected env.observationSpace to be a Dict or Tuple, got an object of Box.",
  ],
  [
    "FilterObservation",
    () => new FilterObservation(dict, no({ filterKeys: ["speed"] })),
    "Expected filterKeys to be a list of some of position, step, got [speed] (array).",
  ],
  [
    "FrameStackObservation",
    () => new FrameStackObservation(drift, { stackSize: 0 }),
    "Expected stackSize to be an integer of at least 1, got 0 (number).",
  ],
  [
    "FrameStackObservation",
    () => new FrameStackObservation(drift, no({ stackSize: 2, paddingType: "last" })),
    'Expected paddingType to be "reset", "zero" or an observation, got "last" (string).',
  ],
  [
    "MaxAndSkipObservation",
    () => new MaxAndSkipObservation(drift, { skip: 1 }),
    "Expected skip to be an integer of at least 2, got 1 (number).",
  ],
  [
    "NormalizeObservation",
    () => new NormalizeObservation(dict),
    "Expected env.observationSpace to be a Box, got an object of Dict.",
  ],
  [
    "NormalizeObservation",
    () => new NormalizeObservation(drift, { epsilon: 0 }),
    "Expected epsilon to be a finite number above 0, got 0 (number).",
  ],
  [
    "NormalizeReward",
    () => new NormalizeReward(drift, { gamma: 1.5 }),
    "Expected gamma to be a number from 0 to 1, got 1.5 (number).",
  ],
  [
    "PassiveEnvChecker",
    () => new PassiveEnvChecker(drift, no({ onWarning: 1 })),
    "Expected onWarning to be a function, got 1 (number).",
  ],
  [
    "RecordTrajectory",
    () => new RecordTrajectory(drift, {}),
    "Expected write to be a function where path is none, got undefined.",
  ],
  [
    "RenderCollection",
    () => new RenderCollection(replay),
    "Expected env.renderMode to be one of its render modes; pass { renderMode } to make(), got null.",
  ],
  [
    "RepeatAction",
    () => new RepeatAction(drift, { numRepeats: 0 }),
    "Expected numRepeats to be an integer of at least 1, got 0 (number).",
  ],
  [
    "RescaleAction",
    () => new RescaleAction(drift, { minAction: [0, 0, 0], maxAction: 1 }),
    "Expected minAction to be a number or a list of 2 numbers, got [0, 0, 0] (array).",
  ],
  [
    "RescaleAction",
    () => new RescaleAction(drift, { minAction: 2, maxAction: 1 }),
    "Expected maxAction[0] to be at least 2, got 1 (number).",
  ],
  [
    "RescaleObservation",
    () => new RescaleObservation(counting, { minObservation: 0, maxObservation: 1 }),
    "Expected maxObservation[0] to be infinite exactly where the space is, at Infinity, got 1 (number).",
  ],
  [
    "ReshapeObservation",
    () => new ReshapeObservation(drift, { shape: [3] }),
    "Expected shape to be integers above 0 whose product is 2, got [3] (array).",
  ],
  [
    "StickyAction",
    () => new StickyAction(drift, { repeatActionProbability: 1 }),
    "Expected repeatActionProbability to be a number from 0 to below 1, got 1 (number).",
  ],
  [
    "StickyAction",
    () => new StickyAction(drift, { repeatActionProbability: 0.5, repeatActionDuration: [3, 2] }),
    "Expected repeatActionDuration to be an integer of at least 1, or the smallest and the largest of them, got [3, 2] (array).",
  ],
  [
    "TimeAwareObservation",
    () => new TimeAwareObservation(drift),
    "Expected env to be one with maxEpisodeSteps in its spec, or with a TimeLimit around it, got an object of DriftEnv.",
  ],
  ["TransformAction", () => new TransformAction(drift, no({})), "Expected func to be a function, got undefined."],
  [
    "TransformObservation",
    () => new TransformObservation(drift, no({})),
    "Expected func to be a function, got undefined.",
  ],
  [
    "TransformReward",
    () => new TransformReward(drift, no({ func: 2 })),
    "Expected func to be a function, got 2 (number).",
  ],
];

describe.each(rows)("%s", (_name, construct, message) => {
  it(`refuses: ${message}`, () => {
    expect(thrownMessage(construct)).toBe(message);
  });
});
