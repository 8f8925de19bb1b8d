import { availableParallelism } from "node:os";
import { defineConfig, type ViteUserConfig } from "vitest/config";
import { LongestFirst } from "./scripts/longest-first.js";
import { SummaryReporter } from "./scripts/summary-reporter.js";

/** Tests of what runs against the clock: one file at a time, after all others, so that nothing else takes the processor from it. */
const live = [
  "test/backends/{live,local}/**/*.test.ts",
  "test/backends/digitalocean/digitalocean-backend*.test.ts",
  "test/cli/{load,watch*}.test.ts",
  "test/emulator/{data-plane,service}/**/*.test.ts",
  "test/fidelity/**/*.test.ts",
  "test/live/**/*.test.ts",
  "test/loadgen/runner/**/*.test.ts",
  "test/metrics/server/**/*.test.ts",
];

/**
 * Tests of functions and classes that change nothing outside themselves: their files share processes, and what these have loaded.
 * Not those that measure memory, change the process, or start servers.
 */
const pure = [
  "test/{agents,benchmark,planners,reward,rng,simulator,spaces,wrappers}/**/*.test.ts",
  "test/stacks/!(cloud-init).test.ts",
  "test/envs/!(memory).test.ts",
  "test/{infra,loadgen,metrics}/*.test.ts",
  "test/metrics/{conformance,exposition,promql}/**/*.test.ts",
];

const parallel = { maxWorkers: availableParallelism(), sequence: { groupOrder: 0 } };

const config: ViteUserConfig = defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ["default", new SummaryReporter("build/test-summary.json")],
    sequence: { sequencer: LongestFirst },
    coverage: { provider: "v8", include: ["src/**/*.ts"], reporter: ["text-summary", "html"] },
    projects: [
      { extends: true, test: { name: "pure", include: pure, exclude: live, isolate: false, ...parallel } },
      {
        extends: true,
        test: { name: "apart", include: ["test/**/*.test.ts"], exclude: [...pure, ...live], ...parallel },
      },
      { extends: true, test: { name: "live", include: live, maxWorkers: 1, sequence: { groupOrder: 1 } } },
    ],
  },
});

export default config;
