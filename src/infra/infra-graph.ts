/** The infrastructure as an immutable value: typed resources in layers, and the references between them. @module */
import { InvalidGraphError, InvalidOptionError } from "../errors.js";
import { suggestion } from "../messages.js";
import { compareText } from "./canonical.js";
import { type Catalogue, listCatalogue } from "./catalogue/catalogue.js";
import { checkAttributes } from "./check-attributes.js";
import { dependencyOrder, type Link, linksOf } from "./graph-links.js";
import { type AttributesFor, type KindName, kindOf, resourceKinds } from "./kinds.js";
import { type Resource, resource as writeResource } from "./resource.js";
import type { AttributeValues } from "./resource-kind.js";

/** The layers of a graph in the order they are applied, unless told otherwise. */
export const DEFAULT_LAYERS: readonly string[] = ["core", "support", "app", "edge"];

/** Options of {@link InfraGraph.of}. */
export interface InfraGraphOptions {
  /** Layers in the order they are applied. @defaultValue core, support, app, edge */
  readonly layers?: readonly string[];
  /** Sizes, regions and prices to reckon with. @defaultValue DigitalOcean's list prices */
  readonly catalogue?: Catalogue;
}

/** A graph as plain JSON, in one canonical spelling: equal graphs give equal text. */
export interface InfraGraphJson {
  readonly layers: readonly string[];
  readonly resources: readonly {
    readonly address: string;
    readonly layer: string;
    readonly attributes: AttributeValues;
  }[];
}

/** A resource as a graph holds it: its layer known, its attributes checked. */
export type GraphResource = Resource & { readonly layer: string };

/** An immutable graph of resources. */
export class InfraGraph {
  /** Sorted by address. */
  readonly resources: readonly GraphResource[];
  /** In the order they are applied. */
  readonly layers: readonly string[];
  readonly catalogue: Catalogue;
  /** All references. */
  readonly links: readonly Link[];
  /** Addresses, each after all that it refers to. */
  readonly order: readonly string[];
  /** List price of everything. Unit: USD per hour. */
  readonly priceUsdPerHour: number;
  /** Droplets of all groups, pools and clusters. */
  readonly dropletCount: number;
  readonly #byAddress: ReadonlyMap<string, GraphResource>;
  readonly #prices: ReadonlyMap<string, number>;
  #text: string | undefined;

