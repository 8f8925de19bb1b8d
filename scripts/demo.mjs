/** `npm run demo`: four policies on three workloads, from a fresh clone to a table and a report. @module */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { root, setupOrExit } from "./setup.mjs";

const benchmark = [
  ["benchmark", "--env", "WebService-v0"],
  ["--policies", "static,random,threshold,target-tracking"],
  ["--workload", "day,flash-crowd,ramp", "--seeds", "3", "--out", "out/demo"],
].flat();

setupOrExit();
const { status } = spawnSync(
  process.execPath,
  [join(root, "bin", "infra-gym.js"), ...benchmark, ...process.argv.slice(2)],
  { cwd: root, stdio: "inherit" },
);
process.exitCode = status ?? 1;
