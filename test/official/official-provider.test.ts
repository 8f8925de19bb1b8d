/** DigitalOcean's own provider against the emulator: by `npm run test:official`, where a registry or a mirror has it. @module */
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { emulatedAccount } from "../digitalocean/emulated-account.js";
import { expectCycle } from "../terraform/emulated-cycle.js";
import { temporaryFolder, terraformHere } from "../terraform/terraform-folder.js";

const root = temporaryFolder("official");
const { binary } = await terraformHere();
const isMeant = process.env.INFRA_GYM_OFFICIAL_PROVIDER === "1";

describe.skipIf(!isMeant)("DigitalOcean's own provider (needs that provider, and npm run test:official)", () => {
  it("has a Terraform to run in", () => expect(binary).toBeDefined());

  // It waits 10 s and more between its looks.
  it.each([
    ["web-service", "hcl"],
    ["three-tier", "json"],
  ] as const)(
    "does with the emulator what the built-in one does: %s as %s",
    { timeout: 1_800_000 },
    async (template, format) => {
      const dir = join(root, template);
      await expectCycle(await emulatedAccount(), { template, format, dir, provider: "official" });
    },
  );
});
