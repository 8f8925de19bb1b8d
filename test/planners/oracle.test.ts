import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPolicy } from "../../src/agents/create-policy.js";
import { evaluate } from "../../src/benchmark/evaluate.js";
import { makeJudgedEnv } from "../../src/benchmark/make-judged-env.js";
import { policySpecOf } from "../../src/benchmark/policy-spec-of.js";
import type { JudgedEnv } from "../../src/benchmark/run-episode.js";
import type { PlanningModel } from "../../src/envs/planning-model.js";
import { findBestStatic } from "../../src/planners/best-static.js";
import { createPlannedPolicy } from "../../src/planners/create-planned-policy.js";
import { OraclePolicy } from "../../src/planners/oracle.js";
import { QueueEnv } from "../fakes/queue-env.js";
import "../../src/builtin-envs.js";

const seeds = [0, 1];
let env: JudgedEnv;

beforeAll(async () => {
  env = await makeJudgedEnv("WebService-v0", { split: "test", episode: "window" });
});
afterAll(() => env.close());

async function returnsOf(name: string): Promise<number[]> {
  const { episodes } = await evaluate(env, createPlannedPolicy(name), { seeds });
  return episodes.map((episode) => episode.return);
}

describe("OraclePolicy", () => {
  it("earns more than random, giving up, always up, the best static and rules, on each day", async () => {
    const best = await findBestStatic(policySpecOf(env).model as PlanningModel, seeds);
    const oracle = await returnsOf("oracle");
    for (const name of ["random", "static:1", "always-up", "threshold:0.6", "trend:0.8"]) {
      const others = await returnsOf(name);
      expect(others.filter((sum, day) => sum >= oracle[day]!)).toEqual([]);
    }
    expect(best.returns.filter((sum, day) => sum >= oracle[day]!)).toEqual([]);
  });

  it("makes the same plan again", async () => {
    expect(await returnsOf("oracle")).toEqual(await returnsOf("oracle"));
  });

  it("acts within what a step may change, in every mode", async () => {
    for (const control of ["target", "residual", "continuous"]) {
      const other = await makeJudgedEnv("WebService-v0", { split: "test", episode: "window", control });
      const { episodes } = await evaluate(other, new OraclePolicy(), { seeds: [0] });
      expect(episodes[0]!.slaViolation).toBeLessThan(0.05);
      await other.close();
    }
  });

  it("refuses an environment without a model of its days", () => {
    expect(() => new OraclePolicy().bind(new QueueEnv().policySpec)).toThrow(
      "a simulated environment, whose days to come are known",
    );
  });
});

describe("findBestStatic", () => {
  it("finds the count that is best when all are tried", async () => {
    const best = await findBestStatic(policySpecOf(env).model as PlanningModel, seeds);
    const means: number[] = [];
    for (let replicas = 1; replicas <= 12; replicas++) {
      const policy = createPolicy(`static:${replicas}:size=${best.values.size}`);
      const { episodes } = await evaluate(env, policy, { seeds });
      means.push(episodes.reduce((sum, episode) => sum + episode.return, 0) / seeds.length);
    }
    expect(best.return).toBeCloseTo(Math.max(...means), 10);
    expect(best.values.replicas).toBe(1 + means.indexOf(Math.max(...means)));
  });
});
