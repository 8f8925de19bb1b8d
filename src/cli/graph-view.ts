/** What `infra-gym graph` shows: a graph, and what an action would change in it. Plain JSON. @module */
import { type InfraGraph, type Plan, type PlanEntry, referenceText } from "../infra/index.js";

/** One resource. */
export interface GraphNode {
  readonly address: string;
  readonly layer: string;
  readonly count: number;
  /** List price of all instances. Unit: USD per hour. */
  readonly priceUsdPerHour: number;
  /** Addresses that it refers to, sorted. */
  readonly refersTo: readonly string[];
  /** What the plan does to it, or to some of its instances; null for nothing. */
  readonly change: "create" | "update" | "replace" | "destroy" | null;
}

/** One line of a plan. */
export interface PlanLine {
  readonly verb: "create" | "update" | "replace" | "destroy";
  readonly address: string;
  /** Such as `size: "s-1vcpu-1gb" → "s-2vcpu-2gb"`. */
  readonly details: readonly string[];
}

/** A graph and a plan. */
export interface GraphView {
  readonly id: string;
  readonly layers: readonly string[];
  readonly nodes: readonly GraphNode[];
  /** Unit: USD per hour. */
  readonly priceUsdPerHour: number;
  readonly droplets: number;
  /** Null where no action was given. */
  readonly plan: {
    readonly lines: readonly PlanLine[];
    /** Unit: USD per hour. */
    readonly priceChangeUsdPerHour: number;
    /** Why the action would not be carried out; null when it would. */
    readonly refusal: string | null;
  } | null;
}

const VERBS = ["create", "update", "replace", "destroy"] as const;

/** The view of a graph, and of the plan for an action on it. */
export function graphView(id: string, graph: InfraGraph, planned: Plan | null, refusal: string | null): GraphView {
  const nodes = graph.resources.map(({ address, layer }): GraphNode => {
    const count = graph.count(address);
    const refersTo = graph.links.filter(({ from }) => from === address).map(({ reference }) => reference.ref);
    const verb = VERBS.find((verb) => planned?.[verb].some((entry) => entry.resource === address));
    const priceUsdPerHour = graph.priceOf(address) * count;
    return { address, layer, count, priceUsdPerHour, refersTo: [...new Set(refersTo)].sort(), change: verb ?? null };
  });
  const lines = VERBS.flatMap((verb) =>
    (planned?.[verb] ?? []).map((entry) => ({ verb, address: entry.address, details: detailsOf(entry) })),
  );
  const { layers, priceUsdPerHour, dropletCount: droplets } = graph;
  const plan = planned && { lines, priceChangeUsdPerHour: planned.priceChangeUsdPerHour, refusal };
  return { id, layers, nodes, priceUsdPerHour, droplets, plan };
}

function detailsOf({ changes }: PlanEntry): readonly string[] {
  return changes.map(({ attribute, from, to, replaces, knownAfterApply }) => {
    const after = knownAfterApply ? "(known after apply)" : valueText(to);
    return `${attribute}: ${valueText(from)} → ${after}${replaces ? " (makes it new)" : ""}`;
  });
}

function valueText(value: unknown): string {
  if (value === undefined) return "(not set)";
  const text = JSON.stringify(value, (_, member) =>
    typeof member === "object" && member !== null && "ref" in member ? referenceText(member) : member,
  );
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
