/**
 * One seed, one episode, on every version of Node: hashes of three episodes against the stored ones. After a change that is meant
 * to change episodes, `node scripts/episode-hashes.mjs --write` stores them anew.
 *
 * @module
 */
import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { nodeBinary, readText, root } from "./repository.js";

describe("an episode", () => {
  it.for([20, 22, 24])("has the same bytes on Node %i", { timeout: 240_000 }, (major, ctx) => {
    const found = nodeBinary(major);
    if ("reason" in found) return ctx.skip(found.reason);
    const { status, stdout, stderr } = spawnSync(found.path, ["scripts/episode-hashes.mjs"], {
      cwd: root,
      encoding: "utf8",
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(JSON.parse(stdout)).toEqual(JSON.parse(readText("test/fixtures/episode-hashes.json")));
  });
});
