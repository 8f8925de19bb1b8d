/** `npm run fuzz:promql -- [--seed N] [--values N]`: compares generated queries with the real Prometheus 2.42. @module */
import { parseArgs } from "node:util";
import { withTypescript } from "./load-typescript.mjs";

/** Runs one seed and prints what was found; `prometheus` and `promtool` must be installed. */
async function main() {
  const { values } = parseArgs({
    options: { seed: { type: "string", default: "1" }, values: { type: "string", default: "100000" } },
  });
  return await withTypescript(
    "test/metrics/promql/fuzz/compare-with-prometheus.ts",
    async ({ compareWithPrometheus }) => {
      const { wrong, unequal, distinct, functions, ...counts } = await compareWithPrometheus(
        Number(values.seed),
        Number(values.values),
      );
      for (const line of unequal) process.stdout.write(`bits: ${line}\n`);
      for (const line of wrong) process.stdout.write(`wrong: ${line}\n`);
      process.stdout.write(
        `${JSON.stringify({ ...counts, distinct: distinct.size, functions: functions.size, unequal: unequal.length, wrong: wrong.length })}\n`,
      );
      return wrong.length === 0 ? 0 : 1;
    },
  );
}

process.exitCode = await main();
