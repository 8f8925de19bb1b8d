/** Model-predictive control: what it earns without knowing the day, and the parts it is made of. @module */
import { describe, expect, it } from "vitest";
import { createPolicy } from "../../src/agents/create-policy.js";
import type { Policy } from "../../src/agents/policy.js";
import { evaluate, makeJudgedEnv, policySpecOf, runEpisode } from "../../src/benchmark/index.js";
import { compile } from "../../src/envs/compile.js";
import type { EnvDefinition } from "../../src/envs/index.js";
import type { PlanningModel } from "../../src/envs/planning-model.js";
import { createWorkload } from "../../src/loadgen/index.js";
import type { Workload } from "../../src/loadgen/workload.js";
import { createPlannedPolicy } from "../../src/planners/create-planned-policy.js";
import { LoadForecaster } from "../../src/planners/load-forecaster.js";
import { ModelPredictivePolicy } from "../../src/planners/model-predictive.js";
import { Rollouts } from "../../src/planners/rollouts.js";
import { ShadowWorld } from "../../src/planners/shadow-world.js";
import { QueueEnv } from "../fakes/queue-env.js";
import { thrownMessage } from "../thrown-message.js";
import "../../src/builtin-envs.js";

const options = { split: "test", episode: "window" } as const;

async function modelOf(id: string): Promise<PlanningModel> {
  return policySpecOf(await makeJudgedEnv(id, options)).model as PlanningModel;
}

describe("ModelPredictivePolicy", () => {
  it("earns more than untuned rules and less than the oracle", async () => {
    const env = await makeJudgedEnv("WebService-v0", options);
    const returnOf = async (policy: Policy): Promise<number> => {
      policy.bind(policySpecOf(env));
      return (await evaluate(env, policy, { seeds: [1n] })).episodes[0]!.return;
    };
    const planned = await returnOf(new ModelPredictivePolicy({ horizon: 6, scenarios: 3 }));
    for (const name of ["static", "threshold:0.6", "trend:0.7"]) {
      expect(planned).toBeGreaterThan(await returnOf(createPolicy(name)));
    }
    expect(planned).toBeLessThan(await returnOf(createPlannedPolicy("oracle")));
  });

  it("acts alike when it is run again, whatever came before", async () => {
    const env = await makeJudgedEnv("ThreeTier-v0", { ...options, control: "target" });
    const policy = new ModelPredictivePolicy({ horizon: 4, scenarios: 2 });
    policy.bind(policySpecOf(env));
    const actionsOn = async (seed: number): Promise<string> => {
      const actions: unknown[] = [];
      const onStep = ({ action }: { action: unknown }): void => void actions.push(action);
      await runEpisode(env, policy, { seed, maxSteps: 12, onStep });
      return JSON.stringify(actions);
    };
    const first = await actionsOn(5);
    await actionsOn(6);
    expect(await actionsOn(5)).toBe(first);
  });

  it("looks at no day to come: where only the rest of the day differs, it acts alike", async () => {
    const cut = 20;
    const steady = createWorkload("steady");
    const surprise: Workload = {
      ...steady,
      series: (request) => {
        const series = steady.series(request);
        if (request.split === "train") return series;
        return { ...series, rates: series.rates.map((rate, knot) => (knot > 2 * cut ? rate / 3 : rate)) };
      },
    };
    const actionsIn = async (workload: Workload): Promise<unknown[]> => {
      const env = await makeJudgedEnv("WebService-v0", { split: "test", workload, control: "target" });
      const policy = createPlannedPolicy("mpc");
      policy.bind(policySpecOf(env));
      const actions: unknown[] = [];
      const onStep = ({ action }: { action: unknown }): void => void actions.push(action);
      await runEpisode(env, policy, { seed: 1, maxSteps: cut + 6, onStep });
      return actions;
    };
    const [known, surprised] = [await actionsIn(steady), await actionsIn(surprise)];
    expect(surprised.slice(0, cut)).toEqual(known.slice(0, cut));
    expect(surprised).not.toEqual(known);
  });

  it("refuses an environment without a model, and options out of range", () => {
    expect(() => new ModelPredictivePolicy().bind(new QueueEnv().policySpec)).toThrow(
      "Policy mpc needs a simulated environment",
    );
    expect(thrownMessage(() => new ModelPredictivePolicy({ horizon: 1 }))).toBe(
      "Expected horizon to be an integer from 2 to 60, got 1 (number).",
    );
    expect(thrownMessage(() => new ModelPredictivePolicy({ scenarios: 0.5 }))).toBe(
      "Expected scenarios to be an integer from 1 to 20, got 0.5 (number).",
    );
  });
});

