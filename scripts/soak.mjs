/** `npm run test:soak`: the long counts; results go to docs/results/soak.json with the machine they were measured on. With arguments: only those files. @module */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describeMachine } from "./machine.mjs";
import { commandFile, root, setupOrExit } from "./setup.mjs";

const args = process.argv.slice(2);

setupOrExit();
const { status } = spawnSync(
  process.execPath,
  [commandFile("vitest"), "run", "--config", "vitest.soak.config.ts", ...args],
  { cwd: root, stdio: "inherit" },
);
const file = join(root, "docs", "results", "soak.json");
const { tests } = JSON.parse(readFileSync(join(root, "build", "soak-summary.json"), "utf8"));
const ran = tests.filter(({ state }) => state !== "skipped");
// A narrowed run replaces the results of what it ran alone.
const known = args.length > 0 && existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).tests : [];
const names = new Set(ran.map(({ name }) => name));
const all = [...known.filter(({ name }) => !names.has(name)), ...ran].sort((a, b) => (a.name < b.name ? -1 : 1));
mkdirSync(dirname(file), { recursive: true });
writeFileSync(file, `${JSON.stringify({ machine: describeMachine(), tests: all }, null, 2)}\n`);
process.exitCode = status ?? 1;
