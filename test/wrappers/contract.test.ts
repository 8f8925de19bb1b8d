/** The contract of wrappers, run for every one of them. @module */
import { describe, expect, it } from "vitest";
import * as wrappers from "../../src/wrappers/index.js";
import { type AnyEnv, describeWrapper, type WrapperContract } from "../contract/wrapper.js";

type WrapperClass = new (env: AnyEnv, options?: object) => AnyEnv;

/** Class by name, options, and where they differ the environment inside. */
const rows: readonly (readonly [keyof typeof wrappers, object?, Partial<WrapperContract>?])[] = [
  ["Autoreset"],
  ["ClipAction"],
  ["ClipReward", { minReward: -0.2 }],
  ["DelayObservation", { delay: 2 }],
  ["DiscretizeAction", { bins: [3, 4] }],
  ["DiscretizeObservation", { bins: 5, multidiscrete: true }],
  ["DtypeObservation", { dtype: "float64" }],
  ["FilterObservation", { filterKeys: ["step"] }, { options: { observation: "dict" } }],
  ["FlattenObservation", {}, { options: { observation: "dict" } }],
  ["FrameStackObservation", { stackSize: 3, paddingType: Float32Array.of(0.5, -0.5) }],
  ["MaxAndSkipObservation", { skip: 2 }],
  ["NormalizeObservation", { epsilon: 1e-6 }],
  ["NormalizeReward", { gamma: 0.9 }],
  ["OrderEnforcing"],
  ["PassiveEnvChecker"],
  ["RecordEpisodeStatistics", { bufferLength: 3 }],
  ["RecordTrajectory", { write: () => {} }, { isInSpec: false }],
  ["RenderCollection", { popFrames: false }],
  ["RepeatAction", { numRepeats: 2 }],
  ["RescaleAction", { minAction: -1, maxAction: [1, 2] }],
  ["RescaleObservation", { minObservation: 0, maxObservation: [1, 2] }],
  ["ReshapeObservation", { shape: [1, 2] }],
  ["StickyAction", { repeatActionProbability: 0.5, repeatActionDuration: [1, 3] }],
  ["TimeAwareObservation", { normalizeTime: true }, { id: "CartPole-v1" }],
  ["TransformAction", { func: (action: unknown) => action }, { isInSpec: false }],
  ["TransformObservation", { func: (observation: unknown) => observation }, { isInSpec: false }],
  ["TransformReward", { func: (reward: number) => -reward }, { isInSpec: false }],
];

const classes = new Map<string, unknown>(Object.entries(wrappers));

for (const [name, options, contract] of rows) {
  const wrapper = classes.get(name) as WrapperClass;
  describeWrapper({ name, wrap: (env) => new wrapper(env, options), ...contract });
}

describe("the wrappers", () => {
  it("are all under contract", () => {
    const bases = ["ActionWrapper", "ObservationWrapper", "RewardWrapper", "Wrapper", "registerWrapper"];
    // TimeLimit is part of the spec of the environment it is directly around: its own tests say so.
    const exempt = new Set([...bases, "TimeLimit", ...rows.map(([name]) => name)]);
    expect([...classes.keys()].filter((name) => !exempt.has(name))).toEqual([]);
  });
});
