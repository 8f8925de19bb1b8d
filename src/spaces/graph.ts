/** The space of graphs: nodes and edges with values, and which nodes each edge joins. @module */
import { InvalidOptionError, type OptionIssue } from "../errors.js";
import { jsonList, partOptions, type Restriction, restrictionList, restrictionOf } from "./arguments.js";
import { batchDtype, isArraySpace } from "./array-space.js";
import { type BatchOf, batchSpace } from "./batch-space.js";
import { batchesFromJson, batchesToJson, splitBatch } from "./batch-values.js";
import { CompositeSpace, type SpaceSeed } from "./composite-space.js";
import { createEmptyArray } from "./concatenate.js";
import { Dict, type DictSpaces } from "./dict.js";
import { nest, readJsonArray } from "./nested.js";
import { copySpace, type SeededSpace } from "./seeded-space.js";
import type { Json, SampleOptions, SeedResult, Space } from "./space.js";
import { type CompositeOptions, checkSpaces, Tuple } from "./tuple.js";

/** A value of a {@link Graph}. */
export interface GraphInstance<Nodes = unknown, Edges = unknown> {
  /** The nodes' values as one batch (see `batchSpace`). */
  readonly nodes: Nodes;
  /** The edges' values as one batch; null where there are no edges. */
  readonly edges: Edges | null;
  /** For each edge the numbers of its two nodes, flat: shape [edges, 2]. Null where there are no edges. */
  readonly edgeLinks: Int32Array | null;
}

/** Masks for the nodes, one each, and for the edges: one for all where their number is left to chance. Null for none. */
export type GraphMask = readonly [nodes: unknown, edges: unknown];

/** What `sample` of a {@link Graph} takes. */
export interface GraphSampleOptions extends SampleOptions<GraphMask> {
  /** How many nodes: an integer of at least 1. @defaultValue 10 */
  readonly numNodes?: number;
  /** How many edges: an integer of at least 0. @defaultValue a random number below numNodes · (numNodes - 1) */
  readonly numEdges?: number;
}

/** The type of the edges' values. */
export type EdgesOf<M extends Space<unknown> | null> = M extends Space<unknown> ? BatchOf<M> : null;

/**
 * Graphs of any size whose nodes, and edges if they have any, carry values of one space each.
 *
 * @example
 * new Graph(new Box(0, 1, { shape: [2] }), new Discrete(3)).sample({ numNodes: 4 }).nodes; // Float32Array of 8 numbers
 */
