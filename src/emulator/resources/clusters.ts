/** Kubernetes clusters. @module */
import { kubernetesCluster } from "../../infra/resources/kubernetes-cluster.js";
import { type Answer, accepted, conflict, created, done, notFound, unprocessable } from "../answer.js";
import type { Call, Handlers, Transitions } from "../call.js";
import { timestamp } from "../emulator-time.js";
import { flagField, objectsField, optionalObject, optionalText, textField, textsField } from "../fields.js";
import type { JsonObject } from "../json.js";
import { listed } from "../page.js";
import type { PlainRecord } from "../records.js";
import type { World } from "../world.js";
import { stopCharging } from "./bills.js";
import { checkRegion } from "./checks.js";
import { chargeCluster, clusterOf } from "./cluster-records.js";
import { newPool, poolsOf, provision } from "./node-pools.js";
import { ensureTags } from "./tag-records.js";
import { vpcFor } from "./vpc-records.js";

/** Versions on offer, oldest first. */
const VERSIONS = ["1.31.9-do.5", "1.32.5-do.5", "1.33.1-do.4"] as const;
const FEATURES = ["cluster-autoscaler", "docr-integration", "ha-control-plane", "token-authentication"];
const WEEK_SECONDS = 7 * 86_400;
/** Settings that are kept as they were given. */
const SETTINGS = [
  "control_plane_firewall",
  "cluster_autoscaler_configuration",
  "sso",
  "routing_agent",
  "p2p_oci_registry_plugin",
  "amd_gpu_device_plugin",
  "amd_gpu_device_metrics_exporter_plugin",
  "nvidia_gpu_device_plugin",
  "rdma_shared_dev_plugin",
  "coredns_autoscaler",
];

/** Operations on clusters. */
export const clusterHandlers: Handlers = {
  kubernetes_list_clusters: (call) =>
    listed(call, "kubernetes_clusters", call.world.tables.clusters.list(), clusterView),
  kubernetes_create_cluster: create,
  kubernetes_get_cluster: (call) => done({ kubernetes_cluster: clusterView(clusterOf(call)) }),
  kubernetes_update_cluster: (call) => {
    const { world, body } = call;
    const cluster = clusterOf(call);
    if (cluster.ha === true && body.ha === false) throw unprocessable("high availability cannot be turned off");
    Object.assign(cluster, { name: textField(body, "name"), updated_at: world.timestamp }, settingsIn(body));
    if (body.tags !== undefined) cluster.tags = ownTags(String(cluster.id), textsField(body, "tags"));
    chargeCluster(world, cluster);
    return accepted({ kubernetes_cluster: clusterView(cluster) });
  },
  kubernetes_delete_cluster: (call) => remove(call.world, clusterOf(call)),
  kubernetes_list_associatedResources: (call) => {
    clusterOf(call);
    return done({ load_balancers: [], volumes: [], volume_snapshots: [] });
  },
  kubernetes_destroy_associatedResourcesSelective: (call) => remove(call.world, clusterOf(call)),
  kubernetes_destroy_associatedResourcesDangerous: (call) => remove(call.world, clusterOf(call)),
  kubernetes_get_availableUpgrades: (call) => {
    const cluster = clusterOf(call);
    const newer = VERSIONS.slice(VERSIONS.indexOf(cluster.version as (typeof VERSIONS)[number]) + 1);
    return done({ available_upgrade_versions: newer.map(versionView) });
  },
  kubernetes_upgrade_cluster: (call) => {
    const cluster = clusterOf(call);
    const version = knownVersion(textField(call.body, "version"));
    if (VERSIONS.indexOf(version) <= VERSIONS.indexOf(cluster.version as (typeof VERSIONS)[number])) {
      throw unprocessable("version must be newer than the cluster's.");
    }
    cluster.version = version;
    cluster.status = { state: "upgrading", message: "" };
    call.world.after(call.world.drawSeconds(kubernetesCluster.readySeconds), "cluster.running", cluster.id);
    return accepted();
  },
};

/** Transitions of clusters. */
export const clusterTransitions: Transitions = {
  "cluster.running": (world, id) => {
    const cluster = world.tables.clusters.peek(id);
    if (cluster === undefined) return;
    cluster.status = { state: "running", message: "" };
    cluster.updated_at = world.timestamp;
  },
};

