// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Terraform's own expressions
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import {
  type AttributeValues,
  addResource,
  InfraGraph,
  kindOf,
  resource,
  resourceKinds,
  synth,
  type TerraformProject,
  writeProject,
} from "../../../src/infra/index.js";
import { threeTier, webService } from "../../../src/stacks/index.js";
import { everyKind, everyKindResources } from "./every-kind.js";

interface LayerJson {
  readonly terraform: { readonly backend?: unknown; readonly required_providers: unknown };
  readonly resource?: Readonly<Record<string, Readonly<Record<string, AttributeValues>>>>;
  readonly output?: Readonly<Record<string, { readonly value: unknown }>>;
  readonly data?: { readonly terraform_remote_state: unknown };
}

function jsonOf(project: TerraformProject, layer: string): LayerJson {
  return JSON.parse(project.layers.find((candidate) => candidate.layer === layer)!.text);
}

const folder = mkdtempSync(join(tmpdir(), "infra-gym-synth-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("synth", () => {
  it.each([
    ["webService", webService().graph],
    ["threeTier", threeTier().graph],
    ["every kind", everyKind()],
  ])("writes every resource of a graph into its layer, with everything that was said of it: %s", async (_, graph) => {
    const project = await synth(graph);
    expect(project.layers.map(({ layer }) => layer)).toEqual(graph.layers);
    for (const { address, kind, name, layer, attributes } of graph.resources) {
      const written = jsonOf(project, layer).resource![kind]![name]!;
      expect(Object.keys(written).sort(), address).toEqual(Object.keys(attributes).sort());
      const blocks = kindOf(kind)!.blocks ?? {};
      for (const block of Object.keys(blocks).filter((block) => block in attributes)) {
        const texts = [written[block]!, attributes[block]!].map((value) => shape(value));
        expect(texts[0], `${address}.${block}`).toEqual(texts[1]);
      }
    }
  });

  it("is tried with every kind there is", () => {
    expect([...new Set(everyKindResources.map(({ kind }) => kind))].sort()).toEqual(Object.keys(resourceKinds).sort());
  });

  it("gives the same bytes for the same graph, in whatever order it was written down", async () => {
    const graph = everyKind();
    const again = InfraGraph.of([...graph.resources].reverse());
    expect(await synth(again)).toEqual(await synth(graph));
  });

  it("indents by two and ends with a line break", async () => {
    const { text } = (await synth(webService().graph)).layers[0]!;
    expect(text).toBe(`${JSON.stringify(JSON.parse(text), null, 2)}\n`);
  });

  it("refers within a layer by address, and across layers by the other's state", async () => {
    const project = await synth(everyKind());
    const edge = jsonOf(project, "edge");
    expect(edge.resource!.digitalocean_loadbalancer!.main!.droplet_ids).toBe(
      "${concat([data.terraform_remote_state.app.outputs.digitalocean_droplet-data.id[0]], data.terraform_remote_state.app.outputs.digitalocean_droplet-web.id)}",
    );
    expect(edge.resource!.digitalocean_record!.www!.value).toBe("${digitalocean_reserved_ip.main.ip_address}");
    expect(edge.data!.terraform_remote_state).toEqual({
      support: { backend: "local", config: { path: "../support/terraform.tfstate" } },
      core: { backend: "local", config: { path: "../core/terraform.tfstate" } },
      app: { backend: "local", config: { path: "../app/terraform.tfstate" } },
    });
    expect(jsonOf(project, "app").output!["digitalocean_droplet-web"]).toEqual({
      value: { id: "${digitalocean_droplet.web[*].id}" },
    });
    expect(project.layers.map(({ dependsOn }) => dependsOn)).toEqual([[], [], ["core"], ["core", "support", "app"]]);
  });

  it("leaves text literal, but for the number of an instance", async () => {
    const { digitalocean_droplet } = jsonOf(await synth(everyKind()), "app").resource!;
    expect(digitalocean_droplet!.web!.name).toBe("everything-${count.index}");
    expect(digitalocean_droplet!.web!.user_data).toBe('#!/bin/sh\necho $${HOME} %%{x} ${"$$"}{y} 100%\n');
  });

  it("asks for a range of the provider's versions and needs no backend", async () => {
    const { terraform } = jsonOf(await synth(webService().graph), "core");
    expect(terraform).toEqual({
      required_providers: { digitalocean: { source: "digitalocean/digitalocean", version: "~> 2.71" } },
    });
  });

  it("keeps states in a bucket with a lock where it is told to", async () => {
    const state = {
      kind: "s3",
      bucket: "states",
      prefix: "lab/",
      endpoint: "https://fra1.digitaloceanspaces.com",
    } as const;
    const project = await synth(webService().graph, { state });
    const backend = jsonOf(project, "edge").terraform.backend as { readonly s3: Readonly<Record<string, unknown>> };
    expect(backend.s3).toMatchObject({ bucket: "states", key: "lab/edge.tfstate", use_lockfile: true });
    const { use_lockfile: _, ...shared } = backend.s3;
    const config = { ...shared, key: "lab/core.tfstate" };
    expect(jsonOf(project, "edge").data!.terraform_remote_state).toMatchObject({ core: { backend: "s3", config } });
  });

  it("puts tags on everything that takes tags, and nowhere else", async () => {
    const project = await synth(everyKind(), { tags: ["run:7"] });
    const tagged = project.layers.flatMap(({ layer }) =>
      Object.entries(jsonOf(project, layer).resource ?? {}).flatMap(([kind, named]) =>
        Object.entries(named).flatMap(([name, body]) =>
          JSON.stringify(body).includes("run:7") ? [`${kind}.${name}`] : [],
        ),
      ),
    );
    expect(tagged.sort()).toEqual([
      "digitalocean_database_cluster.main",
      "digitalocean_droplet.data",
      "digitalocean_droplet.web",
      "digitalocean_droplet_autoscale.main",
      "digitalocean_kubernetes_cluster.main",
      "digitalocean_kubernetes_node_pool.second",
      "digitalocean_volume.main",
    ]);
  });

  it("refuses names of layers that Terraform cannot read, naming them", async () => {
    const graph = InfraGraph.of([resource("digitalocean_tag", "a", { name: "a" }, { layer: "my layer" })], {
      layers: ["my layer"],
    });
    await expect(synth(graph)).rejects.toThrow(
      'Expected layers to be names such as "core" or "app-2", got "my layer" (string).',
    );
  });

  it("refuses a bucket's name of two characters", async () => {
    const state = { kind: "s3", bucket: "ab" } as const;
    await expect(synth(webService().graph, { state })).rejects.toThrow(
      'Expected state.bucket to be the name of a bucket, of 3 to 63 characters, got "ab" (string).',
    );
  });

  it("leaves the process without CDKTF's tokens", async () => {
    await synth(webService().graph);
    expect((globalThis as { __cdktfTokenMap?: unknown }).__cdktfTokenMap).toBeUndefined();
  });
});

describe("writeProject", () => {
  it("writes a folder per layer for its owner only, and later only what changed", async () => {
    const { graph } = webService();
    expect(writeProject(await synth(graph), folder)).toEqual(["core", "support", "app", "edge"]);
    expect(readFileSync(join(folder, "core", "main.tf.json"), "utf8")).toContain("digitalocean_vpc");
    expect(statSync(join(folder, "core", "main.tf.json")).mode & 0o777).toBe(0o600);
    const more = addResource(resource("digitalocean_tag", "more", { name: "more" }))(graph);
    expect(writeProject(await synth(more), folder)).toEqual(["core"]);
  });
});

/** Numbers of occurrences and names within blocks, values aside: those may be expressions. */
function shape(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shape);
  if (typeof value !== "object" || value === null) return typeof value === "string" ? "text" : value;
  if ("ref" in value) return "text";
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, member]) => [name, shape(member)]));
}
