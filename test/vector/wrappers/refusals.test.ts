/** What vector wrappers refuse, each at construction and by the name of the option. @module */
import { describe, expect, it } from "vitest";
import { Box, Discrete } from "../../../src/spaces/index.js";
import {
  SyncVectorEnv,
  VectorClipAction,
  VectorDelayObservation,
  VectorDiscretizeAction,
  VectorDiscretizeObservation,
  VectorDtypeObservation,
  VectorFilterObservation,
  VectorFrameStackObservation,
  VectorizeObservation,
  VectorNormalizeObservation,
  VectorNormalizeReward,
  VectorRecordEpisodeStatistics,
  VectorRescaleAction,
  VectorRescaleObservation,
  VectorReshapeObservation,
  VectorTimeAwareObservation,
  VectorTransformAction,
  VectorTransformReward,
} from "../../../src/vector/index.js";
import { CountingEnv } from "../../fakes/counting-env.js";
import { ReplayEnv } from "../../fakes/replay-env.js";
import { thrownMessage } from "../../thrown-message.js";

/** Observations of two numbers from 0, without an upper bound; actions 0, 1 and 2. */
const counting = (): SyncVectorEnv<never, never> => new SyncVectorEnv([new CountingEnv()]);

/** Observations of integers, and actions of two numbers from -1 to 1. */
function boxes(): SyncVectorEnv<never, never> {
  const actionSpace = new Box(-1, 1, { shape: [2] });
  return new SyncVectorEnv([new ReplayEnv({ observations: [0], observationSpace: new Discrete(3), actionSpace })]);
}

describe("vector wrappers refuse", () => {
  it.each<[string, () => unknown, string]>([
    [
      "a single environment",
      () => new VectorClipAction(new CountingEnv() as never),
      "Expected env to be a vector environment, got an object of CountingEnv.",
    ],
    [
      "options that are not known",
      () => new VectorDelayObservation(counting(), { steps: 1 } as never),
      "Expected steps to be an option. Known: delay., got 1 (number).",
    ],
    [
      "clipping what is no Box",
      () => new VectorClipAction(counting()),
      "Expected env.singleActionSpace to be a Box, got an object of Discrete.",
    ],
    [
      "a delay below 0",
      () => new VectorDelayObservation(counting(), { delay: -1 }),
      "Expected delay to be an integer of at least 0, got -1 (number).",
    ],
    [
      "bins of an unbounded Box",
      () => new VectorDiscretizeObservation(counting(), { bins: 3 }),
      "Expected env.singleObservationSpace to be a Box with finite bounds, got an object of Box.",
    ],
    [
      "no bins",
      () => new VectorDiscretizeAction(boxes(), { bins: [2, 0] }),
      "Expected bins to be an integer of at least 1, or a list of 2 of them, got [2, 0] (array).",
    ],
    [
      "an element type that is none",
      () => new VectorDtypeObservation(counting(), { dtype: "float16" as never }),
      'Expected dtype to be an element type such as float32, got "float16" (string).',
    ],
    [
      "parts of what has none",
      () => new VectorFilterObservation(counting(), { filterKeys: ["a"] }),
      "Expected env.singleObservationSpace to be a Dict or Tuple, got an object of Box.",
    ],
    [
      "a stack of none",
      () => new VectorFrameStackObservation(counting(), { stackSize: 0 }),
      "Expected stackSize to be an integer of at least 1, got 0 (number).",
    ],
    [
      "normalizing what is no Box",
      () => new VectorNormalizeObservation(boxes()),
      "Expected env.singleObservationSpace to be a Box, got an object of Discrete.",
    ],
    [
      "a discount above 1",
      () => new VectorNormalizeReward(counting(), { gamma: 1.5 }),
      "Expected gamma to be a number from 0 to 1, got 1.5 (number).",
    ],
    [
      "a buffer below 0",
      () => new VectorRecordEpisodeStatistics(counting(), { bufferLength: -1 }),
      "Expected bufferLength to be an integer of at least 0, got -1 (number).",
    ],
    [
      "bounds in the wrong order",
      () => new VectorRescaleAction(boxes(), { minAction: 1, maxAction: 0 }),
      "Expected maxAction[0] to be at least 1, got 0 (number).",
    ],
    [
      "a finite bound for an infinite one",
      () => new VectorRescaleObservation(counting(), { minObservation: 0, maxObservation: 1 }),
      "Expected maxObservation[0] to be infinite exactly where the space is, at Infinity, got 1 (number).",
    ],
    [
      "a shape of another size",
      () => new VectorReshapeObservation(counting(), { shape: [3] }),
      "Expected shape to be integers above 0 whose product is 2, got [3] (array).",
    ],
    [
      "the time without a limit",
      () => new VectorTimeAwareObservation(counting()),
      "Expected env to be one with maxEpisodeSteps in its spec, or with a TimeLimit around it, got an object of ObservationFeed.",
    ],
    [
      "an action's function that is none",
      () => new VectorTransformAction(counting(), { func: 3 as never }),
      "Expected func to be a function, got 3 (number).",
    ],
    [
      "a reward's function that is none",
      () => new VectorTransformReward(counting(), { func: null as never }),
      "Expected func to be a function, got null.",
    ],
    [
      "a wrapper's function that is none",
      () => new VectorizeObservation(counting(), { wrap: "FrameStack" as never }),
      'Expected wrap to be a function, got "FrameStack" (string).',
    ],
  ])("%s", (_, run, message) => {
    expect(thrownMessage(run)).toBe(message);
  });
});
