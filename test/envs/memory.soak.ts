/** Ten million steps: heap and resident memory stay flat. @module */
import { describe, expect, it } from "vitest";
import { threeTierDefinition, webServiceDefinition } from "../../src/envs/index.js";
import { type MemoryGrowth, soakBatch, soakSingle } from "./memory.js";

const cases: readonly [string, () => Promise<MemoryGrowth>][] = [
  ["10 million steps of 64 WebService-v0", () => soakBatch(webServiceDefinition(), 64, 10_000_000)],
  ["2 million steps of 64 ThreeTier-v0", () => soakBatch(threeTierDefinition(), 64, 2_000_000)],
  ["1 million steps of one WebService-v0", () => soakSingle(webServiceDefinition(), 1_000_000)],
  ["1 million steps of one ThreeTier-v0", () => soakSingle(threeTierDefinition(), 1_000_000)],
];

describe("memory", () => {
  it.for(cases)("stays flat over %s", async ([, soak], { task }) => {
    const growth = await soak();
    task.meta.figures = [
      { name: "heapGrowth", value: growth.heap, unit: "MiB" },
      { name: "buffersGrowth", value: growth.buffers, unit: "MiB" },
      { name: "rssGrowth", value: growth.rss, unit: "MiB" },
      { name: "rss", value: growth.last.rss, unit: "MiB" },
    ];
    expect.soft(growth.heap).toBeLessThan(2);
    expect.soft(growth.buffers).toBeLessThan(0.5);
    expect.soft(growth.rss).toBeLessThan(32);
  });
});
