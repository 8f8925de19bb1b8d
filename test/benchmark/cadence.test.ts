import { describe, expect, it } from "vitest";
import { createPolicy } from "../../src/agents/create-policy.js";
import { atCadence, envAtCadence } from "../../src/benchmark/cadence.js";
import { evaluate } from "../../src/benchmark/evaluate.js";
import { evaluateBatch } from "../../src/benchmark/evaluate-batch.js";
import { policySpecOf } from "../../src/benchmark/policy-spec-of.js";
import { InfraEnv } from "../../src/envs/infra-env.js";
import { webServiceDefinition } from "../../src/envs/web-service/definition.js";
import { QueueEnv } from "../fakes/queue-env.js";

const definition = webServiceDefinition();
const days = { workload: "ramp", split: "test" } as const;

describe("atCadence", () => {
  it("leaves a day what it was: a policy that holds still earns the same", async () => {
    const rows = [{ policy: createPolicy("static:6"), seed: 2 }];
    const [whole] = await evaluateBatch(definition, rows, { ...days, maxSteps: 120 });
    const [parts] = await evaluateBatch(atCadence(definition, 15), rows, { ...days, maxSteps: 480 });
    expect(parts!.return).toBeCloseTo(whole!.return, 5);
    expect(parts!.slaViolation).toBeCloseTo(whole!.slaViolation, 6);
  });

  it.each([7, 45, 120])("refuses %d seconds, which do not divide the step into ticks", (everySeconds) => {
    expect(() => atCadence(definition, everySeconds)).toThrow(
      `Expected everySeconds to be seconds that divide a step of 60 into multiples of a tick of 5, got ${everySeconds} (number).`,
    );
  });
});

describe("envAtCadence", () => {
  it("is the environment itself for a policy that looks once a step", () => {
    const env = new InfraEnv(definition, days);
    expect(envAtCadence(env, createPolicy("threshold:0.6"))).toBe(env);
    expect(envAtCadence(env, createPolicy("threshold:0.6:everySeconds=60"))).toBe(env);
  });

  it("is where evaluate takes a policy that looks every 15 s", async () => {
    const env = new InfraEnv(definition, days);
    const policy = createPolicy("threshold:0.6:everySeconds=15");
    const own = envAtCadence(env, policy);
    expect(policySpecOf(own).stepSeconds).toBe(15);
    const { episodes } = await evaluate(env, policy, { seeds: [1], maxSteps: 30 });
    const rows = [{ policy, seed: 1 }];
    const [alone] = await evaluateBatch(atCadence(definition, 15), rows, { ...days, maxSteps: 120 });
    expect(episodes[0]).toEqual({ seed: 1, ...alone });
  });

  it("refuses a world that is not simulated", () => {
    const env = new QueueEnv();
    expect(() => envAtCadence(env as never, createPolicy("threshold:0.6:everySeconds=15"))).toThrow(
      "Policy threshold:0.6:everySeconds=15, which looks every 15 s",
    );
  });
});
