import { defineConfig, type ViteUserConfig } from "vitest/config";
import { SummaryReporter } from "./scripts/summary-reporter.js";

const config: ViteUserConfig = defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 60_000,
    reporters: ["default", new SummaryReporter("build/test-summary.json")],
    coverage: { provider: "v8", include: ["src/**/*.ts"], reporter: ["text-summary", "html"] },
  },
});

export default config;
