/** DigitalOcean's own provider against the emulator: by `npm run test:official`, where a registry or a mirror has it. @module */
import { join } from "node:path";
import { beforeAll, describe, it } from "vitest";
import { TerraformRunner } from "../../src/terraform/terraform-runner.js";
import { emulatedAccount } from "../digitalocean/emulated-account.js";
import { expectCycle } from "../terraform/emulated-cycle.js";
import { temporaryFolder, terraformHere, writeConfiguration } from "../terraform/terraform-folder.js";

const root = temporaryFolder("official");
const { binary } = await terraformHere();
const isMeant = process.env.INFRA_GYM_OFFICIAL_PROVIDER === "1";

/** Why Terraform cannot install the provider here; undefined where it can. */
async function obstacle(): Promise<string | undefined> {
  if (binary === undefined) return "needs terraform or tofu";
  const folder = writeConfiguration(join(root, "probe"), {
    terraform: { required_providers: { digitalocean: { source: "digitalocean/digitalocean", version: "~> 2.71" } } },
  });
  return new TerraformRunner({ binary, folder }).init().then(
    () => undefined,
    (error: Error) => `needs DigitalOcean's own provider, from a registry or a mirror: ${error.message}`,
  );
}

describe.skipIf(!isMeant)("DigitalOcean's own provider (needs that provider, and npm run test:official)", () => {
  let reason: string | undefined;
  beforeAll(async () => {
    reason = await obstacle();
  });

  // It waits 10 s and more between its looks.
  it.for([
    ["web-service", "hcl"],
    ["three-tier", "json"],
  ] as const)(
    "does with the emulator what the built-in one does: %s as %s",
    { timeout: 1_800_000 },
    async ([template, format], { skip }) => {
      skip(reason !== undefined, reason);
      const dir = join(root, template);
      await expectCycle(await emulatedAccount(), { template, format, dir, provider: "official" });
    },
  );
});
