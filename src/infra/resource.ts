/** One node of a graph: a resource with an address, a layer and attributes. @module */
import { InvalidOptionError } from "../errors.js";
import type { AttributesFor, KindName } from "./kinds.js";
import type { AttributeValues } from "./resource-kind.js";

/** A resource of a graph. Plain JSON. */
export interface Resource {
  /** `kind.name`, such as `digitalocean_droplet.web`. */
  readonly address: string;
  /** Name of its kind, such as `digitalocean_droplet`. */
  readonly kind: string;
  /** Name within its kind: a letter or underscore, then letters, digits, underscores and hyphens. */
  readonly name: string;
  /** Name of its layer; left out, the kind's own. In a graph it is always set. */
  readonly layer?: string;
  /** Attributes and blocks. In a graph, defaults are filled in and sets are in order. */
  readonly attributes: AttributeValues;
}

/** Options of {@link resource}. */
export interface ResourceOptions {
  /** @defaultValue the kind's own layer */
  readonly layer?: string;
}

/**
 * Writes down one resource; its attributes are typed by the kind's declaration and checked when a graph is made of it.
 *
 * @throws InvalidOptionError when the name is not one Terraform takes.
 * @example
 * resource("digitalocean_vpc", "main", { name: "main", region: "fra1" });
 */
export function resource<K extends KindName>(
  kind: K,
  name: string,
  attributes: AttributesFor<K>,
  options: ResourceOptions = {},
): Resource {
  if (!/^[A-Za-z_][A-Za-z0-9_-]*$/.test(name)) {
    throw new InvalidOptionError("name", 'a resource name such as "web" or "web-api"', name);
  }
  const node = { address: `${kind}.${name}`, kind, name, attributes: attributes as AttributeValues };
  return options.layer === undefined ? node : { ...node, layer: options.layer };
}
