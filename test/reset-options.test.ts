/** What `reset` refuses. @module */
import { describe, expect, it } from "vitest";
import type { ResetOptions } from "../src/env.js";
import { InfraEnv, InfraVectorEnv } from "../src/envs/index.js";
import { smallDefinition } from "./envs/small-definition.js";

const environments = [
  ["InfraEnv", () => new InfraEnv(smallDefinition())],
  ["InfraVectorEnv", () => new InfraVectorEnv(smallDefinition(), { numEnvs: 2 })],
] as const;

describe("reset", () => {
  it.each(environments)("of %s refuses a seed without its name, and a misspelt one", async (_, make) => {
    const env = make();
    const reset = (request: unknown): Promise<unknown> => env.reset(request as ResetOptions);
    await expect(reset(1)).rejects.toThrow("Expected reset to be an object, such as { seed: 1 }, got 1 (number).");
    await expect(reset(null)).rejects.toThrow("Expected reset to be an object, such as { seed: 1 }, got null.");
    await expect(reset({ sed: 1 })).rejects.toThrow("Expected reset.sed to be an option.");
    await expect(reset({})).resolves.toHaveLength(2);
    await env.close();
  });
});
