import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder, terraformHere, writeConfiguration } from "../terraform/terraform-folder.js";
import { infraGym } from "./command-line.js";

const root = temporaryFolder("tf");
const { binary, reason } = await terraformHere();

/** A configuration that reads the states of other layers; no provider is needed. */
function layer(reads: readonly string[], count = 1): unknown {
  const remote = (name: string) => ({ backend: "local", config: { path: `../${name}/terraform.tfstate` } });
  const data = Object.fromEntries(reads.map((name) => [name, remote(name)]));
  const input = reads.map((name) => `\${data.terraform_remote_state.${name}.outputs.ids}`);
  return {
    ...(reads.length > 0 && { data: { terraform_remote_state: data } }),
    resource: { terraform_data: { it: { count, input } } },
    output: {
      ids: { value: `\${terraform_data.it[*].id}` },
      password: { value: "hunter2-of-the-database", sensitive: true },
    },
  };
}

/** A project of three layers in one environment. */
function project(name: string): string {
  const folder = join(root, name);
  writeConfiguration(join(folder, "dev", "core"), layer([]));
  writeConfiguration(join(folder, "dev", "app"), layer(["core"], 2));
  writeConfiguration(join(folder, "dev", "edge"), layer(["app", "core"]));
  return folder;
}

const tf = (folder: string, ...words: string[]) => infraGym("tf", "-p", folder, ...words);