  private constructor(
    resources: readonly Resource[],
    { layers, catalogue }: Required<InfraGraphOptions>,
    checked: ReadonlyMap<string, GraphResource> = new Map(),
  ) {
    this.layers = Object.freeze([...layers]);
    this.catalogue = catalogue;
    this.resources = Object.freeze(
      resources
        .map((resource) => {
          const known = checked.get(resource.address);
          return known === resource ? known : checkResource(resource, layers, catalogue);
        })
        .sort((a, b) => compareText(a.address, b.address)),
    );
    this.#byAddress = new Map(this.resources.map((resource) => [resource.address, resource]));
    if (this.#byAddress.size < this.resources.length) refuseDuplicate(this.resources);
    this.links = this.resources.flatMap((resource) => linksOf(resource, this.#byAddress, layers));
    this.order = dependencyOrder([...this.#byAddress.keys()], this.links);
    this.#prices = pricesOf(this.resources, catalogue);
    this.priceUsdPerHour = this.resources.reduce(
      (sum, r) => sum + this.#prices.get(r.address)! * this.count(r.address),
      0,
    );
    this.dropletCount = this.resources.reduce((sum, r) => sum + dropletsOf(r) * this.count(r.address), 0);
  }

  /**
   * Makes a graph and checks it.
   *
   * @throws InvalidGraphError naming the address of what cannot be.
   * @throws InvalidOptionError when the layers are not a list of different names.
   */
  static of(resources: Iterable<Resource>, options: InfraGraphOptions = {}): InfraGraph {
    const { layers = DEFAULT_LAYERS, catalogue = listCatalogue } = options;
    if (!Array.isArray(layers) || layers.length === 0 || new Set(layers).size < layers.length) {
      throw new InvalidOptionError("layers", "a list of different names", layers);
    }
    return new InfraGraph([...resources], { layers, catalogue });
  }

  /** Reads what {@link InfraGraph.toJSON} wrote. @throws InvalidGraphError, InvalidOptionError */
  static fromJSON(json: InfraGraphJson, options: Pick<InfraGraphOptions, "catalogue"> = {}): InfraGraph {
    if (!Array.isArray(json?.layers) || !Array.isArray(json.resources)) {
      throw new InvalidOptionError("json", "the JSON of a graph, { layers, resources }", json);
    }
    const resources = (json as InfraGraphJson).resources.map(({ address, layer, attributes }) => {
      const [, kind = "", name = ""] = /^([^.]*)\.(.*)$/.exec(address) ?? [];
      return writeResource(kind as KindName, name, attributes as AttributesFor<KindName>, { layer });
    });
    return InfraGraph.of(resources, { ...options, layers: json.layers });
  }

  /** Whether there is a resource at an address. */
  has(address: string): boolean {
    return this.#byAddress.has(address);
  }

  /** The resource at an address. @throws InvalidGraphError when there is none */
  get(address: string): GraphResource {
    const found = this.#byAddress.get(address);
    if (found !== undefined) return found;
    const detail = `The graph has no such resource. ${suggestion(address, this.#byAddress.keys())}`;
    throw new InvalidGraphError(address, "unknown-address", detail);
  }

  /** The attributes of a resource, typed by its kind; defaults are filled in. @throws InvalidGraphError when there is none */
  attributes<K extends KindName>(kind: K, name: string): AttributesFor<K> {
    return this.get(`${kind}.${name}`).attributes as AttributesFor<K>;
  }

  /** Number of instances at an address: a group's `count`, otherwise 1. @throws InvalidGraphError when there is none */
  count(address: string): number {
    const { kind, attributes } = this.get(address);
    return kindOf(kind)!.group ? (attributes.count as number) : 1;
  }

  /** Price of one instance at an address. Unit: USD per hour. @throws InvalidGraphError when there is none */
  priceOf(address: string): number {
    return this.#prices.get(this.get(address).address)!;
  }

  /** The same resources with some put in, in place of what had their address, and some taken out. @throws InvalidGraphError */
  with(change: { readonly put?: readonly Resource[]; readonly remove?: readonly string[] }): InfraGraph {
    const kept = new Map<string, Resource>(this.#byAddress);
    for (const address of change.remove ?? []) kept.delete(this.get(address).address);
    for (const resource of change.put ?? []) kept.set(resource.address, resource);
    return new InfraGraph([...kept.values()], { layers: this.layers, catalogue: this.catalogue }, this.#byAddress);
  }

  /** Whether both have the same layers and resources. */
  equals(other: InfraGraph): boolean {
    return this === other || this.toText() === other.toText();
  }

  /** The canonical JSON text: a key for maps. */
  toText(): string {
    this.#text ??= JSON.stringify(this.toJSON());
    return this.#text;
  }

  /** Plain JSON, in one canonical spelling. The catalogue is not part of it. */
  toJSON(): InfraGraphJson {
    const resources = this.resources.map(({ address, layer, attributes }) => ({ address, layer, attributes }));
    return { layers: this.layers, resources };
  }
}

function checkResource(resource: Resource, layers: readonly string[], catalogue: Catalogue): GraphResource {
  const { address, kind, name, attributes } = resource;
  const declaration = kindOf(kind);
  if (declaration === undefined) {
    const detail = `Unknown kind ${JSON.stringify(kind)}. ${suggestion(kind, Object.keys(resourceKinds))}`;
    throw new InvalidGraphError(address, "unknown-kind", detail);
  }
  if (address !== `${kind}.${name}`) {
    const detail = `Expected its address to be ${kind}.${name}. Make resources by resource().`;
    throw new InvalidGraphError(address, "unknown-address", detail);
  }
  const layer = resource.layer ?? declaration.layer;
  if (!layers.includes(layer)) {
    const detail = `Unknown layer ${JSON.stringify(layer)}. ${suggestion(layer, layers)}`;
    throw new InvalidGraphError(address, "unknown-layer", detail);
  }
  const checked = checkAttributes(address, declaration, attributes, catalogue);
  const complaint = declaration.complaint?.(checked);
  if (complaint !== undefined) throw new InvalidGraphError(address, "invalid-attribute", complaint);
  return Object.freeze({ address, kind, name, layer, attributes: checked });
}

function refuseDuplicate(resources: readonly Resource[]): never {
  const { address } = resources.find(({ address }, i) => resources[i + 1]?.address === address)!;
  throw new InvalidGraphError(address, "duplicate-address", "Two resources have this address. Rename one of them.");
}

function pricesOf(resources: readonly Resource[], catalogue: Catalogue): ReadonlyMap<string, number> {
  const prices = new Map<string, number>();
  const priced = new Set<string>();
  for (const { address, kind, attributes } of resources) {
    const declaration = kindOf(kind)!;
    const covered = declaration.pricedOnce === true && priced.has(kind);
    prices.set(address, covered ? 0 : declaration.priceUsdPerHour(attributes, catalogue));
    priced.add(kind);
  }
  return prices;
}

function dropletsOf({ kind, attributes }: Resource): number {
  return kindOf(kind)!.dropletCount?.(attributes) ?? 0;
}
