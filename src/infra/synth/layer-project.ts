/** One layer of a graph as a Terraform configuration. @module */
import type { TerraformStack } from "cdktf";
import { compareText } from "../canonical.js";
import type { InfraGraph } from "../infra-graph.js";
import { kindOf } from "../kinds.js";
import type { Constructs } from "./constructs.js";
import { outputName, template } from "./expression.js";
import { resourceConfig } from "./resource-config.js";
import { type StateLocation, stateBackend } from "./state-location.js";

/** One layer as a Terraform configuration of its own. Plain JSON. */
export interface LayerProject {
  readonly layer: string;
  /** The layers whose state it reads, in order. */
  readonly dependsOn: readonly string[];
  /** Addresses of its resources, sorted. */
  readonly resources: readonly string[];
  /** Content of its `main.tf.json`: equal graphs give equal text. */
  readonly text: string;
}

/** What all layers of a project share. */
export interface ProjectSettings {
  readonly state: StateLocation;
  readonly providerVersion: string;
  readonly tags: readonly string[];
}

/** Builds the configuration of one layer. */
export function layerProject(
  graph: InfraGraph,
  layer: string,
  settings: ProjectSettings,
  constructs: Constructs,
): LayerProject {
  const { cdktf, Construct, Provider, resources: classes } = constructs;
  const resources = graph.resources.filter((resource) => resource.layer === layer);
  const dependsOn = layersRead(graph, layer);
  // A bare root in place of an App, which would write a folder.
  const stack = new cdktf.TerraformStack(new Construct(undefined as never, ""), "layer");
  new Provider(stack, "digitalocean", {});
  for (const resource of resources) {
    const Resource = classes.get(resource.kind)!;
    const made = new Resource(stack, resource.address, resourceConfig(resource, graph, settings.tags));
    made.overrideLogicalId(resource.name);
  }
  for (const [address, value] of outputs(graph, layer)) {
    new cdktf.TerraformOutput(stack, `output ${address}`, { value }).overrideLogicalId(outputName(address));
  }
  addState(stack, layer, dependsOn, settings);
  const json = withoutMetadata(stack.toTerraform());
  return {
    layer,
    dependsOn,
    resources: resources.map(({ address }) => address),
    text: `${JSON.stringify(json, null, 2)}\n`,
  };
}

function layersRead(graph: InfraGraph, layer: string): readonly string[] {
  const read = new Set<string>();
  for (const { from, reference } of graph.links) {
    if (graph.get(from).layer === layer) read.add(graph.get(reference.ref).layer);
  }
  read.delete(layer);
  return graph.layers.filter((name) => read.has(name));
}

/** What later layers refer to, by address: an object of the attributes they need. */
function outputs(graph: InfraGraph, layer: string): readonly [string, Readonly<Record<string, string>>][] {
  const found = new Map<string, Set<string>>();
  for (const { from, reference } of graph.links) {
    const target = graph.get(reference.ref);
    if (target.layer !== layer || graph.get(from).layer === layer) continue;
    const attributes = found.get(target.address) ?? new Set();
    found.set(target.address, attributes.add(reference.attribute));
  }
  const sorted = [...found].sort(([a], [b]) => compareText(a, b));
  return sorted.map(([address, attributes]) => {
    const all = kindOf(graph.get(address).kind)!.group === true ? "[*]" : "";
    const entries = [...attributes].sort(compareText).map((name) => [name, template(`${address}${all}.${name}`)]);
    return [address, Object.fromEntries(entries)];
  });
}

function addState(
  stack: TerraformStack,
  layer: string,
  dependsOn: readonly string[],
  { state, providerVersion }: ProjectSettings,
): void {
  // The bindings ask for exactly the version they were made from.
  stack.addOverride("terraform.required_providers.digitalocean.version", providerVersion);
  const { type, backend } = stateBackend(state, layer);
  if (backend !== undefined) stack.addOverride(`terraform.backend.${type}`, backend);
  for (const other of dependsOn) {
    const { config } = stateBackend(state, other);
    stack.addOverride(`data.terraform_remote_state.${other}`, { backend: type, config });
  }
}

type Block = Record<string, unknown>;

/** CDKTF's notes on where a construct came from mean nothing outside its own command line. */
function withoutMetadata({ "//": _, ...json }: Block): Block {
  const kinds = Object.values((json.resource ?? {}) as Record<string, Record<string, Block>>);
  for (const resource of kinds.flatMap((named) => Object.values(named))) delete resource["//"];
  return json;
}
