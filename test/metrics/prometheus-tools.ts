/** Prometheus and promtool, where they are installed. @module */
import { spawnSync } from "node:child_process";

/** Whether a program answers `--version`. */
function isInstalled(program: string): boolean {
  return spawnSync(program, ["--version"], { stdio: "ignore" }).status === 0;
}

/** Why tests against promtool are skipped; undefined where they run. */
export const noPromtool: string | undefined = isInstalled("promtool") ? undefined : "promtool is not installed";

/** Why tests against Prometheus are skipped; undefined where they run. */
export const noPrometheus: string | undefined =
  noPromtool ?? (isInstalled("prometheus") ? undefined : "prometheus is not installed");
