/** Kubernetes clusters: finding and charging them. @module */
import { hourlyPrice } from "../../infra/catalogue/billing.js";
import { kubernetesNodePool } from "../../infra/resources/kubernetes-node-pool.js";
import { notFound } from "../answer.js";
import type { Call } from "../call.js";
import type { JsonObject } from "../json.js";
import type { PlainRecord } from "../records.js";
import type { World } from "../world.js";
import { charge } from "./bills.js";

/** The cluster that a path names. @throws Refusal */
export function clusterOf({ world, params }: Call): PlainRecord {
  const cluster = world.tables.clusters.get(params.cluster_id!);
  if (cluster === undefined) throw notFound();
  return cluster;
}

/** Charges for a cluster: its highly available control plane and its nodes. */
export function chargeCluster(world: World, cluster: PlainRecord): void {
  const { catalogue } = world;
  const plane = cluster.ha === true ? hourlyPrice(catalogue.prices.kubernetesHaUsdPerMonth) : 0;
  const pools = cluster.node_pools as readonly JsonObject[];
  const nodes = pools.reduce((sum, { size, count }) => {
    const attributes = { size: String(size), node_count: Number(count) };
    return sum + kubernetesNodePool.priceUsdPerHour(attributes, catalogue);
  }, 0);
  charge(world, `do:kubernetes:${cluster.id}`, String(cluster.name), plane + nodes);
}
