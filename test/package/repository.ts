/** Where things lie in the repository, and running a command in it: for the tests of the package itself. @module */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's root folder. */
export const root: string = resolve(fileURLToPath(import.meta.url), "../../..");

/** A text file of the repository. */
export function readText(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

/** The files below a folder whose names end as asked, as sorted paths with `/`, relative to the root. */
export function filesBelow(folder: string, ending: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) return filesBelow(path, ending);
      return entry.name.endsWith(ending) ? [path] : [];
    })
    .sort();
}

/** What package.json exports: `infra-gym`, `infra-gym/agents`, …; without package.json itself. */
export function publicSpecifiers(): string[] {
  const { exports } = JSON.parse(readText("package.json")) as { exports: Record<string, unknown> };
  return Object.keys(exports)
    .filter((subpath) => subpath !== "./package.json")
    .map((subpath) => subpath.replace(/^\./, "infra-gym"));
}

/** How a command ended. */
export interface Finished {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs Node with arguments; the working folder is the root unless another is given. */
export function runNode(args: readonly string[], cwd: string = root): Finished {
  const { NODE_OPTIONS: _, VITEST: __, ...env } = process.env;
  return spawnSync(process.execPath, args, { cwd, env, encoding: "utf8", maxBuffer: 1 << 28 });
}

/** The binary of another major version of Node, fetched once; or why it cannot be had, for a test to skip with. */
export function nodeBinary(major: number): { readonly path: string } | { readonly reason: string } {
  const { status, stdout, stderr } = runNode(["scripts/node-version.mjs", String(major)]);
  return status === 0 ? { path: stdout.trim() } : { reason: stderr.trim() };
}
