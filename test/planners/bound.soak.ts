/** The bound against all that can be done in small worlds, for many seeds. @module */
import { describe, expect, it } from "vitest";
import { InfraEnv } from "../../src/envs/index.js";
import { ReturnBound } from "../../src/planners/bound.js";
import { bestOfAll, countsCase, modelOf, sizesCase, tiersCase } from "./small-cases.js";

const SEEDS = 200;
/** Sums of many rounded figures. */
const ROUNDING = 1e-9;

describe("ReturnBound", () => {
  it.each([
    ["counts in WebService-v0", countsCase()],
    ["counts and sizes, least connections", sizesCase("least_connections")],
    ["counts and sizes, round robin", sizesCase("round_robin")],
    ["three tiers and a database's size in ThreeTier-v0", tiersCase()],
  ])(`is above all sequences of %s, for ${SEEDS} seeds`, async (_, { definition, actions }) => {
    const env = new InfraEnv(definition);
    const bound = new ReturnBound(modelOf(env));
    for (let seed = 0; seed < SEEDS; seed++) {
      const best = await bestOfAll(env, seed, actions);
      expect(bound.of(seed) - best, `seed ${seed}`).toBeGreaterThan(-ROUNDING);
    }
  });
});
