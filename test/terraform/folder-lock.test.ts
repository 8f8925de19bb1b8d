import { spawnSync } from "node:child_process";
import { readdirSync, statSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { LOCK_FILE, lockFolder } from "../../src/terraform/folder-lock.js";
import { temporaryFolder } from "./terraform-folder.js";

const root = temporaryFolder("lock");

describe("lockFolder", () => {
  it("lets one in at a time, and leaves nothing behind", () => {
    const folder = join(root, "one");
    const lock = lockFolder(folder);
    expect(readdirSync(folder)).toEqual([LOCK_FILE]);
    expect(statSync(join(folder, LOCK_FILE)).mode & 0o777).toBe(0o600);
    expect(() => lockFolder(folder)).toThrow(
      `${folder}: Process ${process.pid} on ${hostname()} is working in this folder. Wait until it has ended, or choose another folder.`,
    );
    lock.release();
    const next = lockFolder(folder);
    lock.release();
    expect(readdirSync(folder)).toEqual([LOCK_FILE]);
    next.release();
    expect(readdirSync(folder)).toEqual([]);
  });

  it("takes over from a process that is gone, from one whose number was given to another, and from half a file", () => {
    const folder = join(root, "gone");
    const { pid } = spawnSync(process.execPath, ["--version"]);
    lockFolder(folder).release();
    for (const text of [
      JSON.stringify({ pid, host: hostname(), started: "" }),
      JSON.stringify({ pid: process.pid, host: hostname(), started: "1" }),
      '{"pid":',
    ]) {
      writeFileSync(join(folder, LOCK_FILE), text);
      lockFolder(folder).release();
    }
    expect(readdirSync(folder)).toEqual([]);
  });

  it("does not take over from another machine", () => {
    const folder = join(root, "far");
    lockFolder(folder).release();
    writeFileSync(join(folder, LOCK_FILE), JSON.stringify({ pid: 1, host: "elsewhere", started: "" }));
    expect(() => lockFolder(folder)).toThrow("Process 1 on elsewhere is working in this folder.");
  });
});
