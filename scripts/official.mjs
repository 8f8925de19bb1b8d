/** `npm run test:official`: DigitalOcean's own Terraform provider against the emulator, where Terraform can install it. @module */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { commandFile, root, setupOrExit } from "./setup.mjs";

setupOrExit();
const { status } = spawnSync(
  process.execPath,
  [commandFile("vitest"), "run", "test/official", ...process.argv.slice(2)],
  {
    cwd: root,
    env: { ...process.env, INFRA_GYM_OFFICIAL_PROVIDER: "1", DIGITALOCEAN_TOKEN: "emulator" },
    stdio: "inherit",
  },
);
const { skipped } = JSON.parse(readFileSync(join(root, "build", "test-summary.json"), "utf8"));
for (const { reason, names } of skipped) process.stdout.write(`\nSkipped: ${names.length} tests: ${reason}\n`);
process.exitCode = status ?? 1;
