/** Wrappers pass everything on, and change what they are for. @module */
import { describe, expect, it } from "vitest";
import type { Env, StepResult } from "../src/env.js";
import { Box } from "../src/spaces/index.js";
import { ActionWrapper, ObservationWrapper, RewardWrapper, Wrapper } from "../src/wrapper.js";
import { OrderEnforcing, RepeatAction, TimeLimit } from "../src/wrappers/index.js";
import { CountingEnv, type CountingInfo } from "./fakes/counting-env.js";
import { thrownMessage } from "./thrown-message.js";

class CountOnly extends ObservationWrapper<Float32Array, Float32Array, number, CountingInfo> {
  override readonly observationSpace: Box = new Box(0, 3);

  observation(observation: Float32Array): Float32Array {
    return observation.slice(0, 1);
  }
}

class NegatedAction extends ActionWrapper<Float32Array, number, number, CountingInfo> {
  action(action: number): number {
    if (action > 0) throw new RangeError("too large");
    return -action;
  }
}

class HalvedReward extends RewardWrapper<Float32Array, number, CountingInfo> {
  reward(reward: number): number {
    return reward / 2;
  }
}

class FailingReward extends RewardWrapper<Float32Array, number, CountingInfo> {
  reward(): number {
    throw new RangeError("no reward");
  }
}

describe("Wrapper", () => {
  it("passes everything on", async () => {
    const env = new CountingEnv();
    await using outer = new OrderEnforcing(new TimeLimit(env, { maxEpisodeSteps: 9 }));
    expect(outer.spec).toBeNull();
    expect(outer.metadata).toBe(env.metadata);
    expect(outer.renderMode).toBe("ansi");
    expect(outer.observationSpace).toBe(env.observationSpace);
    expect(outer.actionSpace).toBe(env.actionSpace);
    expect(outer.unwrapped).toBe(env);
    await outer.reset({ seed: 7 });
    expect(outer.rng).toBe(env.rng);
    expect(await outer.step(1)).toEqual([Float32Array.of(1, 0.8972138166427612), 2, false, false, { count: 1 }]);
    expect(await outer.render()).toBe("count 1");
    await outer.close();
    expect(env.isClosed).toBe(true);
  });

  it("is named after all the environments in it", () => {
    const env = new OrderEnforcing(new TimeLimit(new CountingEnv(), { maxEpisodeSteps: 9 }));
    expect(String(env)).toBe("<OrderEnforcing<TimeLimit<CountingEnv>>>");
  });

  it("takes part in snapshots with its own state", async () => {
    const env = new TimeLimit(new CountingEnv(), { maxEpisodeSteps: 2 });
    await env.reset({ seed: 1 });
    await env.step(0);
    const saved = structuredClone(env.snapshot());
    const first = await env.step(0);
    await env.step(0);
    env.restore(saved);
    expect(await env.step(0)).toEqual(first);
    expect(first[3]).toBe(true);
  });

  it("refuses a snapshot of another stack of wrappers", () => {
    const env = new TimeLimit(new CountingEnv(), { maxEpisodeSteps: 2 });
    const other = new OrderEnforcing(new CountingEnv());
    expect(thrownMessage(() => env.restore(other.snapshot()))).toBe(
      "Expected a snapshot of <TimeLimit<CountingEnv>>, got one of <OrderEnforcing<CountingEnv>>.",
    );
  });
});

/** Writes down when its hooks are called. */
class Noted extends Wrapper<Float32Array, number, CountingInfo> {
  constructor(
    env: Env<Float32Array, number, CountingInfo>,
    readonly name: string,
    readonly notes: string[],
  ) {
    super(env);
  }

  protected override beforeStep(action: number): number {
    this.notes.push(`before ${this.name}`);
    return action;
  }

  protected override afterStep(result: StepResult<Float32Array, CountingInfo>): typeof result {
    this.notes.push(`after ${this.name}`);
    return result;
  }
}

/** Two steps of the environment inside for one outside. */
class Twice extends Noted {
  override async step(action: number): Promise<StepResult<Float32Array, CountingInfo>> {
    this.notes.push("twice");
    await super.step(action);
    return super.step(action);
  }
}

describe("the hooks of wrappers", () => {
  it("are called from outside to inside, and back", async () => {
    const notes: string[] = [];
    const env = new Noted(new Noted(new CountingEnv(), "inner", notes), "outer", notes);
    await env.reset();
    await env.step(0);
    expect(notes).toEqual(["before outer", "before inner", "after inner", "after outer"]);
  });

  it("keep to a step of one's own between them", async () => {
    const notes: string[] = [];
    const inner = new Twice(new Noted(new CountingEnv(), "inner", notes), "own", notes);
    const env = new Noted(inner, "outer", notes);
    await env.reset();
    expect((await env.step(0))[4]).toEqual({ count: 2 });
    const round = ["before own", "before inner", "after inner", "after own"];
    expect(notes).toEqual(["before outer", "twice", ...round, ...round, "after outer"]);
  });

  it("are called for each repeat of an action", async () => {
    const notes: string[] = [];
    const env = new RepeatAction(new Noted(new TimeLimit(new CountingEnv(), { maxEpisodeSteps: 2 }), "inner", notes), {
      numRepeats: 5,
    });
    await env.reset();
    const [, reward, , truncated, info] = await env.step(1);
    expect([reward, truncated, info]).toEqual([4, true, { count: 2 }]);
    expect(notes).toEqual(["before inner", "after inner", "before inner", "after inner"]);
  });

  it("reject the step with what they throw, before and after", async () => {
    const failing = new FailingReward(new NegatedAction(new CountingEnv()));
    await failing.reset();
    await expect(failing.step(1)).rejects.toThrow("too large");
    await expect(failing.step(0)).rejects.toThrow("no reward");
  });
});

describe("ObservationWrapper", () => {
  it("changes the observations of reset and step", async () => {
    const env = new CountOnly(new CountingEnv());
    expect((await env.reset())[0]).toEqual(Float32Array.of(0));
    const [observation, reward, terminated, truncated, info] = await env.step(2);
    expect(env.observationSpace.contains(observation)).toBe(true);
    expect([observation, reward, terminated, truncated, info]).toEqual([
      Float32Array.of(1),
      3,
      false,
      false,
      { count: 1 },
    ]);
  });
});

describe("ActionWrapper", () => {
  it("changes actions, and rejects where it cannot", async () => {
    const env = new NegatedAction(new CountingEnv());
    await env.reset();
    expect((await env.step(-2))[1]).toBe(3);
    await expect(env.step(1)).rejects.toThrow("too large");
  });
});

describe("RewardWrapper", () => {
  it("changes rewards alone", async () => {
    const env = new HalvedReward(new CountingEnv());
    await env.reset();
    const [, reward, terminated, truncated, info] = await env.step(2);
    expect([reward, terminated, truncated, info]).toEqual([1.5, false, false, { count: 1 }]);
  });
});
