/** Memory over a slice of what `npm run test:soak` counts. @module */
import { describe, expect, it } from "vitest";
import { webServiceDefinition } from "../../src/envs/index.js";
import { type MemoryGrowth, soakBatch, soakSingle } from "./memory.js";

describe("memory", () => {
  it("stays flat over 250,000 steps of a batch of 64", async () => {
    expectFlat(await soakBatch(webServiceDefinition(), 64, 250_000));
  });

  it("stays flat over 50,000 steps of one environment", async () => {
    expectFlat(await soakSingle(webServiceDefinition(), 50_000));
  });
});

function expectFlat({ heap, buffers }: MemoryGrowth): void {
  expect(heap).toBeLessThan(2);
  expect(buffers).toBeLessThan(0.5);
}
