/** A hundred runs killed at random moments: nothing is left after reap, nothing is there twice after they go on. @module */
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { killAt, killPoints } from "./kill-point.js";
import { temporaryFolder, terraformHere } from "./terraform-folder.js";

const root = temporaryFolder("kill-soak");
const { binary, reason } = await terraformHere();

describe.skipIf(binary === undefined)(`runs that are killed ${reason}`, () => {
  it("are cleaned up or gone on with, each of 100", { timeout: 3_600_000 }, async ({ task }) => {
    const bad: unknown[] = [];
    for (const [k, point] of killPoints(100, 1).entries()) {
      const outcome = await killAt(point, join(root, String(k)), true);
      if (outcome.wrong.length > 0 || outcome.failures.length > 0) bad.push({ point, outcome });
    }
    task.meta.figures = [
      { name: "killPoints", value: 100, unit: "" },
      { name: "notCleanedUp", value: bad.length, unit: "" },
    ];
    expect(bad).toEqual([]);
  });
});
