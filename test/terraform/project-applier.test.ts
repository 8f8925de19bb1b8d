import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { expandConfiguration } from "../../src/terraform/expand-configuration.js";
import { type DesiredLayer, ProjectApplier, type ProjectApplierOptions } from "../../src/terraform/project-applier.js";
import { temporaryFolder, terraformHere } from "./terraform-folder.js";

const root = temporaryFolder("applier");
const { binary, reason } = await terraformHere();

/** What the layers are to hold: the inputs of instances by name, which later layers read all of. */
type Wanted = readonly (readonly [layer: string, inputs: Readonly<Record<string, string>>])[];

/** Layers of instances without a provider; each reads the outputs of the one before it. */
function layers(wanted: Wanted): DesiredLayer[] {
  return wanted.map(([layer, inputs], k) => {
    const before = wanted[k - 1];
    const reads =
      before === undefined
        ? []
        : Object.keys(before[1]).map((name) => `\${data.terraform_remote_state.${before[0]}.outputs.${name}}`);
    const json = {
      ...(before !== undefined && {
        data: {
          terraform_remote_state: {
            [before[0]]: { backend: "local", config: { path: `../${before[0]}/terraform.tfstate` } },
          },
        },
      }),
      ...(Object.keys(inputs).length > 0 && {
        resource: {
          terraform_data: Object.fromEntries(
            Object.entries(inputs).map(([name, input]) => [name, { input: [input, ...reads] }]),
          ),
        },
        output: Object.fromEntries(
          Object.keys(inputs).map((name) => [name, { value: `\${terraform_data.${name}.output[0]}` }]),
        ),
      }),
    };
    return { layer, dependsOn: before === undefined ? [] : [before[0]], text: `${JSON.stringify(json, null, 2)}\n` };
  });
}

/** An applier, and the names of the layers it applied. */
function applier(name: string, more: Partial<ProjectApplierOptions> = {}): { it: ProjectApplier; ran: string[] } {
  const ran: string[] = [];
  const onApplied: ProjectApplierOptions["onApplied"] = (layer, { counts: { add, change, remove } }) => {
    ran.push(`${layer} +${add} ~${change} -${remove}`);
  };
  return { it: new ProjectApplier({ binary: binary!, folder: join(root, name), onApplied, ...more }), ran };
}

/** Names of what is in the state of a layer. */
function inState(name: string, layer: string): string[] {
  const state = JSON.parse(readFileSync(join(root, name, layer, "terraform.tfstate"), "utf8"));
  return state.resources
    .filter(({ mode }: { mode: string }) => mode === "managed")
    .map((one: { name: string }) => one.name)
    .sort();
}

