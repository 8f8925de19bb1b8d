import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { emulatedAccount } from "../digitalocean/emulated-account.js";
import { expectCycle } from "../terraform/emulated-cycle.js";
import { temporaryFolder, terraformHere } from "../terraform/terraform-folder.js";
import { infraGym } from "./command-line.js";

const root = temporaryFolder("tf-emulated");
const { binary, reason } = await terraformHere();

describe.skipIf(binary === undefined)(`infra-gym tf with the built-in provider ${reason}`, () => {
  it.each([
    ["web-service", "hcl"],
    ["three-tier", "json"],
  ] as const)(
    "applies a new project, finds nothing to do, mends drift, and leaves nothing: %s as %s",
    async (template, format) => {
      const dir = join(root, template);
      await expectCycle(await emulatedAccount(), { template, format, dir, provider: "built-in" });
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
      /INFRA_GYM_QUOTA_EXCEEDED: digitalocean_droplet\.web\[\d\]: POST \/v2\/droplets was answered 422: .*droplet limit.*; to clean up: infra-gym tf --provider .* -p .* -e dev app destroy\n$/,
    );
  });

  it("names the region that has no room", async () => {
    const { emulator } = await emulatedAccount({ faults: { capacity: ["nyc3"] } });
    const dir = join(root, "capacity");
    await infraGym("tf", "new", "web-service", dir);
    const place = ["-p", dir, "--provider", "built-in", "--endpoint", emulator.url];
    const { code, err } = await infraGym("tf", ...place, "core", "apply");
    expect([code, err]).toEqual([
      1,
      expect.stringMatching(/INFRA_GYM_CAPACITY: digitalocean_vpc\.main: .*Region nyc3 is out of capacity/),
    ]);
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
