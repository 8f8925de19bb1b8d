/** `npm run test:soak`: the long counts; results go to docs/results/soak.json with the machine they were measured on. @module */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describeMachine } from "./machine.mjs";
import { commandFile, root, setupOrExit } from "./setup.mjs";

const args = process.argv.slice(2);

setupOrExit();
const { status } = spawnSync(
  process.execPath,
  [commandFile("vitest"), "run", "--config", "vitest.soak.config.ts", ...args],
  { cwd: root, stdio: "inherit" },
);
// A narrowed run would replace the results of all by those of one.
if (args.length === 0) {
  const { tests } = JSON.parse(readFileSync(join(root, "build", "soak-summary.json"), "utf8"));
  mkdirSync(join(root, "docs", "results"), { recursive: true });
  const results = { machine: describeMachine(), tests };
  writeFileSync(join(root, "docs", "results", "soak.json"), `${JSON.stringify(results, null, 2)}\n`);
}
process.exitCode = status ?? 1;
