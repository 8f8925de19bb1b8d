/** Honest difficulty: neither the best static size nor always being up comes near a calibrated rule. @module */
import { describe, expect, it } from "vitest";
import { type EnvDefinition, threeTierDefinition, webServiceDefinition } from "../../src/envs/index.js";
import { bestOf, meanReturn } from "./judge.js";

const utilizations = [0.45, 0.5, 0.55, 0.6, 0.65, 0.7];
const rules = utilizations.flatMap((u) => [`threshold:${u}`, `target-tracking:${u}`]);

const counts = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);

const environments: Readonly<Record<string, [EnvDefinition, readonly string[]]>> = {
  "WebService-v0": [
    webServiceDefinition(),
    [0, 1, 2].flatMap((size) => counts(3, 12).map((count) => `static:replicas=${count}:size=${size}`)),
  ],
  "ThreeTier-v0": [
    threeTierDefinition(),
    [1, 2].flatMap((database) =>
      [2, 3, 4].flatMap((web) =>
        counts(8, 12).map((api) => `static:webReplicas=${web}:apiReplicas=${api}:databaseSize=${database}`),
      ),
    ),
  ],
};

describe("difficulty", () => {
  it.each(Object.keys(environments))(
    "is honest in %s: best static size and always up cost at least a fifth more than the best rule",
    async (id) => {
      const [definition, sizes] = environments[id]!;
      const rule = await bestOf(definition, rules);
      const fixed = await bestOf(definition, sizes);
      const alwaysUp = await meanReturn(definition, "always-up");
      const random = await meanReturn(definition, "random");
      // Returns are costs with a minus before them.
      expect(fixed.score / rule.score, `${fixed.name} against ${rule.name}`).toBeGreaterThan(1.2);
      expect(alwaysUp / rule.score, `always up against ${rule.name}`).toBeGreaterThan(1.2);
      expect(alwaysUp).toBeLessThan(fixed.score);
      expect(random).toBeLessThan(alwaysUp);
    },
  );
});
