import { defineConfig, type ViteUserConfig } from "vitest/config";
import { SummaryReporter } from "./scripts/summary-reporter.js";

const config: ViteUserConfig = defineConfig({
  test: {
    include: ["test/**/*.soak.ts"],
    testTimeout: 3_600_000,
    fileParallelism: false,
    passWithNoTests: true,
    execArgv: ["--expose-gc"],
    reporters: ["default", new SummaryReporter("build/soak-summary.json")],
  },
});

export default config;
