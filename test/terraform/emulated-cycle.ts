/** The whole life of a project against an emulated account, with one provider or the other. @module */
import { expect } from "vitest";
import { infraGym } from "../cli/command-line.js";
import type { EmulatedAccount } from "../digitalocean/emulated-account.js";

/** Where and how. */
export interface CycleOptions {
  readonly template: "web-service" | "three-tier";
  readonly format: "hcl" | "json";
  readonly provider: "built-in" | "official";
  /** Folder that is not there yet. */
  readonly dir: string;
}

/** Creates, finds nothing to do, finds and mends what was deleted by hand, imports, and leaves nothing. */
export async function expectCycle({ emulator, client, send }: EmulatedAccount, options: CycleOptions): Promise<void> {
  const { template, format, provider, dir } = options;
  const nothing = "core: nothing to do\nsupport: nothing to do\napp: nothing to do\nedge: nothing to do\n";
  await infraGym("tf", "new", template, dir, "--format", format);
  const place = ["-p", dir, "--provider", provider, "--endpoint", emulator.url];
  const tf = (...words: string[]) => infraGym("tf", ...place, ...words);
  if (provider === "official") {
    const { code, err } = await tf("all", "init");
    expect(`${err} exit code ${code}`).toMatch(/exit code 0$/);
  }
  const applied = await tf("all", "apply");
  expect(`${applied.err} exit code ${applied.code}`).toMatch(/exit code 0$/);
  expect(await tf("all", "plan")).toEqual({ code: 0, out: nothing, err: "" });
  const droplet = (await client.resources()).find(({ kind, name }) => kind === "droplet" && name.includes("-web-"));
  await send("DELETE", `/v2/droplets/${droplet!.id}`);
  const drift = await tf("all", "drift");
  // How many droplets bear a tag has changed since, and is nobody's doing.
  expect([drift.code, drift.out, drift.err]).toEqual([
    1,
    "core: as it was left\nsupport: as it was left\n",
    expect.stringMatching(
      /^INFRA_GYM_DRIFT: digitalocean_droplet\.web\[\d\]: Changed outside of Terraform: digitalocean_droplet\.web\[\d\] was deleted\. Apply mends it\. \d+ resources exist \(.*\); to clean up: infra-gym tf --provider .* -p .* -e dev app destroy\n$/,
    ),
  ]);
  expect((await tf("app", "apply")).out).toBe("app: 1 added, 0 changed, 0 destroyed\n");
  expect((await tf("all", "plan")).out).toBe(nothing);
  const destroyed = await tf("all", "destroy");
  expect(`${destroyed.err} exit code ${destroyed.code}`).toMatch(/exit code 0$/);
  expect((await client.resources()).map(({ kind, name }) => `${kind} ${name}`)).toEqual([]);
}
