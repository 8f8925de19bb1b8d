/** The references of a graph: their checks, and the order they ask for. @module */
import { InvalidGraphError } from "../errors.js";
import { suggestion } from "../messages.js";
import { walkAttributes } from "./attribute-walk.js";
import { kindOf } from "./kinds.js";
import { isReference, type Reference, referenceText } from "./reference.js";
import type { Resource } from "./resource.js";
import type { AttributeSpec } from "./resource-kind.js";

/** One use of a reference. */
export interface Link {
  /** Address of the resource that refers. */
  readonly from: string;
  /** Where in its attributes, such as `vpc_uuid` or `droplet_ids[0]`. */
  readonly path: string;
  readonly reference: Reference;
  /** Whether a change of what is referred to makes the referring resource new. */
  readonly replaces: boolean;
}

/**
 * Collects and checks the references of one resource.
 *
 * @param byAddress - All resources of the graph.
 * @param layers - The layers in order.
 * @throws InvalidGraphError with reason `dangling-reference`, `region-mismatch`, `layer-order` or `invalid-attribute`.
 */
export function linksOf(
  resource: Resource,
  byAddress: ReadonlyMap<string, Resource>,
  layers: readonly string[],
): readonly Link[] {
  const links: Link[] = [];
  for (const { path, spec, value, siblings, replaces } of walkAttributes(kindOf(resource.kind)!, resource.attributes)) {
    const region = siblings.region ?? resource.attributes.region;
    const inList = typeof spec.type !== "string";
    const items = inList ? Object.entries(value) : [["", value] as const];
    for (const [i, item] of items) {
      if (!isReference(item)) continue;
      const link = { from: resource.address, path: inList ? `${path}[${i}]` : path, reference: item, replaces };
      checkLink(link, resource, spec, region, inList, byAddress, layers);
      links.push(link);
    }
  }
  return links;
}

function checkLink(
  { path, reference }: Link,
  resource: Resource,
  spec: AttributeSpec,
  region: unknown,
  inList: boolean,
  byAddress: ReadonlyMap<string, Resource>,
  layers: readonly string[],
): void {
  const { address } = resource;
  const target = byAddress.get(reference.ref);
  if (target === undefined) {
    const advice = suggestion(reference.ref, byAddress.keys());
    const detail = `${path} refers to ${referenceText(reference)}, which the graph does not have. ${advice}`;
    throw new InvalidGraphError(address, "dangling-reference", detail);
  }
  checkIndex(address, path, reference, target, inList);
  if (layers.indexOf(target.layer!) > layers.indexOf(resource.layer!)) {
    const detail = `${path} refers to ${target.address} of the later layer ${target.layer}. Put ${address} into ${target.layer}, or ${target.address} into ${resource.layer} or before.`;
    throw new InvalidGraphError(address, "layer-order", detail);
  }
  const targetRegion = target.attributes.region;
  if (spec.sameRegion && region !== undefined && targetRegion !== undefined && region !== targetRegion) {
    const detail = `It is in region ${region}, but ${path} refers to ${target.address} in ${targetRegion}. Put both into one region.`;
    throw new InvalidGraphError(address, "region-mismatch", detail);
  }
}

function checkIndex(address: string, path: string, reference: Reference, target: Resource, inList: boolean): void {
  const group = kindOf(target.kind)!.group === true;
  const { index } = reference;
  const text = referenceText(reference);
  if (!group && index !== undefined) {
    const detail = `${path} refers to ${text}, but ${target.address} is no group. Leave out the index.`;
    throw new InvalidGraphError(address, "dangling-reference", detail);
  }
  if (!group || (index === undefined && inList)) return;
  if (index === undefined) {
    const detail = `${path} takes one value, but ${target.address} is a group. Refer to ${target.address}[0].`;
    throw new InvalidGraphError(address, "dangling-reference", detail);
  }
  const count = target.attributes.count as number;
  if (index >= count) {
    const detail = `${path} refers to ${text}, but ${target.address} has a count of ${count}.`;
    throw new InvalidGraphError(address, "dangling-reference", detail);
  }
}

/**
 * Addresses in an order in which everything comes after what it refers to; ties in the order given.
 *
 * @throws InvalidGraphError with reason `cycle`.
 */
export function dependencyOrder(addresses: readonly string[], links: readonly Link[]): readonly string[] {
  const targets = new Map<string, string[]>(addresses.map((address) => [address, []]));
  for (const { from, reference } of links) targets.get(from)!.push(reference.ref);
  const order: string[] = [];
  const state = new Map<string, "open" | "done">();
  const visit = (address: string, path: readonly string[]): void => {
    if (state.get(address) === "done") return;
    if (state.get(address) === "open") {
      const cycle = [...path.slice(path.indexOf(address)), address].join(" → ");
      throw new InvalidGraphError(address, "cycle", `It refers to itself: ${cycle}. Remove one of these references.`);
    }
    state.set(address, "open");
    for (const target of targets.get(address)!) visit(target, [...path, address]);
    state.set(address, "done");
    order.push(address);
  };
  for (const address of addresses) visit(address, []);
  return order;
}
