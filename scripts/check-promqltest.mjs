/** `npm run check:promqltest -- DIR --profile prom2|prom3`: runs a folder of Prometheus's PromQL test files. @module */
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { withTypescript } from "./load-typescript.mjs";

const usage =
  "npm run check:promqltest -- DIR [--profile prom2|prom3] [--skips]   --skips lists what was skipped, and why";

/** Runs the folder and prints failures and the count. */
async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { profile: { type: "string", default: "prom3" }, skips: { type: "boolean", default: false } },
  });
  const [folder] = positionals;
  if (folder === undefined || !["prom2", "prom3"].includes(values.profile)) {
    process.stderr.write(`${usage}\n`);
    return 2;
  }
  return await withTypescript("test/metrics/promql/promqltest-runner.ts", ({ runFolder, skipLines }) => {
    const outcomes = runFolder(resolve(folder), values.profile);
    for (const { case: one, status, detail } of outcomes) {
      if (status === "failed") process.stdout.write(`${one.file}:${one.line} ${one.query}\n  ${detail}\n`);
    }
    if (values.skips) process.stdout.write(`${skipLines(outcomes).join("\n")}\n`);
    const count = (status) => outcomes.filter((outcome) => outcome.status === status).length;
    process.stdout.write(`${count("passed")} passed, ${count("failed")} failed, ${count("skipped")} skipped\n`);
    return count("failed") === 0 ? 0 : 1;
  });
}

process.exitCode = await main();
