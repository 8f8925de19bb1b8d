import { join } from "node:path";
import { describe, it } from "vitest";
import { emulatedAccount } from "../digitalocean/emulated-account.js";
import { expectCycle } from "../terraform/emulated-cycle.js";
import { temporaryFolder, terraformHere } from "../terraform/terraform-folder.js";

const root = temporaryFolder("tf-emulated");
const { binary, reason } = await terraformHere();

describe.skipIf(binary === undefined)(`infra-gym tf with the built-in provider ${reason}`, () => {
  it("applies a new project, finds nothing to do, mends drift, and leaves nothing", async () => {
    const dir = join(root, "web-service");
    await expectCycle(await emulatedAccount(), { template: "web-service", format: "hcl", dir, provider: "built-in" });
  });
});