describe.skipIf(binary === undefined)(`infra-gym tf ${reason}`, () => {
  it("plans, applies and destroys all layers, those that others build on first and last", async () => {
    const folder = project("shop");
    expect((await tf(folder, "all", "plan")).out).toBe(
      "core: 1 to add, 0 to change, 0 to destroy\n  + terraform_data.it[0]\napp: known when the layers before it are applied\nedge: known when the layers before it are applied\n",
    );
    const applied = await tf(folder, "all", "apply");
    expect([applied.code, applied.out]).toEqual([
      0,
      "core: 1 added, 0 changed, 0 destroyed\napp: 2 added, 0 changed, 0 destroyed\nedge: 1 added, 0 changed, 0 destroyed\n",
    ]);
    expect(applied.err).toContain("app  terraform_data.it[1]: created after 0 s\n");
    expect((await tf(folder, "all", "plan")).out).toBe(
      "core: nothing to do\napp: nothing to do\nedge: nothing to do\n",
    );
    expect((await tf(folder, "all", "state")).out).toBe(
      "core  terraform_data.it[0]\napp  terraform_data.it[0]\napp  terraform_data.it[1]\nedge  terraform_data.it[0]\n",
    );
    expect((await tf(folder, "all", "drift")).out).toBe(
      "core: as it was left\napp: as it was left\nedge: as it was left\n",
    );
    const state = statSync(join(folder, "dev", "app", "terraform.tfstate"));
    expect(state.mode & 0o777).toBe(0o600);
    expect((await tf(folder, "all", "destroy")).out).toBe(
      "edge: 0 added, 0 changed, 1 destroyed\napp: 0 added, 0 changed, 2 destroyed\ncore: 0 added, 0 changed, 1 destroyed\n",
    );
    expect((await tf(folder, "all", "destroy")).out).toBe("");
  });

  it("refuses to destroy a layer that others still refer to, with their names", async () => {
    const folder = project("in-use");
    await tf(folder, "all", "apply");
    expect(await tf(folder, "core", "destroy")).toEqual({
      code: 1,
      out: "",
      err: "INFRA_GYM_LAYER_IN_USE: core: app, edge still refer to this layer. Destroy them first, or destroy all.\n",
    });
    await tf(folder, "edge", "destroy");
    expect((await tf(folder, "core", "destroy")).err).toBe(
      "INFRA_GYM_LAYER_IN_USE: core: app still refers to this layer. Destroy it first, or destroy all.\n",
    );
    await tf(folder, "app", "destroy");
    expect((await tf(folder, "core", "destroy")).code).toBe(0);
  });

  it("keeps the states of environments apart", async () => {
    const folder = project("two");
    writeConfiguration(join(folder, "prod", "core"), layer([], 3));
    expect((await tf(folder, "core", "apply")).err).toBe(
      `INFRA_GYM_USAGE: Expected --environment to be an environment of ${folder}, got none. Known: dev, prod.\n`,
    );
    expect((await tf(folder, "-e", "prod", "core", "apply")).out).toBe("core: 3 added, 0 changed, 0 destroyed\n");
    expect((await tf(folder, "-e", "dev", "core", "state")).out).toBe("");
    expect(existsSync(join(folder, "dev", "core", "terraform.tfstate"))).toBe(false);
  });

  it("shows outputs, sensitive ones without their value", async () => {
    const folder = project("outputs");
    await tf(folder, "core", "apply");
    const { out, err } = await tf(folder, "core", "output");
    expect(out).toMatch(/^ids = \["[\w-]+"\]\npassword = \(sensitive\)\n$/);
    expect(out + err).not.toContain("hunter2");
    expect((await tf(folder, "all", "output", "password")).out).toBe("core.password = (sensitive)\n");
    expect((await tf(folder, "core", "output", "pasword")).err).toBe(
      'INFRA_GYM_USAGE: There is no output "pasword". Known: ids, password.\n',
    );
  });

  it("shows the attributes of a resource, or of all instances of one", async () => {
    const folder = project("attributes");
    writeConfiguration(join(folder, "dev", "core"), layer([], 2));
    await tf(folder, "core", "import", "terraform_data.it[0]", "made-by-hand");
    await tf(folder, "core", "import", "terraform_data.it[1]", "another");
    const shown = (k: number, id: string) =>
      `terraform_data.it[${k}]\n  id = "${id}"\n  input = null\n  output = null\n  triggers_replace = null\n`;
    expect((await tf(folder, "core", "state", "terraform_data.it[1]")).out).toBe(shown(1, "another"));
    expect((await tf(folder, "core", "state", "terraform_data.it")).out).toBe(
      shown(0, "made-by-hand") + shown(1, "another"),
    );
    expect((await tf(folder, "core", "state", "terraform_data.its")).err).toBe(
      'INFRA_GYM_USAGE: There is no resource "terraform_data.its" in the state. Known: terraform_data.it[0], terraform_data.it[1].\n',
    );
    expect((await tf(folder, "all", "state", "terraform_data.it")).err).toBe(
      "INFRA_GYM_USAGE: Expected one layer for state with an address, got all.\n",
    );
  });

  it("imports what exists, and upgrades providers first where told", async () => {
    const folder = project("import");
    const { out } = await tf(folder, "-u", "core", "import", "terraform_data.it[0]", "made-by-hand");
    expect(out).toBe("core: terraform_data.it[0] is in the state\n");
    expect((await tf(folder, "core", "state")).out).toBe("terraform_data.it[0]\n");
    expect((await tf(folder, "all", "import", "a", "b")).err).toBe(
      "INFRA_GYM_USAGE: Expected one layer for import, got all.\n",
    );
  });

  it("stops at the layer that fails, and names the command that cleans up", async () => {
    const folder = project("failing");
    const failing = {
      resource: { terraform_data: { it: { provisioner: [{ "local-exec": { command: "exit 1" } }] } } },
      output: { ids: { value: [] } },
    };
    writeConfiguration(join(folder, "dev", "app"), failing);
    const { code, out, err } = await tf(folder, "all", "apply");
    expect([code, out]).toEqual([1, "core: 1 added, 0 changed, 0 destroyed\n"]);
    expect(err).toContain(
      `INFRA_GYM_APPLY_FAILED: terraform_data.it: local-exec provisioner error: Error running command 'exit 1': exit status 1. Output. 1 resource exists (terraform_data.it); to clean up: infra-gym tf -p ${folder} -e dev app destroy\n`,
    );
  });
});

