/** `infra-gym init`: a small project with an environment of one's own. @module */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { OutputFailedError, UsageError } from "../errors.js";
import type { Command } from "./command.js";
import type { OptionValues } from "./option-values.js";
import { packageVersion } from "./package-version.js";
import type { Terminal } from "./terminal.js";

/** Writes a new project. */
export const initCommand: Command = {
  verb: "init",
  summary: "Write a small project with an environment of your own",
  positional: { name: "dir", isRequired: true },
  options: [],
  examples: ["infra-gym init my-project"],
  run: runInit,
};

/** Names that a package must not contain under their own name, for npm would read or drop them. */
const RENAMED: Readonly<Record<string, string>> = { gitignore: ".gitignore" };

async function runInit(values: OptionValues, terminal: Terminal): Promise<number> {
  const dir = values.required("dir", "my-project");
  const files = projectFiles(packageNameOf(dir));
  writeProject(dir, files);
  terminal.out(`Wrote ${files.size} files to ${dir}:\n${[...files.keys()].map((file) => `  ${file}\n`).join("")}`);
  terminal.out(`\nNext:\n  cd ${dir}\n  npm install\n  npm test\n  npm run train\n`);
  return 0;
}

/** The files of a new project, by path, with its name and this package's version filled in. */
function projectFiles(name: string): Map<string, string> {
  const folder = fileURLToPath(new URL("../../templates/init/", import.meta.url));
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name).slice(folder.length)).sort();
  return new Map(
    paths.map((path) => {
      const text = readFileSync(join(folder, path), "utf8");
      const filled = text.replaceAll("{{name}}", name).replaceAll("{{version}}", packageVersion());
      return [RENAMED[path] ?? path, filled];
    }),
  );
}

function writeProject(dir: string, files: ReadonlyMap<string, string>): void {
  try {
    mkdirSync(dir, { recursive: true });
    const present = readdirSync(dir);
    if (present.length > 0) {
      throw new UsageError(
        `Expected ${dir} to be a new or empty folder, got one that holds ${present[0]}. Choose another.`,
      );
    }
    for (const [path, text] of files) {
      mkdirSync(join(dir, path, ".."), { recursive: true });
      writeFileSync(join(dir, path), text, { flag: "wx" });
    }
  } catch (cause) {
    throw cause instanceof UsageError ? cause : new OutputFailedError(dir, { cause });
  }
}

/** A name npm accepts, made from the folder's. */
function packageNameOf(dir: string): string {
  const name = basename(resolve(dir))
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, "-")
    .replace(/^[._-]+/, "");
  return name === "" ? "my-env" : name;
}
