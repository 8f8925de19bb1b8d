/** A mix of workloads as one vector environment. @module */
import { describe, expect, it } from "vitest";
import { JoinedVectorEnv } from "../../../src/agents/learning/joined-vector-env.js";
import { makeVec, type VectorEnv } from "../../../src/vector/index.js";
import { thrownMessage } from "../../thrown-message.js";
import { makeEnvs } from "./short-run.js";

function make(workload: string, numEnvs: number): Promise<VectorEnv<unknown, unknown, object>> {
  return makeVec("WebService-v0", { numEnvs, workload, episode: "window", autoresetMode: "SameStep" });
}

describe("JoinedVectorEnv", () => {
  it("gives what its parts give, one after the other, over the ends of episodes", async () => {
    await using joined = new JoinedVectorEnv([await make("day", 2), await make("ramp", 1)]);
    const [day, ramp] = [await make("day", 2), await make("ramp", 1)];
    const [first] = await joined.reset({ seed: 4 });
    const [ofDay] = await day.reset({ seed: 4 });
    const [ofRamp] = await ramp.reset({ seed: 6 });
    expect(first).toEqual(Float32Array.of(...(ofDay as Float32Array), ...(ofRamp as Float32Array)));
    for (let step = 0; step < 385; step++) {
      const [observations, rewards, , truncations, infos] = await joined.step(Int32Array.of(4, 1, 4, 1, 5, 1));
      const one = await day.step(Int32Array.of(4, 1, 4, 1));
      const two = await ramp.step(Int32Array.of(5, 1));
      expect(observations).toEqual(Float32Array.of(...(one[0] as Float32Array), ...(two[0] as Float32Array)));
      expect(rewards).toEqual(Float64Array.of(...one[1], ...two[1]));
      expect(truncations).toEqual(Uint8Array.of(...one[3], ...two[3]));
      const [mine, theirs] = [infos, one[4]] as { costUsd: Float64Array; finalObs?: unknown[] }[];
      expect(mine!.costUsd.subarray(0, 2)).toEqual(theirs!.costUsd);
      expect(mine!.finalObs?.slice(0, 2)).toEqual(theirs!.finalObs);
    }
  });

  it("refuses parts of different spaces", async () => {
    const parts = [await makeEnvs("CartPole-v1", 2), await makeEnvs("Aim-v0", 2)];
    expect(thrownMessage(() => new JoinedVectorEnv(parts))).toMatch(
      /^Expected parts\[1\]\.singleObservationSpace to be Box\(/,
    );
  });
});
