import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { root as repository } from "../package/repository.js";
import { temporaryFolder, terraformHere, writeConfiguration } from "../terraform/terraform-folder.js";

const root = temporaryFolder("tf-signal");
const { binary, reason } = await terraformHere();

/** The command line in a process of its own, from the sources. */
function infraGymProcess(...argv: string[]) {
  const loader = pathToFileURL(join(repository, "scripts", "load-typescript.mjs")).href;
  const script = `
    import { withTypescript } from ${JSON.stringify(loader)};
    process.exitCode = await withTypescript("src/cli/main.ts", (cli) => cli.main(${JSON.stringify(argv)}));`;
  const { VITEST: _, NODE_OPTIONS: __, ...env } = process.env;
  const stdio = ["ignore", "pipe", "pipe"] as const;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", script], {
    cwd: repository,
    env,
    stdio: [...stdio],
  });
  let err = "";
  child.stderr.on("data", (data) => {
    err += data;
  });
  const ended = new Promise<{ code: number | null; err: string }>((resolve) =>
    child.once("close", (code) => resolve({ code, err })),
  );
  return { child, ended };
}

describe.skipIf(binary === undefined)(`infra-gym tf that is interrupted ${reason}`, () => {
  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)(
    "lets Terraform finish what is in flight, keeps the state, and ends with its code: %s",
    { timeout: 120_000 },
    async (signal, code) => {
      const folder = join(root, signal, "dev", "app");
      writeConfiguration(folder, {
        resource: {
          terraform_data: {
            first: { input: "kept" },
            slow: {
              depends_on: ["terraform_data.first"],
              provisioner: [{ "local-exec": { command: "touch begun; sleep 30" } }],
            },
            last: { depends_on: ["terraform_data.slow"] },
          },
        },
      });
      const { child, ended } = infraGymProcess("tf", "-p", join(root, signal), "app", "apply");
      while (!existsSync(join(folder, "begun"))) await new Promise((resolve) => setTimeout(resolve, 20));
      child.kill(signal);
      setTimeout(() => child.kill(signal), 20);
      const end = await ended;
      expect(end.code).toBe(code);
      expect(end.err).toContain(`${signal}: stopping in order; calls in flight are finished.\n`);
      expect(end.err).toContain("INFRA_GYM_TERRAFORM_CANCELLED");
      const { resources } = JSON.parse(readFileSync(join(folder, "terraform.tfstate"), "utf8"));
      expect(resources.map(({ name }: { name: string }) => name).sort()).toEqual(["first", "slow"]);
    },
  );
});
