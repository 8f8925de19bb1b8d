/** Another version of Node, from the registry, for tests that must hold on each: prints the path of its binary. @module */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { npmCommand, root } from "./setup.mjs";

/**
 * The binary of a major version of Node. Installed once, into node_modules/.cache; the running one where it fits.
 *
 * @param {number} major
 * @returns {{ path: string } | { reason: string }} `reason` says why it cannot be had, for a skipped test.
 */
export function nodeVersion(major) {
  if (Number(process.versions.node.split(".")[0]) === major) return { path: process.execPath };
  const { packageName, binary } = packageOfPlatform();
  const cache = join(root, "node_modules", ".cache", "infra-gym", `node-${major}`);
  const path = join(cache, "node_modules", packageName, binary);
  if (!existsSync(path)) install(`${packageName}@${major}`, cache);
  const { status, stdout } = spawnSync(path, ["--version"], { encoding: "utf8" });
  if (status === 0 && stdout.startsWith(`v${major}.`)) return { path };
  return { reason: `Node ${major} cannot be had here: npm install ${packageName}@${major} gave no working binary` };
}

/** The npm package `node` is a small installer of one package per platform; that one is taken without running scripts. */
function packageOfPlatform() {
  const platform = process.platform === "win32" ? "win" : process.platform;
  const prefix = process.platform === "darwin" && process.arch === "arm64" ? "node-bin" : "node";
  const binary = process.platform === "win32" ? join("bin", "node.exe") : join("bin", "node");
  return { packageName: `${prefix}-${platform}-${process.arch}`, binary };
}

function install(spec, cache) {
  mkdirSync(cache, { recursive: true });
  const flags = ["--prefix", cache, "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"];
  const [command, args, options] = npmCommand(["install", ...flags, spec]);
  spawnSync(command, args, { cwd: cache, stdio: "ignore", timeout: 180_000, ...options });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const found = nodeVersion(Number(process.argv[2]));
  if ("path" in found) process.stdout.write(`${found.path}\n`);
  else process.stderr.write(`${found.reason}\n`);
  process.exitCode = "path" in found ? 0 : 1;
}
