/** What a world that was killed leaves running, and how the next start ends it. @module */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { endOrphans, WorldFolder } from "../../../src/backends/live/world-folder.js";
import { isProcessAlive } from "../../../src/process-identity.js";
import { root } from "../../package/repository.js";
import { thrownMessage } from "../../thrown-message.js";
import { execArgv, processesIn, reason } from "../local/small-world.js";

const around = mkdtempSync(join(tmpdir(), "local-folder-"));
/** Of the world that is killed. */
const folder = join(around, "killed");
afterAll(() => rmSync(around, { recursive: true, force: true }));

/** Starts a world in a process of its own, with a droplet that runs a command. Resolves once it is up. */
function startWorld(): Promise<ChildProcess> {
  const script = pathToFileURL(join(root, "test/fixtures/local/world-to-kill.ts")).href;
  const child = spawn(
    process.execPath,
    [...execArgv, "--input-type=module", "-e", `await import("${script}")`, folder],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  return new Promise((resolve, reject) => {
    child.stdout!.once("data", () => resolve(child));
    child.once("exit", (code) => reject(new Error(`The world ended with ${code}.`)));
  });
}

describe("WorldFolder", () => {
  it("keeps a list of what runs, and forgets what has ended", () => {
    const own = new WorldFolder("local", join(around, "own"));
    own.note(process.pid);
    expect(own.alive().map(({ pid }) => pid)).toEqual([process.pid]);
    // Its holder, this process, is there.
    expect(endOrphans("local", join(around, "own"))).toEqual([]);
    own.remove();
    expect(readdirSync(join(around, "own"))).toEqual([]);
  });

  it("refuses a folder that it cannot make", () => {
    expect(thrownMessage(() => new WorldFolder("local", "/dev/null/worlds"))).toBe(
      'Expected local.folder to be a folder that can be made, and is this user\'s alone, got "/dev/null/worlds" (string).',
    );
  });
});

describe.skipIf(reason !== undefined)(`endOrphans (${reason ?? "with Terraform"})`, () => {
  it("ends what a killed world has left running, and removes its folder", async () => {
    const world = await startWorld();
    onTestFinished(() => void world.kill("SIGKILL"));
    const processes = processesIn(folder);
    expect(processes.length).toBeGreaterThanOrEqual(3);
    const gone = new Promise((resolve) => world.once("exit", resolve));
    world.kill("SIGKILL");
    await gone;
    expect(processes.some(isProcessAlive)).toBe(true);
    expect(endOrphans("local", folder).length).toBeGreaterThanOrEqual(1);
    while (processes.some(isProcessAlive)) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(readdirSync(folder).filter((name) => name.startsWith("world-"))).toEqual([]);
    expect(existsSync(folder)).toBe(true);
  }, 60_000);
});
