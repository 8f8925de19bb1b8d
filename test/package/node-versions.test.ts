/** The versions of Node that are promised, whichever runs the tests. @module */
import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { nodeBinary, publicSpecifiers, root } from "./repository.js";

const script = `
  for (const name of ${JSON.stringify(publicSpecifiers())}) await import(name);
  console.log(process.versions.node.split(".")[0]);`;

describe("infra-gym", () => {
  it.for([20, 22, 24])("loads on Node %i, every family of it", { timeout: 240_000 }, (major, ctx) => {
    const found = nodeBinary(major);
    if ("reason" in found) return ctx.skip(found.reason);
    const args = ["--input-type=module", "--eval", script];
    const { status, stdout, stderr } = spawnSync(found.path, args, { cwd: root, encoding: "utf8" });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: `${major}\n`, stderr: "" });
  });
});