describe.skipIf(binary === undefined)(`ProjectApplier ${reason}`, () => {
  it("applies only layers that changed, and those that read an output that did", async () => {
    const { it, ran } = applier("chain");
    it.set(
      layers([
        ["core", { a: "1" }],
        ["app", { b: "1" }],
        ["edge", { c: "1" }],
      ]),
    );
    expect(await it.settled()).toEqual({ desiredGeneration: 1, appliedGeneration: 1, failures: [] });
    expect(ran.splice(0)).toEqual(["core +1 ~0 -0", "app +1 ~0 -0", "edge +1 ~0 -0"]);
    it.set(
      layers([
        ["core", { a: "1" }],
        ["app", { b: "1" }],
        ["edge", { c: "2" }],
      ]),
    );
    await it.settled();
    expect(ran.splice(0)).toEqual(["edge +0 ~1 -0"]);
    it.set(
      layers([
        ["core", { a: "2" }],
        ["app", { b: "1" }],
        ["edge", { c: "2" }],
      ]),
    );
    await it.settled();
    expect(ran.splice(0)).toEqual(["core +0 ~1 -0", "app +0 ~1 -0"]);
    expect(statSync(join(root, "chain", "app", "main.tf.json")).mode & 0o777).toBe(0o600);
    await it.destroy();
    await it.close();
    for (const layer of ["core", "app", "edge"]) expect(inState("chain", layer)).toEqual([]);
    expect(existsSync(join(root, "chain", ".infra-gym.lock"))).toBe(false);
  });

  it("destroys what goes only after no layer refers to it, and creates what comes before anything does", async () => {
    const { it, ran } = applier("moves");
    it.set(
      layers([
        ["core", { a: "1", b: "1" }],
        ["app", { c: "1" }],
        ["edge", {}],
      ]),
    );
    await it.settled();
    ran.splice(0);
    it.set(
      layers([
        ["core", { b: "1", d: "1" }],
        ["app", {}],
        ["edge", { e: "1" }],
      ]),
    );
    expect((await it.settled()).failures).toEqual([]);
    expect(ran).toEqual(["core +1 ~0 -0", "app +0 ~0 -0", "edge +1 ~0 -0", "app +0 ~0 -1", "core +0 ~0 -1"]);
    expect([inState("moves", "core"), inState("moves", "app"), inState("moves", "edge")]).toEqual([
      ["b", "d"],
      [],
      ["e"],
    ]);
    await it.close();
  });

  it("goes on where an earlier process was killed, and destroys what that one has made", async () => {
    const first = applier("resumed");
    const wanted = layers([
      ["core", { a: "1" }],
      ["app", { b: "1" }],
    ]);
    first.it.set(wanted);
    await first.it.settled();
    await first.it.close();
    const second = applier("resumed");
    second.it.set(wanted);
    await second.it.settled();
    expect(second.ran).toEqual(["core +0 ~0 -0", "app +0 ~0 -0"]);
    await second.it.close();
    const third = applier("resumed");
    await third.it.destroy();
    await third.it.close();
    expect([inState("resumed", "core"), inState("resumed", "app")]).toEqual([[], []]);
  });

  it("keeps the folder for itself", async () => {
    const { it } = applier("held");
    expect(() => applier("held")).toThrow(/is working in this folder/);
    await it.close();
    await applier("held").it.close();
  });

  it("shows what is in flight, stops it when closed, and reports it as a failure", async () => {
    const command = "touch begun; sleep 20";
    const slow = { resource: { terraform_data: { slow: { provisioner: [{ "local-exec": { command } }] } } } };
    const { it } = applier("slow");
    it.set([{ layer: "app", dependsOn: [], text: JSON.stringify(slow) }]);
    while (!existsSync(join(root, "slow", "app", "begun"))) await new Promise((resolve) => setTimeout(resolve, 10));
    while (it.inFlight.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(it.inFlight).toEqual([{ layer: "app", address: "terraform_data.slow", action: "create" }]);
    await it.close();
    expect(it.inFlight).toEqual([]);
    expect(it.status().failures.map(({ code }) => code)).toEqual(["INFRA_GYM_TERRAFORM_CANCELLED"]);
    expect(inState("slow", "app")).toEqual(["slow"]);
  });

  it("names the failed resource in its status, and succeeds when what was wrong is gone", async () => {
    const command = "test -e allowed";
    const picky = { resource: { terraform_data: { web: { provisioner: [{ "local-exec": { command } }] } } } };
    const { it } = applier("picky");
    const wanted = [{ layer: "app", dependsOn: [], text: JSON.stringify(picky) }];
    it.set(wanted);
    const { failures } = await it.settled();
    expect(failures.map(({ address, code }) => `${code} ${address}`)).toEqual([
      "INFRA_GYM_APPLY_FAILED terraform_data.web",
    ]);
    writeFileSync(join(root, "picky", "app", "allowed"), "");
    it.set(wanted);
    expect(await it.settled()).toEqual({ desiredGeneration: 2, appliedGeneration: 2, failures: [] });
    await it.destroy();
    await it.close();
  });
});

describe("expandConfiguration", () => {
  it("gives the new configuration itself when nothing goes", () => {
    const [after] = layers([["core", { a: "2", b: "1" }]]);
    const [before] = layers([["core", { a: "1" }]]);
    expect(expandConfiguration(before!.text, after!.text)).toBe(after!.text);
    expect(expandConfiguration(undefined, after!.text)).toBe(after!.text);
  });
});
