import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createPolicy } from "infra-gym/agents";
import { evaluate } from "infra-gym/benchmark";
import { checkEnv } from "infra-gym/testing";
import { makeMyEnv } from "./my-env.js";

describe("my environment", () => {
  it("keeps the contract of environments", async () => {
    await checkEnv(makeMyEnv());
  });

  it("repeats an episode with the same seed", async () => {
    const run = async () =>
      (await evaluate(makeMyEnv(), createPolicy("random"), { seeds: [1], maxSteps: 100 })).episodes;
    assert.deepEqual(await run(), await run());
  });

  it("rewards scaling with the load more than giving up", async () => {
    const returnOf = async (name: string) => {
      const { episodes } = await evaluate(makeMyEnv({ split: "test" }), createPolicy(name), { seeds: [0] });
      return episodes[0]!.return;
    };
    assert.ok((await returnOf("threshold")) > (await returnOf("static:1")));
  });
});
