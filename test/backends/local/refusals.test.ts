/** What the backend `local` cannot begin with: named errors, and nothing left. @module */
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, describe, expect, it } from "vitest";
import { limitBehind } from "../../../src/backends/live/machine-limit.js";
import { LocalBackend } from "../../../src/backends/local/local-backend.js";
import type { LocalOptions } from "../../../src/backends/local/local-options.js";
import { MachineLimitError, ProgramNotFoundError, TerraformNotFoundError } from "../../../src/errors.js";
import { root } from "../../package/repository.js";
import { execArgv, reason, smallWorld } from "./small-world.js";

const folder = mkdtempSync(join(tmpdir(), "local-refusals-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const hasLimits = existsSync("/proc/self/fd") && existsSync("/usr/bin/prlimit");
const nowhere = join(folder, "no-such-program");

describe.skipIf(reason !== undefined)(`LocalBackend (${reason ?? "with Terraform"})`, () => {
  it.each<[string, LocalOptions, new (...args: never[]) => Error]>([
    ["Terraform", { terraform: nowhere }, TerraformNotFoundError],
    ["haproxy", { loadBalancer: nowhere }, ProgramNotFoundError],
    ["Prometheus", { metrics: { binary: nowhere } }, ProgramNotFoundError],
  ])("names a missing %s, and leaves nothing behind", async (_, options, error) => {
    const backend = new LocalBackend({ folder, execArgv, metrics: "embedded", loadBalancer: "built-in", ...options });
    await expect(backend.open(smallWorld())).rejects.toThrow(error);
    expect(readdirSync(folder)).toEqual([]);
  });

  it.skipIf(!hasLimits)("names the limit of open files, and leaves nothing behind", async () => {
    const file = join(root, "test/fixtures/local/world-without-files.ts");
    const { stdout } = await promisify(execFile)(process.execPath, [...execArgv, file, folder, "4"]);
    expect(stdout).toBe(
      "MachineLimitError: This machine gives no more open files. Raise the limit (ulimit -n), or run less at a time.\n",
    );
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe("limitBehind", () => {
  it("finds what the machine refused behind what failed by it", () => {
    const spawn = Object.assign(new Error("spawn EAGAIN"), { code: "EAGAIN" });
    const limit = limitBehind(new Error("no process", { cause: spawn }));
    expect(limit).toBeInstanceOf(MachineLimitError);
    expect((limit as MachineLimitError).resource).toBe("memory or processes");
    expect((limit as MachineLimitError).message).toBe(
      "This machine gives no more memory or processes. End something else, or run less at a time.",
    );
    const words = new Error("haproxy refuses its configuration: Cannot raise FD limit to 226, limit is 66.");
    expect((limitBehind(words) as MachineLimitError).resource).toBe("open files");
  });

  it("leaves other errors as they are", () => {
    const error = new Error("else");
    expect(limitBehind(error)).toBe(error);
    expect(limitBehind("text")).toBe("text");
  });
});
