/** The bound on returns: nothing that any policy does comes above it. @module */
import { describe, expect, it } from "vitest";
import { createPolicy } from "../../src/agents/create-policy.js";
import { evaluate, makeJudgedEnv, policySpecOf } from "../../src/benchmark/index.js";
import { type DefinitionOptions, defineEnv, InfraEnv } from "../../src/envs/index.js";
import type { PlanningModel } from "../../src/envs/planning-model.js";
import { webServiceDefinition } from "../../src/envs/web-service/definition.js";
import { createWorkload } from "../../src/loadgen/index.js";
import { ReturnBound } from "../../src/planners/bound.js";
import { billedCost, failedRequestPenalty, latencyCredit, type RewardTerm } from "../../src/reward/index.js";
import { createRng } from "../../src/rng.js";
import { infraGym } from "../cli/command-line.js";
import { thrownMessage } from "../thrown-message.js";
import { bestOfAll, countsCase, modelOf, type SmallCase, sizesCase, small, tiersCase } from "./small-cases.js";
import "../../src/builtin-envs.js";

/** Sums of many rounded figures. */
const ROUNDING = 1e-9;

async function expectAllBelow({ definition, actions }: SmallCase, seeds: number): Promise<void> {
  const env = new InfraEnv(definition);
  const bound = new ReturnBound(modelOf(env));
  for (let seed = 0; seed < seeds; seed++) {
    expect(bound.of(seed) - (await bestOfAll(env, seed, actions))).toBeGreaterThan(-ROUNDING);
  }
}

describe("ReturnBound", () => {
  it("is above the best of all sequences of counts, tried one by one, for every seed", async () => {
    await expectAllBelow(countsCase(), 6);
  });

  it("is above the best of all sequences of counts and sizes, with boots of no time and round robin", async () => {
    await expectAllBelow(sizesCase("least_connections"), 4);
    await expectAllBelow(sizesCase("round_robin"), 4);
  });

  it("is above the best of all sequences in three tiers, whose work swings and whose database changes its size", async () => {
    await expectAllBelow(tiersCase(), 3);
  });

  it("is near the best where queues and whole droplets cost little: many slots at nearly full load, and patient clients", async () => {
    const web = webServiceDefinition({ control: "target" });
    const [replicas] = web.controls;
    const changes = {
      controls: [{ ...replicas!, domain: { min: 8, max: 9 } }],
      reward: [billedCost(), failedRequestPenalty({ usdPerRequest: 1e-5 })],
    };
    const env = new InfraEnv(small(web, changes, 4, createWorkload("steady", { level: 795 / 960 })));
    const bound = new ReturnBound(modelOf(env)).of(0);
    const best = await bestOfAll(env, 0, [0, 1]);
    expect(bound).toBeGreaterThanOrEqual(best - ROUNDING);
    expect(bound / best).toBeGreaterThan(0.98);
  });

  it("is above random actions on every workload, in windows of days", async () => {
    for (const id of ["WebService-v0", "ThreeTier-v0"]) {
      for (const workload of ["flash-crowd", "ramp"]) {
        const env = await makeJudgedEnv(id, { workload, episode: "window", control: "target" });
        const bound = new ReturnBound(policySpecOf(env).model as PlanningModel);
        for (const name of ["random", "static"]) {
          const policy = createPolicy(name);
          policy.bind(policySpecOf(env));
          const seed = createRng(name.length).integers(1000);
          const { episodes } = await evaluate(env, policy, { seeds: [BigInt(seed)] });
          expect(bound.of(seed)).toBeGreaterThan(episodes[0]!.return);
        }
        await env.close();
      }
    }
  });

  it("refuses what it has no proof for", () => {
    const web = webServiceDefinition();
    const model = (changes: Partial<DefinitionOptions>): PlanningModel =>
      modelOf(new InfraEnv(defineEnv({ ...web, ...changes })));
    expect(thrownMessage(() => new ReturnBound(model({ simulation: { model: "requests" } })))).toBe(
      "A bound for this simulation is not supported. Use the fluid model at time scale 1.",
    );
    const bonus: RewardTerm = { name: "bonus", function: "bonus", options: {}, evaluate: () => 1 };
    expect(thrownMessage(() => new ReturnBound(model({ reward: [bonus] })))).toContain(
      "A bound with the term bonus is not",
    );
    expect(new ReturnBound(model({ reward: [latencyCredit({ usdPerMonth: 24 })] })).of(1)).toBe(0);
  });
});

describe("infra-gym bound", () => {
  it("compares a policy with the bound, day by day", async () => {
    const args = ["--workload", "steady", "--seeds", "2", "--policy", "static", "--json", "-"];
    const { code, out, err } = await infraGym("bound", "WebService-v0", ...args);
    expect(`${err}exit code ${code}`).toBe("exit code 0");
    const { episodes, ...rest } = JSON.parse(out);
    expect(rest).toMatchObject({
      schema: 1,
      env: "WebService-v0",
      workload: "steady",
      policy: "static",
      split: "test",
    });
    for (const { bound, return: sum, gap } of episodes) {
      expect(bound).toBeGreaterThan(sum);
      expect(gap).toBeCloseTo((bound - sum) / -sum, 12);
    }
    const table = await infraGym("bound", "WebService-v0", ...args.slice(0, -2));
    expect(table.out).toMatch(/^seed +bound, USD +static, USD +gap.*^mean /ms);
  });
});
