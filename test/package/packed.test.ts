/** The package as a user gets it: packed, installed into an empty folder, imported and required. @module */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Finished, publicSpecifiers, root, runNode } from "./repository.js";

const specifiers = publicSpecifiers();
let folder = "";

/** Runs npm; the npm that runs the tests where there is one. */
function runNpm(args: readonly string[], cwd: string): Finished {
  const npm = process.env.npm_execpath;
  if (npm !== undefined && /npm-cli\.c?js$/.test(npm)) return runNode([npm, ...args], cwd);
  return spawnSync("npm", args, { cwd, encoding: "utf8", shell: process.platform === "win32" });
}

function install(): void {
  folder = mkdtempSync(join(tmpdir(), "infra-gym-packed-"));
  const flags = ["--loglevel=error", "--no-audit", "--no-fund", "--ignore-scripts"];
  const packed = runNpm(["pack", ...flags, "--pack-destination", folder], root);
  expect(packed.stderr + packed.stdout).toContain(".tgz");
  const tarball = readdirSync(folder).find((file) => file.endsWith(".tgz")) ?? "";
  const project = join(folder, "project");
  mkdirSync(project);
  writeFileSync(join(project, "package.json"), JSON.stringify({ name: "user", private: true, type: "module" }));
  const installed = runNpm(["install", ...flags, "--prefer-offline", join(folder, tarball)], project);
  expect(`${installed.stderr} exit code ${installed.status}`).toMatch(/exit code 0$/);
}

/** Loads every subpath in one process and prints the names of those without any export. */
function load(kind: "import" | "require"): Finished {
  const script = join(folder, "project", kind === "import" ? "load.mjs" : "load.cjs");
  const loader = kind === "import" ? "import" : "require";
  writeFileSync(
    script,
    `(async () => {
      for (const name of ${JSON.stringify(specifiers)}) {
        const names = Object.keys(await ${loader}(name));
        if (names.length === 0) console.log(name + " exports nothing");
      }
      if (${kind === "require"}) require("infra-gym/package.json");
      console.log("loaded " + ${specifiers.length});
    })();`,
  );
  return runNode(["--disable-warning=ExperimentalWarning", script], join(folder, "project"));
}

describe("the packed package", () => {
  beforeAll(install, 180_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(["import", "require"] as const)("lets every subpath be loaded by %s", (kind) => {
    const { status, stdout, stderr } = load(kind);
    expect(stderr).toBe("");
    expect(stdout).toBe(`loaded ${specifiers.length}\n`);
    expect(status).toBe(0);
  });

  it("brings the command infra-gym, which lists the environments", () => {
    const { status, stdout, stderr } = runNpm(
      ["exec", "--offline", "--", "infra-gym", "envs"],
      join(folder, "project"),
    );
    expect(`${stderr} exit code ${status}`).toMatch(/exit code 0$/);
    expect(stdout).toContain("WebService-v0");
    expect(stdout).toContain("ThreeTier-v0");
  });

  it("holds no tests, sources or stamps", () => {
    const files = readdirSync(join(folder, "project", "node_modules", "infra-gym")).sort();
    const allowed = ["CHANGELOG.md", "LICENSE", "NOTICE", "README.md", "THIRD_PARTY_NOTICES"];
    allowed.push("bin", "dist", "docs", "examples", "package.json", "templates");
    expect(files.filter((file) => !allowed.includes(file))).toEqual([]);
  });
});
