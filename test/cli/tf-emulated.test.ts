import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { emulatedAccount } from "../digitalocean/emulated-account.js";
import { temporaryFolder, terraformHere } from "../terraform/terraform-folder.js";
import { infraGym } from "./command-line.js";

const root = temporaryFolder("tf-emulated");
const { binary, reason } = await terraformHere();

describe.skipIf(binary === undefined)(`infra-gym tf with the built-in provider ${reason}`, () => {
  it.each(["web-service", "three-tier"])(
    "applies a new project, finds nothing to do, mends drift, and leaves nothing: %s",
    async (template) => {
      const { emulator, client, send } = await emulatedAccount();
      const dir = join(root, template);
      const format = template === "web-service" ? "hcl" : "json";
      await infraGym("tf", "new", template, dir, "--format", format);
      const tf = (...words: string[]) =>
        infraGym("tf", "-p", dir, "--provider", "built-in", "--endpoint", emulator.url, ...words);
      const applied = await tf("all", "apply");
      expect(`${applied.err} exit code ${applied.code}`).toMatch(/exit code 0$/);
      const nothing = "core: nothing to do\nsupport: nothing to do\napp: nothing to do\nedge: nothing to do\n";
      expect((await tf("all", "plan")).out).toBe(nothing);
      const droplet = (await client.resources()).find(({ kind, name }) => kind === "droplet" && name.includes("-web-"));
      await send("DELETE", `/v2/droplets/${droplet!.id}`);
      const drift = await tf("app", "drift");
      expect([drift.code, drift.err]).toEqual([
        1,
        expect.stringMatching(
          /^INFRA_GYM_DRIFT: digitalocean_droplet\.web\[\d\]: Changed outside of Terraform: digitalocean_droplet\.web\[\d\] was deleted\. Apply mends it\. \d+ resources exist \(.*\); to clean up: infra-gym tf -p .* -e dev app destroy\n$/,
        ),
      ]);
      expect((await tf("app", "apply")).out).toBe("app: 1 added, 0 changed, 0 destroyed\n");
      expect((await tf("all", "plan")).out).toBe(nothing);
      const secret = await tf("all", "output");
      expect(secret.code).toBe(0);
      expect((await tf("all", "destroy")).code).toBe(0);
      expect((await client.resources()).map(({ kind, name }) => `${kind} ${name}`)).toEqual([]);
    },
  );

  it("names the quota that is exceeded, with the address and what exists", async () => {
    const { emulator } = await emulatedAccount({ dropletLimit: 2 });
    const dir = join(root, "quota");
    await infraGym("tf", "new", "web-service", dir);
    const { code, err } = await infraGym(
      "tf",
      "-p",
      dir,
      "--provider",
      "built-in",
      "--endpoint",
      emulator.url,
      "all",
      "apply",
    );
    expect(code).toBe(1);
    expect(err).toMatch(
      /INFRA_GYM_QUOTA_EXCEEDED: digitalocean_droplet\.web\[\d\]: POST \/v2\/droplets was answered 422: .*droplet limit.*; to clean up: infra-gym tf -p .* -e dev app destroy\n$/,
    );
  });

  it("tells a wrong token", async () => {
    const { emulator } = await emulatedAccount({ token: "the-right-one" });
    const dir = join(root, "token");
    await infraGym("tf", "new", "web-service", dir);
    const { code, err } = await infraGym(
      "tf",
      "-p",
      dir,
      "--provider",
      "built-in",
      "--endpoint",
      emulator.url,
      "core",
      "apply",
    );
    expect([code, err]).toEqual([
      1,
      expect.stringMatching(/INFRA_GYM_TOKEN: digitalocean_\w+\.\w+: The token is not valid|No token/),
    ]);
  });

  it("refuses the built-in provider for a public endpoint", async () => {
    const dir = join(root, "public");
    await infraGym("tf", "new", "web-service", dir);
    vi.stubEnv("DIGITALOCEAN_TOKEN", "dop_v1_0123456789abcdef");
    try {
      const { err } = await infraGym("tf", "-p", dir, "--provider", "built-in", "core", "plan");
      expect(err).toMatch(/^INFRA_GYM_PUBLIC_ENDPOINT: /);
    } finally {
      vi.unstubAllEnvs();
    }
  });
});