/** A version on offer as the API shows it. */
export function versionView(slug: string): JsonObject {
  return { slug, kubernetes_version: slug.replace(/-do.*/, ""), supported_features: FEATURES };
}

/** The versions on offer, newest first. */
export function clusterVersions(): string[] {
  return [...VERSIONS].reverse();
}

/** When credentials of a cluster end. */
export function credentialsEnd(world: World): string {
  return timestamp(world.time.now() + WEEK_SECONDS);
}

/** A cluster as the API shows it: without what lint found. */
function clusterView({ lint: _, ...cluster }: PlainRecord): JsonObject {
  return cluster as JsonObject;
}

function create(call: Call): Answer {
  const { world, body } = call;
  const name = textField(body, "name");
  for (const other of world.tables.clusters.all()) {
    if (other.name === name) throw unprocessable("a cluster with this name already exists");
  }
  const region = checkRegion(world, textField(body, "region"));
  const version = knownVersion(textField(body, "version"));
  const pools = objectsField(body, "node_pools").map((pool) => newPool(world, pool));
  if (pools.length === 0) throw unprocessable("node_pools is required.");
  const tags = textsField(body, "tags");
  ensureTags(world, tags);
  const id = world.identity.uuid();
  const cluster: PlainRecord = world.tables.clusters.add({
    id,
    name,
    region,
    version,
    cluster_subnet: optionalText(body, "cluster_subnet") || "10.244.0.0/16",
    service_subnet: optionalText(body, "service_subnet") || "10.245.0.0/16",
    vpc_uuid: vpcFor(world, region, optionalText(body, "vpc_uuid")).id,
    ipv4: world.identity.address(),
    endpoint: `https://${id}.k8s.ondigitalocean.com`,
    tags: ownTags(id, tags),
    node_pools: pools,
    maintenance_policy: { start_time: "4:00", duration: "4h0m0s", day: "any" },
    auto_upgrade: false,
    surge_upgrade: true,
    isolated_workers: flagField(body, "isolated_workers"),
    ha: false,
    ...settingsIn(body),
    status: { state: "provisioning", message: "provisioning" },
    created_at: world.timestamp,
    updated_at: world.timestamp,
    registry_enabled: false,
    registries: [],
  });
  world.after(world.drawSeconds(kubernetesCluster.readySeconds), "cluster.running", id);
  for (const pool of poolsOf(cluster)) provision(world, cluster, pool);
  chargeCluster(world, cluster);
  return created({ kubernetes_cluster: clusterView(cluster) });
}

/** Settings that a request gives; those it leaves out are not among them. */
function settingsIn(body: JsonObject): JsonObject {
  const settings: Record<string, JsonObject[string]> = {};
  const policy = optionalObject(body, "maintenance_policy");
  if (policy !== undefined)
    settings.maintenance_policy = { start_time: "4:00", day: "any", ...policy, duration: "4h0m0s" };
  for (const name of ["auto_upgrade", "surge_upgrade", "ha"])
    if (body[name] !== undefined) settings[name] = flagField(body, name);
  for (const name of SETTINGS) if (body[name] !== undefined) settings[name] = optionalObject(body, name) ?? null;
  return settings;
}

/** The provider adds tags of its own. */
function ownTags(id: string, tags: readonly string[]): string[] {
  return [...new Set(["k8s", `k8s:${id}`, ...tags])];
}

function knownVersion(text: string): (typeof VERSIONS)[number] {
  if (text === "latest") return VERSIONS.at(-1)!;
  const version = VERSIONS.find((known) => known === text) ?? VERSIONS.find((known) => known.startsWith(`${text}.`));
  if (version === undefined) throw unprocessable(`invalid version slug; known: ${VERSIONS.join(", ")}`);
  return version;
}

function remove(world: World, cluster: PlainRecord): Answer {
  if ((cluster.status as JsonObject).state === "upgrading") throw conflict("the cluster is being upgraded");
  if (!world.tables.clusters.delete(cluster.id)) throw notFound();
  world.tables.assignments.delete(`do:kubernetes:${cluster.id}`);
  stopCharging(world, `do:kubernetes:${cluster.id}`);
  return done();
}
