/** What it takes to turn one graph into another, as Terraform would plan it. @module */
import { type AttributeChange, diffAttributes } from "./attribute-diff.js";
import { equalValues } from "./canonical.js";
import type { Link } from "./graph-links.js";
import type { GraphResource, InfraGraph } from "./infra-graph.js";
import { kindOf } from "./kinds.js";

/** What happens to one instance of a resource. */
export interface PlanEntry {
  /** Address of the instance: `digitalocean_vpc.main`, `digitalocean_droplet.web[3]`. */
  readonly address: string;
  /** Address of the resource in the graph: `digitalocean_droplet.web`. */
  readonly resource: string;
  /** Which instance of a group, otherwise null. */
  readonly index: number | null;
  readonly kind: string;
  readonly layer: string;
  /** Empty for create and destroy. */
  readonly changes: readonly AttributeChange[];
}

/** A resource of the graph before and after; null where it is not there. */
export interface ResourceChange {
  readonly address: string;
  readonly before: GraphResource | null;
  readonly after: GraphResource | null;
}

/** What it takes to turn one graph into another. Plain JSON. */
export interface Plan {
  /** In the order of dependencies. */
  readonly create: readonly PlanEntry[];
  /** Changed in place. In the order of dependencies. */
  readonly update: readonly PlanEntry[];
  /** Destroyed and created again. In the order of dependencies. */
  readonly replace: readonly PlanEntry[];
  /** Against the order of dependencies. */
  readonly destroy: readonly PlanEntry[];
  /** Unit: USD per hour; below 0 where it becomes cheaper. */
  readonly priceChangeUsdPerHour: number;
  /** Whether nothing is to be done. */
  readonly isEmpty: boolean;
  /** The same by resource instead of by instance. */
  readonly resources: readonly ResourceChange[];
}

/** What it takes to turn `from` into `to`. */
export function plan(from: InfraGraph, to: InfraGraph): Plan {
  const create: PlanEntry[] = [];
  const update: PlanEntry[] = [];
  const replace: PlanEntry[] = [];
  const destroy: PlanEntry[] = [];
  const resources: ResourceChange[] = [];
  if (from !== to) {
    const renewal = new Renewal(from, to);
    for (const address of to.order) {
      const after = to.get(address);
      const before = from.has(address) ? from.get(address) : null;
      const present = before === null ? 0 : from.count(address);
      const wanted = to.count(address);
      const changes = before === null ? [] : renewal.changesOf(before, after);
      const replaced = changes.some((change) => change.replaces);
      renewal.note(address, replaced, present !== wanted);
      const kept = changes.length > 0 ? Math.min(present, wanted) : 0;
      for (let i = 0; i < kept; i++) (replaced ? replace : update).push(entryOf(after, i, changes));
      for (let i = present; i < wanted; i++) create.push(entryOf(after, i, []));
      if (before === null || !equalResources(before, after)) resources.push({ address, before, after });
    }
    for (const address of [...from.order].reverse()) {
      const before = from.get(address);
      const wanted = to.has(address) ? to.count(address) : 0;
      for (let i = from.count(address) - 1; i >= wanted; i--) destroy.push(entryOf(before, i, []));
      if (!to.has(address)) resources.push({ address, before, after: null });
    }
  }
  const isEmpty = create.length + update.length + replace.length + destroy.length === 0;
  const priceChangeUsdPerHour = to.priceUsdPerHour - from.priceUsdPerHour;
  return { create, update, replace, destroy, priceChangeUsdPerHour, isEmpty, resources };
}

/** The graph that a plan made for `graph` leads to. */
export function applyPlan(graph: InfraGraph, { resources }: Pick<Plan, "resources">): InfraGraph {
  const put = resources.flatMap(({ after }) => (after === null ? [] : [after]));
  const remove = resources.flatMap(({ address, after }) => (after === null ? [address] : []));
  return graph.with({ put, remove });
}

/** Follows what becomes new along the references, so that what depends on it changes too. */
class Renewal {
  readonly #replaced = new Set<string>();
  readonly #resized = new Set<string>();
  readonly #links = new Map<string, Link[]>();

  constructor(
    private readonly from: InfraGraph,
    private readonly to: InfraGraph,
  ) {
    for (const link of to.links) {
      const present = this.#links.get(link.from);
      if (present === undefined) this.#links.set(link.from, [link]);
      else present.push(link);
    }
  }

  note(address: string, replaced: boolean, resized: boolean): void {
    if (replaced) this.#replaced.add(address);
    if (resized) this.#resized.add(address);
  }

  changesOf(before: GraphResource, after: GraphResource): readonly AttributeChange[] {
    const { attributes } = after;
    const same = before.attributes === attributes;
    const changes = same ? [] : [...diffAttributes(kindOf(after.kind)!, before.attributes, attributes)];
    if (before.layer !== after.layer) {
      changes.push({ attribute: "layer", from: before.layer, to: after.layer, replaces: true });
    }
    for (const { path, reference, replaces } of this.#links.get(after.address) ?? []) {
      const attribute = path.replace(/\[.*$/, "");
      if (!this.#renewed(reference) || changes.some((change) => change.attribute === attribute)) continue;
      changes.push({ attribute, from: reference, to: reference, replaces, knownAfterApply: true });
    }
    return changes;
  }

  /** Whether a reference that both graphs have will give another value. */
  #renewed({ ref, attribute, index }: Link["reference"]): boolean {
    if (!this.from.has(ref)) return true;
    if (index === undefined && this.#resized.has(ref)) return true;
    const before = this.from.get(ref).attributes[attribute];
    const after = this.to.get(ref).attributes[attribute];
    return after === undefined ? this.#replaced.has(ref) : !equalValues(before, after);
  }
}

function equalResources(a: GraphResource, b: GraphResource): boolean {
  return a.layer === b.layer && equalValues(a.attributes, b.attributes);
}

function entryOf(resource: GraphResource, i: number, changes: readonly AttributeChange[]): PlanEntry {
  const { address, kind, layer } = resource;
  const group = kindOf(kind)!.group === true;
  return {
    address: group ? `${address}[${i}]` : address,
    resource: address,
    index: group ? i : null,
    kind,
    layer,
    changes,
  };
}
