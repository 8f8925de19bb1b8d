import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { root, runNode } from "../package/repository.js";
import { infraGym } from "./command-line.js";

const folder = mkdtempSync(join(tmpdir(), "infra-gym-init-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Puts this package and the compiler where an installation would: what `npm install` links for a `file:` dependency. */
function link(project: string): void {
  mkdirSync(join(project, "node_modules"));
  symlinkSync(root, join(project, "node_modules", "infra-gym"), "junction");
  for (const name of ["typescript", "@types"]) {
    symlinkSync(join(root, "node_modules", name), join(project, "node_modules", name), "junction");
  }
}

describe("infra-gym init", () => {
  it("writes a project that depends on this version and bears the folder's name", async () => {
    const dir = join(folder, "My Project");
    const { code, out } = await infraGym("init", dir);
    expect(code).toBe(0);
    expect(out).toContain(`Wrote 8 files to ${dir}:\n`);
    const { name, dependencies } = JSON.parse(readFileSync(join(dir, "package.json"), "utf8"));
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    expect([name, dependencies["infra-gym"]]).toEqual(["my-project", `^${version}`]);
    const files = readdirSync(dir).sort();
    expect(files).toContain(".gitignore");
    const text = files.map((file) => readFileSync(join(dir, file), "utf8")).join("");
    expect(text).not.toContain("{{");
  });

  it("writes a project that compiles, passes its test and trains", { timeout: 120_000 }, async ({ skip }) => {
    skip(!existsSync(join(root, "dist", "index.js")), "needs the built library");
    const dir = join(folder, "project");
    await infraGym("init", dir);
    link(dir);
    const compiled = runNode(["node_modules/typescript/bin/tsc"], dir);
    expect(`${compiled.stdout}exit code ${compiled.status}`).toBe("exit code 0");
    const tested = runNode(["--test", "dist/my-env.test.js"], dir);
    expect(`${tested.stdout}${tested.stderr} exit code ${tested.status}`).toMatch(/exit code 0$/);
    const trained = runNode(["dist/train.js"], dir);
    expect(`${trained.stderr}exit code ${trained.status}`).toBe("exit code 0");
    expect(trained.stdout).toMatch(/^linear +-\d+\.\d+ USD$/m);
  });

  it("refuses a folder that is not empty and leaves it alone", async () => {
    const dir = join(folder, "full");
    mkdirSync(dir);
    writeFileSync(join(dir, "mine.txt"), "");
    expect(await infraGym("init", dir)).toEqual({
      code: 2,
      out: "",
      err: `INFRA_GYM_USAGE: Expected ${dir} to be a new or empty folder, got one that holds mine.txt. Choose another.\n`,
    });
    expect(readdirSync(dir)).toEqual(["mine.txt"]);
  });

  it("refuses a path that cannot be a folder", async () => {
    const file = join(folder, "file");
    writeFileSync(file, "");
    const { code, err } = await infraGym("init", file);
    expect(code).toBe(1);
    expect(err).toMatch(/^INFRA_GYM_OUTPUT_FAILED: Could not write .*file: EEXIST/);
  });

  it("asks for the folder where it is missing", async () => {
    const { code, err } = await infraGym("init");
    expect([code, err]).toEqual([
      2,
      "INFRA_GYM_USAGE: Expected DIR, such as my-project, which is missing. Add --help for all options.\n",
    ]);
  });
});
