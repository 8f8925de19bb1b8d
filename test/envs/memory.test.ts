/** Memory over a slice of what `npm run test:soak` counts. @module */
import { describe, expect, it } from "vitest";
import { webServiceDefinition } from "../../src/envs/index.js";
import { soakBatch, soakSingle } from "./memory.js";

describe("memory", () => {
  it("stays flat over 250,000 steps of a batch of 64", async () => {
    expect((await soakBatch(webServiceDefinition(), 64, 250_000)).heap).toBeLessThan(2);
  });

  it("stays flat over 50,000 steps of one environment", async () => {
    expect((await soakSingle(webServiceDefinition(), 50_000)).heap).toBeLessThan(2);
  });
});
