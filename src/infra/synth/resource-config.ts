/** The configuration of a construct from a resource of a graph. @module */
import type { AttributeScope } from "../attribute-walk.js";
import type { GraphResource, InfraGraph } from "../infra-graph.js";
import { kindOf } from "../kinds.js";
import { isReference } from "../reference.js";
import type { AttributeValue, AttributeValues } from "../resource-kind.js";
import { literal, referenceExpression, template } from "./expression.js";

/**
 * What the bindings' class of a resource takes: names in camel case, references as expressions, text made literal.
 *
 * @param tags - Put on the resource in addition to its own, where its kind takes tags.
 */
export function resourceConfig(
  resource: GraphResource,
  graph: InfraGraph,
  tags: readonly string[],
): Readonly<Record<string, unknown>> {
  const scope = kindOf(resource.kind)!;
  const place = { graph, layer: resource.layer };
  const attributes = tags.length === 0 ? resource.attributes : withTags(resource, tags);
  return scopeConfig(place, scope, attributes);
}

/** Kinds whose `tags` are labels of the resource; a firewall's, for one, say whom it guards. */
const LABELLED: ReadonlySet<string> = new Set([
  "digitalocean_database_cluster",
  "digitalocean_droplet",
  "digitalocean_kubernetes_cluster",
  "digitalocean_kubernetes_node_pool",
  "digitalocean_volume",
]);

function withTags({ kind, attributes }: GraphResource, tags: readonly string[]): AttributeValues {
  const add = (values: AttributeValues): AttributeValues => ({
    ...values,
    tags: [...((values.tags as readonly AttributeValue[] | undefined) ?? []), ...tags],
  });
  if (LABELLED.has(kind)) return add(attributes);
  if (kind !== "digitalocean_droplet_autoscale") return attributes;
  return { ...attributes, droplet_template: add(attributes.droplet_template as AttributeValues) };
}

interface Place {
  readonly graph: InfraGraph;
  readonly layer: string;
}

function scopeConfig(place: Place, scope: AttributeScope, values: AttributeValues): Readonly<Record<string, unknown>> {
  const config: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values)) {
    const block = scope.blocks?.[name];
    const key = camelCase(name);
    if (block === undefined) config[key] = attributeConfig(place, value);
    else if (block.max === 1) config[key] = scopeConfig(place, block, value as AttributeValues);
    else config[key] = (value as readonly AttributeValues[]).map((item) => scopeConfig(place, block, item));
  }
  return config;
}

function attributeConfig(place: Place, value: AttributeValue): unknown {
  if (typeof value === "string") return literal(value);
  if (typeof value !== "object") return value;
  if (isReference(value)) return template(referenceExpression(value, place.layer, place.graph));
  if (Array.isArray(value)) return listConfig(place, value);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [literal(key), attributeConfig(place, item)]));
}

/** A reference to all instances of a group is a list itself, so a list that has one becomes an expression. */
function listConfig(place: Place, items: readonly AttributeValue[]): unknown {
  const isWhole = (item: AttributeValue): boolean =>
    isReference(item) && item.index === undefined && kindOf(place.graph.get(item.ref).kind)!.group === true;
  if (!items.some(isWhole)) return items.map((item) => attributeConfig(place, item));
  const lists = items.map((item) => {
    if (!isReference(item)) return `[${typeof item === "string" ? JSON.stringify(literal(item)) : item}]`;
    const expression = referenceExpression(item, place.layer, place.graph);
    return isWhole(item) ? expression : `[${expression}]`;
  });
  return template(lists.length === 1 ? lists[0]! : `concat(${lists.join(", ")})`);
}

function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
