/** All resource kinds by the provider's name. A new kind is one new file in `resources/` and its line here. @module */
import type { AttributesOf, ResourceKind } from "./resource-kind.js";
import { certificate } from "./resources/certificate.js";
import { containerRegistry } from "./resources/container-registry.js";
import { databaseCluster } from "./resources/database-cluster.js";
import { databaseFirewall } from "./resources/database-firewall.js";
import { databaseUser } from "./resources/database-user.js";
import { domain } from "./resources/domain.js";
import { droplet } from "./resources/droplet.js";
import { dropletAutoscale } from "./resources/droplet-autoscale.js";
import { firewall } from "./resources/firewall.js";
import { kubernetesCluster } from "./resources/kubernetes-cluster.js";
import { kubernetesNodePool } from "./resources/kubernetes-node-pool.js";
import { loadbalancer } from "./resources/loadbalancer.js";
import { project } from "./resources/project.js";
import { record } from "./resources/record.js";
import { reservedIp } from "./resources/reserved-ip.js";
import { spacesBucket } from "./resources/spaces-bucket.js";
import { sshKey } from "./resources/ssh-key.js";
import { tag } from "./resources/tag.js";
import { volume } from "./resources/volume.js";
import { vpc } from "./resources/vpc.js";

// The declarations are bare `as const`: types of exports must be readable from one file alone, which rules `satisfies` out.
// That each is a ResourceKind is checked in kindOf.

/** The declarations by kind. */
export interface ResourceKinds {
  readonly digitalocean_certificate: typeof certificate;
  readonly digitalocean_container_registry: typeof containerRegistry;
  readonly digitalocean_database_cluster: typeof databaseCluster;
  readonly digitalocean_database_firewall: typeof databaseFirewall;
  readonly digitalocean_database_user: typeof databaseUser;
  readonly digitalocean_domain: typeof domain;
  readonly digitalocean_droplet: typeof droplet;
  readonly digitalocean_droplet_autoscale: typeof dropletAutoscale;
  readonly digitalocean_firewall: typeof firewall;
  readonly digitalocean_kubernetes_cluster: typeof kubernetesCluster;
  readonly digitalocean_kubernetes_node_pool: typeof kubernetesNodePool;
  readonly digitalocean_loadbalancer: typeof loadbalancer;
  readonly digitalocean_project: typeof project;
  readonly digitalocean_record: typeof record;
  readonly digitalocean_reserved_ip: typeof reservedIp;
  readonly digitalocean_spaces_bucket: typeof spacesBucket;
  readonly digitalocean_ssh_key: typeof sshKey;
  readonly digitalocean_tag: typeof tag;
  readonly digitalocean_volume: typeof volume;
  readonly digitalocean_vpc: typeof vpc;
}

/** Name of a resource kind, such as `digitalocean_droplet`. */
export type KindName = keyof ResourceKinds;
/** What may be said about a resource of kind `K`; follows from its declaration. */
export type AttributesFor<K extends KindName> = AttributesOf<ResourceKinds[K]>;

/** The declarations by kind. */
export const resourceKinds: ResourceKinds = {
  digitalocean_certificate: certificate,
  digitalocean_container_registry: containerRegistry,
  digitalocean_database_cluster: databaseCluster,
  digitalocean_database_firewall: databaseFirewall,
  digitalocean_database_user: databaseUser,
  digitalocean_domain: domain,
  digitalocean_droplet: droplet,
  digitalocean_droplet_autoscale: dropletAutoscale,
  digitalocean_firewall: firewall,
  digitalocean_kubernetes_cluster: kubernetesCluster,
  digitalocean_kubernetes_node_pool: kubernetesNodePool,
  digitalocean_loadbalancer: loadbalancer,
  digitalocean_project: project,
  digitalocean_record: record,
  digitalocean_reserved_ip: reservedIp,
  digitalocean_spaces_bucket: spacesBucket,
  digitalocean_ssh_key: sshKey,
  digitalocean_tag: tag,
  digitalocean_volume: volume,
  digitalocean_vpc: vpc,
};

/** The declaration of a kind by its name, or undefined where there is none. */
export function kindOf(name: string): ResourceKind | undefined {
  return Object.hasOwn(resourceKinds, name) ? resourceKinds[name as KindName] : undefined;
}
