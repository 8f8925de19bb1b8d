/** Node pools of Kubernetes clusters. @module */
import { kubernetesNodePool } from "../../infra/resources/kubernetes-node-pool.js";
import { accepted, created, done, notFound, unprocessable } from "../answer.js";
import type { Call, Handlers, Transitions } from "../call.js";
import {
  flagField,
  integerField,
  objectsField,
  optionalInteger,
  optionalObject,
  textField,
  textsField,
} from "../fields.js";
import type { JsonObject } from "../json.js";
import type { PlainRecord } from "../records.js";
import type { World } from "../world.js";
import { checkSize } from "./checks.js";
import { chargeCluster, clusterOf } from "./cluster-records.js";

/** Most nodes of a pool. @see https://docs.digitalocean.com/products/kubernetes/details/limits/ (November 2026) */
const LARGEST_POOL = 512;

/** A node pool as it is kept within its cluster. */
export interface NodePool extends JsonObject {
  readonly id: string;
  readonly name: string;
  readonly size: string;
  readonly count: number;
  readonly nodes: readonly Node[];
}

interface Node extends JsonObject {
  readonly id: string;
  readonly name: string;
  readonly status: { readonly state: string };
}

/** Operations on node pools. */
export const nodePoolHandlers: Handlers = {
  kubernetes_list_nodePools: (call) => done({ node_pools: clusterOf(call).node_pools }),
  kubernetes_add_nodePool: (call) => {
    const { world } = call;
    const cluster = clusterOf(call);
    const pool = newPool(world, call.body);
    if (poolsOf(cluster).some(({ name }) => name === pool.name))
      throw unprocessable("node pool name is already in use");
    replacePools(world, cluster, [...poolsOf(cluster), pool]);
    provision(world, cluster, pool);
    return created({ node_pool: pool });
  },
  kubernetes_get_nodePool: (call) => done({ node_pool: poolOf(call, clusterOf(call)) }),
  kubernetes_update_nodePool: (call) => {
    const { world } = call;
    const cluster = clusterOf(call);
    const old = poolOf(call, cluster);
    const count = optionalInteger(call.body, "count") ?? old.count;
    const pool = resized(world, {
      ...old,
      ...settingsOf({ ...old, ...call.body, count }),
      id: old.id,
      nodes: old.nodes,
    });
    replacePool(world, cluster, pool);
    provision(world, cluster, pool);
    return accepted({ node_pool: pool });
  },
  kubernetes_delete_nodePool: (call) => {
    const cluster = clusterOf(call);
    const pool = poolOf(call, cluster);
    if (poolsOf(cluster).length === 1) throw unprocessable("a cluster must have at least one node pool");
    replacePools(
      call.world,
      cluster,
      poolsOf(cluster).filter((other) => other !== pool),
    );
    return done();
  },
  kubernetes_delete_node: (call) => {
    const { world, params, query } = call;
    const cluster = clusterOf(call);
    const pool = poolOf(call, cluster);
    if (!pool.nodes.some(({ id }) => id === params.node_id)) throw notFound();
    const nodes = pool.nodes.filter(({ id }) => id !== params.node_id);
    const count = query.get("replace") === "1" ? pool.count : nodes.length;
    const next = resized(world, { ...pool, count, nodes });
    replacePool(world, cluster, next);
    provision(world, cluster, next);
    return accepted();
  },
  kubernetes_recycle_node_pool: (call) => {
    const { world } = call;
    const cluster = clusterOf(call);
    const pool = poolOf(call, cluster);
    const named = textsField(call.body, "nodes");
    const nodes = pool.nodes.filter(({ id }) => named.length > 0 && !named.includes(id));
    const next = resized(world, { ...pool, nodes });
    replacePool(world, cluster, next);
    provision(world, cluster, next);
    return accepted();
  },
};

/** Transitions of node pools. The subject is the ids of cluster and pool. */
export const nodePoolTransitions: Transitions = {
  "node_pool.running": (world, subject) => {
    const [clusterId, poolId] = subject.split(" ");
    const cluster = world.tables.clusters.peek(clusterId!);
    const pool = cluster && poolsOf(cluster).find(({ id }) => id === poolId);
    if (cluster === undefined || pool === undefined) return;
    const nodes = pool.nodes.map((node) => ({ ...node, status: { state: "running" }, updated_at: world.timestamp }));
    replacePool(world, cluster, { ...pool, nodes });
  },
};

/** A pool as a request describes it, with its nodes. @throws Refusal */
export function newPool(world: World, body: JsonObject): NodePool {
  const settings = settingsOf(body);
  const size = checkSize(world, textField(body, "size"));
  return resized(world, { id: world.identity.uuid(), size, ...settings, nodes: [] });
}

/** The pools of a cluster. */
export function poolsOf(cluster: PlainRecord): NodePool[] {
  return cluster.node_pools as unknown as NodePool[];
}

/** Begins to start the nodes that do not run yet. */
export function provision(world: World, cluster: PlainRecord, pool: NodePool): void {
  if (pool.nodes.every(({ status }) => status.state === "running")) return;
  world.after(world.drawSeconds(kubernetesNodePool.readySeconds), "node_pool.running", `${cluster.id} ${pool.id}`);
}

function settingsOf(body: JsonObject): Omit<NodePool, "id" | "size" | "nodes"> & { name: string; count: number } {
  const name = textField(body, "name");
  const count = integerField(body, "count");
  const autoScale = flagField(body, "auto_scale");
  const min = optionalInteger(body, "min_nodes") ?? 0;
  const max = optionalInteger(body, "max_nodes") ?? 0;
  if (count < 0 || count > LARGEST_POOL) throw unprocessable(`count must be from 0 to ${LARGEST_POOL}.`);
  if (autoScale && (max < 1 || min > max)) throw unprocessable("max_nodes must be at least 1 and not below min_nodes.");
  return {
    name,
    count: autoScale ? Math.min(Math.max(count, min), max) : count,
    tags: textsField(body, "tags"),
    labels: optionalObject(body, "labels") ?? {},
    taints: objectsField(body, "taints"),
    auto_scale: autoScale,
    min_nodes: min,
    max_nodes: max,
  };
}

/** The pool with as many nodes as its count says: the newest go first. */
function resized(world: World, pool: NodePool): NodePool {
  const nodes = pool.nodes.slice(0, pool.count);
  while (nodes.length < pool.count) {
    nodes.push({
      id: world.identity.uuid(),
      name: `${pool.name}-${world.identity.hex(5)}`,
      status: { state: "provisioning" },
      droplet_id: String(world.identity.integer()),
      created_at: world.timestamp,
      updated_at: world.timestamp,
    });
  }
  return { ...pool, nodes };
}

function poolOf({ params }: Call, cluster: PlainRecord): NodePool {
  const pool = poolsOf(cluster).find(({ id }) => id === params.node_pool_id);
  if (pool === undefined) throw notFound();
  return pool;
}

function replacePool(world: World, cluster: PlainRecord, pool: NodePool): void {
  replacePools(
    world,
    cluster,
    poolsOf(cluster).map((other) => (other.id === pool.id ? pool : other)),
  );
}

function replacePools(world: World, cluster: PlainRecord, pools: readonly NodePool[]): void {
  cluster.node_pools = pools;
  cluster.updated_at = world.timestamp;
  chargeCluster(world, cluster);
}