describe("infra-gym tf", () => {
  it("names what there is where a layer, an action or an environment is not", async () => {
    const folder = project("names");
    expect((await tf(folder, "ap", "plan")).err).toBe(
      `INFRA_GYM_USAGE: There is no layer "ap" in ${join(folder, "dev")}. Did you mean "app"?\n`,
    );
    expect((await tf(folder, "app", "aply")).err).toBe(
      'INFRA_GYM_USAGE: There is no action "aply". Did you mean "apply"?\n',
    );
    expect((await tf(folder, "-e", "staging", "app", "plan")).err).toBe(
      `INFRA_GYM_USAGE: Expected --environment to be an environment of ${folder}, got "staging". Known: dev.\n`,
    );
    expect((await tf(folder)).err).toBe(
      "INFRA_GYM_USAGE: Expected LAYER, such as app, or all, or new, which is missing. Add --help for all options.\n",
    );
    mkdirSync(join(root, "empty"));
    expect((await tf(join(root, "empty"), "app", "plan")).err).toBe(
      `INFRA_GYM_USAGE: Expected --environment to be an environment of ${join(root, "empty")}, got none. It has none: make one with infra-gym tf new.\n`,
    );
    expect((await tf(join(root, "nowhere"), "app", "plan")).code).toBe(2);
  });

  it("says that there is no Terraform, and that one is too old", async () => {
    const folder = project("program");
    const none = await tf(folder, "--terraform", join(root, "no-terraform"), "core", "plan");
    expect([none.code, none.err]).toEqual([
      1,
      `INFRA_GYM_TERRAFORM_NOT_FOUND: Expected terraform or tofu on PATH, found neither (looked for ${join(root, "no-terraform")}). Install one, or name it with --terraform PATH or INFRA_GYM_TERRAFORM.\n`,
    ]);
    const old = join(root, "old-terraform");
    writeFileSync(old, `#!/bin/sh\necho '{"terraform_version":"1.5.7"}'\n`, { mode: 0o755 });
    expect((await tf(folder, "--terraform", old, "core", "plan")).err).toBe(
      `INFRA_GYM_TERRAFORM_VERSION: Expected ${old} to be version 1.10.0 or newer, got version 1.5.7. Upgrade it, or name another one.\n`,
    );
    rmSync(old);
  });
});

describe("infra-gym tf new", () => {
  it.each(["web-service", "three-tier"])(
    "writes a project as HCL or JSON, with what it costs: %s",
    async (template) => {
      const dir = join(root, `new-${template}`);
      const { code, out } = await infraGym("tf", "new", template, dir);
      expect(code).toBe(0);
      expect(out).toContain("Wrote 6 files");
      expect(readdirSync(join(dir, "dev")).sort()).toEqual(["app", "core", "edge", "support"]);
      expect(readFileSync(join(dir, "README.md"), "utf8")).toMatch(
        /Together \d+\.\d\d USD a month, or 0\.\d{3} USD an hour\./,
      );
      const json = join(root, `new-${template}-json`);
      await infraGym("tf", "new", template, json, "--format", "json");
      const main = JSON.parse(readFileSync(join(json, "dev", "edge", "main.tf.json"), "utf8"));
      expect(Object.keys(main.resource)).toContain("digitalocean_loadbalancer");
      const again = await infraGym("tf", "new", template, dir);
      expect([again.code, again.err]).toEqual([
        2,
        expect.stringMatching(/^INFRA_GYM_USAGE: Expected .* to be a new or empty folder, got one that holds/),
      ]);
    },
  );

  it("refuses another template with the list", async () => {
    const dir = join(root, "new-other");
    expect(await infraGym("tf", "new", "swarm", dir)).toEqual({
      code: 2,
      out: "",
      err: 'INFRA_GYM_USAGE: There is no template "swarm". Templates: web-service, three-tier.\n',
    });
    expect(existsSync(dir)).toBe(false);
  });
});
