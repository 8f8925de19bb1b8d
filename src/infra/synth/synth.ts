/** From a graph to Terraform configurations, one per layer. @module */
import { InvalidOptionError } from "../../errors.js";
import type { InfraGraph } from "../infra-graph.js";
import { loadConstructs } from "./constructs.js";
import { type LayerProject, layerProject } from "./layer-project.js";
import type { StateLocation } from "./state-location.js";

/** Options of {@link synth}. */
export interface SynthOptions {
  /** @defaultValue in files beside the configurations */
  readonly state?: StateLocation;
  /** Versions of DigitalOcean's provider, as Terraform writes a constraint. @defaultValue "~> 2.71" */
  readonly providerVersion?: string;
  /** Tags put on every resource that takes tags, such as the name of a run. @defaultValue none */
  readonly tags?: readonly string[];
}

/** A graph as Terraform configurations. Plain JSON. */
export interface TerraformProject {
  /** All layers of the graph in the order they are applied, empty ones too: applying those destroys what was in them. */
  readonly layers: readonly LayerProject[];
}

/**
 * Writes a graph as Terraform configurations, by CDKTF: one per layer, each with a state of its own, reading the states of
 * the layers before it where it refers to them. Nothing is written to disk; see {@link writeProject}.
 *
 * Text of the graph is literal in the configuration, with one exception: `${count.index}` numbers the instances of a group.
 * No credentials are in it: DigitalOcean's provider reads `DIGITALOCEAN_TOKEN`, and for buckets `SPACES_ACCESS_KEY_ID`,
 * `SPACES_SECRET_ACCESS_KEY` and `SPACES_ENDPOINT_URL`, from the environment.
 *
 * @throws InvalidOptionError when a layer's name is not one Terraform takes, or the state's location is not valid.
 * @example
 * const project = await synth(webService({ count: 3 }).graph);
 * project.layers.map(({ layer }) => layer); // ["core", "support", "app", "edge"]
 */
export async function synth(graph: InfraGraph, options: SynthOptions = {}): Promise<TerraformProject> {
  const { state = { kind: "local" }, providerVersion = "~> 2.71", tags = [] } = options;
  for (const layer of graph.layers) {
    if (/^[A-Za-z_][A-Za-z0-9_-]*$/.test(layer)) continue;
    throw new InvalidOptionError("layers", 'names such as "core" or "app-2"', layer);
  }
  const constructs = await loadConstructs(graph.resources.map(({ kind }) => kind));
  const settings = { state, providerVersion, tags };
  try {
    return { layers: graph.layers.map((layer) => layerProject(graph, layer, settings, constructs)) };
  } finally {
    // CDKTF keeps every token of every stack in this map of the process, forever.
    (globalThis as { __cdktfTokenMap?: unknown }).__cdktfTokenMap = undefined;
  }
}
