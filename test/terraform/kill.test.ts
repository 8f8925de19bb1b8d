import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { killAt, killPoints } from "./kill-point.js";
import { temporaryFolder, terraformHere } from "./terraform-folder.js";

const root = temporaryFolder("kill");
const { binary, reason } = await terraformHere();

describe.skipIf(binary === undefined)(`a run that is killed ${reason}`, () => {
  it.each(killPoints(8, 0))(
    "leaves nothing after reap, and nothing twice after it goes on: $victim, $afterMs ms into $phase, then $sequel",
    { timeout: 120_000 },
    async (point) => {
      const folder = join(root, `${point.phase}-${point.victim}-${point.afterMs}`);
      expect(await killAt(point, folder, false)).toEqual({ wrong: [], failures: [] });
    },
  );
});
