import { describe, expect, it } from "vitest";
import { InfraVectorEnv } from "../../src/envs/index.js";
import { webServiceDefinition } from "../../src/envs/web-service/definition.js";
import { make } from "../../src/index.js";

describe("the option promqlProfile", () => {
  it("is in the definition, its JSON and its snapshots", async () => {
    const [two, three] = [await make("WebService-v0", { promqlProfile: "prom2" }), await make("WebService-v0")];
    expect([two.definition.promqlProfile, three.definition.promqlProfile]).toEqual(["prom2", "prom3"]);
    expect(JSON.parse(JSON.stringify(two.definition)).promqlProfile).toBe("prom2");
    await two.reset({ seed: 1 });
    expect(() => three.restore(two.snapshot())).toThrow(
      "Expected a snapshot of WebService-v0 with profile prom3, got one of prom2.",
    );
  });

  it("is in the snapshots of a batch", async () => {
    const [two, three] = [2, 3].map(
      (version) =>
        new InfraVectorEnv(webServiceDefinition({ promqlProfile: `prom${version as 2 | 3}` }), { numEnvs: 2 }),
    ) as [InfraVectorEnv, InfraVectorEnv];
    await two.reset({ seed: 1 });
    await three.reset({ seed: 1 });
    expect(() => three.restore(0, two.snapshot(1))).toThrow(
      "Expected a snapshot of WebService-v0 (vector) with profile prom3, got one of prom2.",
    );
  });

  it("is checked when an environment is made", async () => {
    await expect(make("WebService-v0", { promqlProfile: "prom1" as "prom2" })).rejects.toThrow(
      'Expected promqlProfile to be "prom2" or "prom3", got "prom1" (string).',
    );
  });
});
