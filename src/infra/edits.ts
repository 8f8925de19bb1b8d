/** Edits: functions from a graph to a graph, which compose. @module */
import { InvalidGraphError } from "../errors.js";
import type { InfraGraph } from "./infra-graph.js";
import type { Resource } from "./resource.js";
import type { AttributeValue, AttributeValues } from "./resource-kind.js";

/** A change of a graph. It returns the same graph where there is nothing to do, and throws where the result could not be. */
export type GraphEdit = (graph: InfraGraph) => InfraGraph;

/**
 * Sets one attribute of one resource.
 *
 * @param address - Such as `digitalocean_droplet.web`.
 * @param attribute - Such as `count`, or `config.max_instances` within a block that occurs once.
 * @param value - Undefined takes the attribute out, so that its default holds.
 * @returns An edit that throws InvalidGraphError when the graph has no such resource or it cannot have this value.
 */
export function setAttribute(address: string, attribute: string, value: AttributeValue | undefined): GraphEdit {
  return (graph) => {
    const resource = graph.get(address);
    const attributes = setPath(resource.attributes, attribute.split("."), value);
    const edited = graph.with({ put: [{ ...resource, attributes }] });
    return edited.equals(graph) ? graph : edited;
  };
}

/** Adds a resource. @returns An edit that throws InvalidGraphError when its address is taken or the graph could not be */
export function addResource(resource: Resource): GraphEdit {
  return (graph) => {
    if (!graph.has(resource.address)) return graph.with({ put: [resource] });
    const detail = "The graph has a resource of this address already. Change it by setAttribute, or remove it first.";
    throw new InvalidGraphError(resource.address, "duplicate-address", detail);
  };
}

/** Removes a resource. @returns An edit that throws InvalidGraphError when there is none, or others refer to it */
export function removeResource(address: string): GraphEdit {
  return (graph) => graph.with({ remove: [address] });
}

/** One edit out of several, applied in order. Without any it changes nothing. */
export function composeEdits(...edits: readonly GraphEdit[]): GraphEdit {
  return (graph) => edits.reduce((edited, edit) => edit(edited), graph);
}

function setPath(
  values: AttributeValues,
  [name, ...rest]: readonly string[],
  value: AttributeValue | undefined,
): AttributeValues {
  const { [name!]: present, ...others } = values;
  const next = rest.length === 0 ? value : setPath((present ?? {}) as AttributeValues, rest, value);
  return next === undefined ? others : { ...others, [name!]: next };
}
