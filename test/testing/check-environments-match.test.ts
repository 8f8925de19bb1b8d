/** `checkEnvironmentsMatch` on environments that do the same, and that do not. @module */
import { describe, expect, it } from "vitest";
import { checkEnvironmentsMatch } from "../../src/testing/index.js";
import { OrderEnforcing, TimeLimit } from "../../src/wrappers/index.js";
import { CartPole } from "../fakes/cart-pole.js";
import { CountingEnv } from "../fakes/counting-env.js";

describe("checkEnvironmentsMatch", () => {
  it("finds nothing between an environment and itself behind a wrapper", async () => {
    await checkEnvironmentsMatch(new CartPole(), new OrderEnforcing(new CartPole()), { steps: 300 });
  });

  it("lists what differs in the first step that does", async () => {
    const [limited, free] = [new TimeLimit(new CountingEnv(), { maxEpisodeSteps: 2 }), new CountingEnv()];
    await expect(checkEnvironmentsMatch(limited, free)).rejects.toThrow(
      "TimeLimit against CountingEnv does not keep the contract of environments in 1 point. Correct:\n" +
        "- truncated differs in step 2.",
    );
    await checkEnvironmentsMatch(limited, free, { steps: 2, skip: ["truncated"] });
  });

  it("refuses other spaces, and steps that are no count", async () => {
    await expect(checkEnvironmentsMatch(new CartPole(), new CountingEnv())).rejects.toThrow(
      "- actionSpace differs: Discrete(2) against Discrete(3).",
    );
    await expect(checkEnvironmentsMatch(new CartPole(), new CartPole(), { steps: 0 })).rejects.toThrow(
      "Expected steps to be an integer from 1, got 0 (number).",
    );
  });
});