export class Graph<N extends Space<unknown>, M extends Space<unknown> | null = null>
  extends CompositeSpace
  implements Space<GraphInstance<BatchOf<N>, EdgesOf<M>>, GraphMask>
{
  readonly shape = null;
  readonly dtype = null;
  /** The space of the nodes' values. */
  readonly nodeSpace: N;
  /** The space of the edges' values; null for graphs without edges. */
  readonly edgeSpace: M;

  /** @throws {@link InvalidOptionError} when a space is none. */
  constructor(nodeSpace: N, edgeSpace: M = null as M, { seed }: CompositeOptions = {}) {
    super();
    checkSpaces("spaces", edgeSpace === null ? [nodeSpace] : [nodeSpace, edgeSpace]);
    this.nodeSpace = nodeSpace;
    this.edgeSpace = edgeSpace;
    if (seed !== undefined) this.seed(seed);
  }

  /**
   * Restarts all generators: from one seed, or from a list: for the graph, its nodes and, if there are, its edges.
   * @returns The seeds in that order.
   * @throws {@link InvalidSeedError} when a seed is not a non-negative integer.
   * @throws {@link InvalidOptionError} when a list has another length.
   */
  override seed(seed?: SpaceSeed): readonly SeedResult[] {
    return this.seedWithParts(seed, this.edgeSpace === null ? [this.nodeSpace] : [this.nodeSpace, this.edgeSpace]);
  }

  /**
   * A graph. Values of arrays are drawn from the graph's own generator, as in Gymnasium 1.3; others from their space's.
   * @throws {@link InvalidOptionError} when a number is out of range, both masks are given, or one does not fit.
   */
  sample(options: GraphSampleOptions = {}): GraphInstance<BatchOf<N>, EdgesOf<M>> {
    const { numNodes = 10, numEdges } = options;
    checkCounts(numNodes, numEdges);
    const restriction = restrictionOf(options);
    const masks = restriction === undefined ? [null, null] : restrictionList(restriction, 2);
    const name = restriction?.name ?? "mask";
    const edgeCount = numEdges ?? (numNodes > 1 ? this.rng.integers(numNodes * (numNodes - 1)) : 0);
    const hasOneMask = numEdges === undefined && masks[1] !== null && masks[1] !== undefined;
    const edgeMask = hasOneMask ? new Array<unknown>(edgeCount).fill(masks[1]) : masks[1];
    const nodes = this.#sampleBatch(this.nodeSpace, numNodes, name, masks[0]);
    if (this.edgeSpace === null || edgeCount === 0) return { nodes, edges: null, edgeLinks: null } as never;
    const edges = this.#sampleBatch(this.edgeSpace, edgeCount, name, edgeMask);
    const edgeLinks = this.rng.integers(0, numNodes, { size: 2 * edgeCount, dtype: "int32" });
    return { nodes, edges, edgeLinks } as GraphInstance<BatchOf<N>, EdgesOf<M>>;
  }

  #sampleBatch(space: Space<unknown>, count: number, name: Restriction["name"], mask: unknown): unknown {
    const batch = batchSpace(space, count) as Space<unknown> & SeededSpace;
    if (isArraySpace(space)) batch.drawFrom(this.rng);
    const sample = batch.sample(partOptions(name, mask));
    // The batch drew from copies of the generators: this one moves on, so that the next graph is another.
    if (!isArraySpace(space)) space.seed(drawSeed(space));
    return sample;
  }

  contains(value: unknown): value is GraphInstance<BatchOf<N>, EdgesOf<M>> {
    if (typeof value !== "object" || value === null) return false;
    const { nodes, edges, edgeLinks } = value as Partial<GraphInstance>;
    const nodeCount = countContained(this.nodeSpace, nodes);
    if (nodeCount === null) return false;
    if (edges === null && edgeLinks === null) return true;
    if (this.edgeSpace === null || !(edgeLinks instanceof Int32Array)) return false;
    const edgeCount = countContained(this.edgeSpace, edges);
    return (
      2 * (edgeCount ?? Number.NaN) === edgeLinks.length && edgeLinks.every((node) => node >= 0 && node < nodeCount)
    );
  }

  /** What `createEmptyArray` holds for a graph that is yet to come: one node and, where there are edges, one from it to it. */
  emptyValue(): GraphInstance<BatchOf<N>, EdgesOf<M>> {
    const { nodeSpace, edgeSpace } = this;
    const edges = edgeSpace === null ? null : createEmptyArray(edgeSpace, 1);
    const edgeLinks = edgeSpace === null ? null : new Int32Array(2);
    return { nodes: createEmptyArray(nodeSpace, 1), edges: edges as EdgesOf<M> | null, edgeLinks };
  }

  copy(): Graph<N, M> {
    const edgeSpace = (this.edgeSpace === null ? null : copySpace(this.edgeSpace)) as M;
    return new Graph(copySpace(this.nodeSpace), edgeSpace).continueFrom(this);
  }

  /** Objects with `nodes` and, where there are edges, `edges` and `edge_links`, as Gymnasium writes them. */
  toJsonable(batch: readonly GraphInstance<BatchOf<N>, EdgesOf<M>>[]): readonly Json[] {
    return batch.map(({ nodes, edges, edgeLinks }) => {
      const json = { nodes: batchToJson(this.nodeSpace, nodes) };
      if (edges === null || edgeLinks === null || this.edgeSpace === null) return json;
      const links = nest(edgeLinks, [edgeLinks.length / 2, 2]);
      return { ...json, edges: batchToJson(this.edgeSpace, edges), edge_links: links };
    });
  }

  fromJsonable(json: Json): GraphInstance<BatchOf<N>, EdgesOf<M>>[] {
    const values = jsonList(json, "a list of graphs").map((value, i): GraphInstance => {
      const path = `json[${i}]`;
      if (typeof value !== "object" || value === null)
        throw new InvalidOptionError(path, "an object with nodes", value);
      const { nodes, edges, edge_links: links } = value as Readonly<Record<string, Json>>;
      const read = batchFromJson(this.nodeSpace, nodes!, `${path}.nodes`);
      if (edges === undefined || edges === null) return { nodes: read, edges: null, edgeLinks: null };
      if (this.edgeSpace === null) throw new InvalidOptionError(`${path}.edges`, "absent", edges);
      const { length } = jsonList(links!, "a list of pairs", `${path}.edge_links`);
      const edgeLinks = readJsonArray(links!, [length, 2], "int32", `${path}.edge_links`);
      return { nodes: read, edges: batchFromJson(this.edgeSpace, edges, `${path}.edges`), edgeLinks };
    });
    return values as GraphInstance<BatchOf<N>, EdgesOf<M>>[];
  }

  equals(other: unknown): boolean {
    if (!(other instanceof Graph) || !this.nodeSpace.equals(other.nodeSpace)) return false;
    return this.edgeSpace === null ? other.edgeSpace === null : this.edgeSpace.equals(other.edgeSpace);
  }

  override toString(): string {
    return `Graph(${this.nodeSpace}, ${this.edgeSpace ?? "None"})`;
  }
}

/** A seed from a generator that seeds by part restart: the own one of a Dict or a Tuple is none of these, its parts' are. */
function drawSeed(space: Space<unknown>): number {
  const parts = space instanceof Dict || space instanceof Tuple ? Object.values(space.spaces as DictSpaces) : [];
  const [first] = parts;
  return first === undefined ? space.rng.integers(2 ** 31 - 1) : drawSeed(first);
}

function checkCounts(numNodes: unknown, numEdges: unknown): void {
  const issues: OptionIssue[] = [];
  if (!Number.isSafeInteger(numNodes) || (numNodes as number) < 1) {
    issues.push({ path: "numNodes", expected: "an integer of at least 1", got: numNodes });
  }
  if (numEdges !== undefined && (!Number.isSafeInteger(numEdges) || (numEdges as number) < 0)) {
    issues.push({ path: "numEdges", expected: "an integer of at least 0", got: numEdges });
  }
  if (issues.length > 0) throw InvalidOptionError.of(issues);
}

/** How many values a batch has; null where one of them is not in the space. */
function countContained(space: Space<unknown>, batch: unknown): number | null {
  const items = splitBatch(space, batch);
  return items?.every((item) => space.contains(item)) ? items.length : null;
}

/** Arrays as nested lists, as Gymnasium 1.3 writes them; other kinds as lists by part with one batch each, as 1.4 does. */
function batchToJson(space: Space<unknown>, batch: unknown): Json {
  const json = batchesToJson(space, [batch]);
  return isArraySpace(space) ? (json as readonly Json[])[0]! : json;
}

function batchFromJson(space: Space<unknown>, json: Json, path: string): unknown {
  if (!isArraySpace(space)) return batchesFromJson(space, json, path)[0];
  const { length } = jsonList(json, "a list", path);
  return readJsonArray(json, [length, ...space.shape], batchDtype(space), path);
}
