/** `npm run demo`: from a fresh clone, PPO trained for under a minute, beside calibrated rules and the oracle on days it has not seen; a table and a report. @module */
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { root, setupOrExit } from "./setup.mjs";

const out = join("out", "demo");
const agent = join(out, "PPO");
const rules = ["threshold", "forecast"].map((rule) => [rule, join(out, `${rule}.json`)]);
const judged = ["static:7", ...rules.map(([, file]) => file), agent, "oracle"].join(",");

setupOrExit();
rmSync(join(root, out), { recursive: true, force: true });
say("Calibrating two rules on days for training …");
for (const [rule, file] of rules)
  infraGym(true, "calibrate", rule, "WebService-v0", "--days", "3", "--draws", "18", "--out", file);
say("Training PPO for 40 seconds …");
infraGym(true, "train", "PPO", "WebService-v0", "--seconds", "40", "--seed", "1", "--out", agent);
say("Judging all on four days that none has seen …");
infraGym(
  false,
  "benchmark",
  "WebService-v0",
  "--policies",
  judged,
  "--seeds",
  "4",
  "--score",
  "--out",
  out,
  ...process.argv.slice(2),
);

/** Its progress is shown on a terminal; what it prints at the end only where it is asked for. */
function infraGym(isQuiet, ...argv) {
  const command = [join(root, "bin", "infra-gym.js"), ...argv];
  const stdio = ["inherit", isQuiet ? "ignore" : "inherit", process.stderr.isTTY || !isQuiet ? "inherit" : "pipe"];
  const { status, stderr } = spawnSync(process.execPath, command, { cwd: root, stdio });
  if (status === 0) return;
  if (stderr !== null) process.stderr.write(stderr);
  process.exit(status ?? 1);
}

function say(line) {
  if (process.stderr.isTTY) process.stderr.write(`${line}\n`);
}
