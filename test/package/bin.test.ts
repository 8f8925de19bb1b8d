/** The committed command file. @module */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { root, runNode } from "./repository.js";

describe("bin/infra-gym.js", () => {
  let folder = "";

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "infra-gym-bin-"));
    mkdirSync(join(folder, "bin"));
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    copyFileSync(join(root, "bin", "infra-gym.js"), join(folder, "bin", "infra-gym.js"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("says how to build when dist is missing", () => {
    expect(runNode([join(folder, "bin", "infra-gym.js"), "envs"])).toMatchObject({
      status: 1,
      stdout: "",
      stderr: "infra-gym is not built: dist/cli/main.js is missing. Run `npm run build` first.\n",
    });
  });

  it("hands the arguments to main, and its result to the caller as exit code", () => {
    mkdirSync(join(folder, "dist", "cli"), { recursive: true });
    const main = 'export const main = async (args) => { console.log(args.join("+")); return 7; };';
    writeFileSync(join(folder, "dist", "cli", "main.js"), main);
    const finished = runNode([join(folder, "bin", "infra-gym.js"), "run", "X-v0"]);
    expect(finished).toMatchObject({ status: 7, stdout: "run+X-v0\n", stderr: "" });
  });

  it.runIf(process.platform !== "win32")("is executable", () => {
    expect(statSync(join(root, "bin", "infra-gym.js")).mode & 0o111).toBe(0o111);
  });
});