describe("LoadForecaster", () => {
  it("adds what is usual and what is announced to the last rate, and spreads as far as days for training were off", async () => {
    const model = await modelOf("WebService-v0");
    const forecaster = new LoadForecaster(model, 4, 3, 180);
    const rates = new Float64Array(12);
    const noon = 12 * 3600;
    const reading = { timeSeconds: noon, rate: 400, announcedNow: 0, announcedAt: () => 0 };
    forecaster.forecast(reading, rates);
    const [low, middle, high] = [0, 1, 2].map((k) => rates[4 * k + 3]!) as [number, number, number];
    expect(low).toBeLessThan(middle);
    expect(middle).toBeLessThan(high);
    expect(rates[8]! - rates[0]!).toBeLessThan(high - low);
    expect(Math.abs(middle - 400 - (forecaster.usualAt(noon + 210) - forecaster.usualAt(noon - 30)))).toBeLessThan(30);
    const announced = new Float64Array(12);
    forecaster.forecast({ ...reading, announcedAt: (seconds) => (seconds > 100 ? 250 : 0) }, announced);
    expect(announced[4 + 3]! - middle).toBeCloseTo(250, 9);
    expect(announced[4]).toBeCloseTo(rates[4]!, 9);
  });
});

describe("ShadowWorld", () => {
  it("keeps up with what is desired, and sees when the real counts stay others", async () => {
    const { definition } = await modelOf("WebService-v0");
    const compiled = compile(definition as EnvDefinition);
    const stateAt = (replicas: number) => compiled.configurations.at(Int32Array.of(replicas - 1, 1)).state;
    const shadow = new ShadowWorld(compiled);
    shadow.begin(0, stateAt(4), 20);
    for (let step = 0; step < 3; step++) shadow.follow(stateAt(7), 300);
    expect(shadow.isOff([7])).toBe(false);
    expect([1, 2, 3, 4].map(() => shadow.isOff([6]))).toEqual([false, false, false, true]);
    expect(shadow.isOff([-1])).toBe(false);
  });
});

describe("Rollouts", () => {
  it("gives equal plans equal returns, too few replicas the price of slow requests, and leaves where it begins alone", async () => {
    const { definition } = await modelOf("WebService-v0");
    const compiled = compile(definition as EnvDefinition);
    const stateAt = (replicas: number) => compiled.configurations.at(Int32Array.of(replicas - 1, 1)).state;
    const shadow = new ShadowWorld(compiled);
    shadow.begin(0, stateAt(6), 20);
    shadow.follow(stateAt(6), 500);
    const rollouts = new Rollouts(compiled, 5, 2);
    const plan = (replicas: number) => Array.from({ length: 5 }, () => stateAt(replicas));
    const start = { state: shadow.state(), step: shadow.step, startSeconds: shadow.startSeconds, rate: 500 };
    const rates = new Float64Array(10).fill(500);
    const returns = Array.from(rollouts.evaluate([plan(6), plan(2), plan(12), plan(6)], start, rates));
    expect(returns[0]).toBe(returns[3]);
    expect(returns[0]).toBeGreaterThan(returns[1]!);
    expect(returns[0]).toBeGreaterThan(returns[2]!);
    expect(Array.from(rollouts.evaluate([plan(6), plan(2), plan(12), plan(6)], start, rates))).toEqual(returns);
    expect(shadow.state()).toEqual(start.state);
  });
});
