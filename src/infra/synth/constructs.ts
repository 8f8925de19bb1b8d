/** Loading of CDKTF and its bindings, on demand: the only place besides the layers' stacks that knows them. @module */
import type { Construct } from "constructs";
import type { KindName } from "../kinds.js";

/** The class of a resource in the bindings, seen without its types: its configuration follows from our declarations. */
export type ResourceClass = new (
  scope: Construct,
  id: string,
  config: Readonly<Record<string, unknown>>,
) => {
  overrideLogicalId(name: string): void;
};

/** What a stack is built from. */
export interface Constructs {
  readonly cdktf: typeof import("cdktf");
  readonly Construct: typeof Construct;
  readonly Provider: typeof import("@cdktf/provider-digitalocean/lib/provider/index.js").DigitaloceanProvider;
  readonly resources: ReadonlyMap<string, ResourceClass>;
}

/** Loads CDKTF and the classes of some kinds. The first time takes a fifth of a second, later ones nothing. */
export async function loadConstructs(kinds: Iterable<string>): Promise<Constructs> {
  const [cdktf, { Construct }, { DigitaloceanProvider: Provider }, ...classes] = await Promise.all([
    import("cdktf"),
    import("constructs"),
    import("@cdktf/provider-digitalocean/lib/provider/index.js"),
    ...[...new Set(kinds)].map(async (kind) => [kind, await loadClass(kind as KindName)] as const),
  ]);
  return { cdktf, Construct, Provider, resources: new Map(classes) };
}

/** By deep path: the bindings' own index loads every service of the provider. */
const LOADERS: Readonly<Record<KindName, () => Promise<object>>> = {
  digitalocean_certificate: () => import("@cdktf/provider-digitalocean/lib/certificate/index.js"),
  digitalocean_container_registry: () => import("@cdktf/provider-digitalocean/lib/container-registry/index.js"),
  digitalocean_database_cluster: () => import("@cdktf/provider-digitalocean/lib/database-cluster/index.js"),
  digitalocean_database_firewall: () => import("@cdktf/provider-digitalocean/lib/database-firewall/index.js"),
  digitalocean_database_user: () => import("@cdktf/provider-digitalocean/lib/database-user/index.js"),
  digitalocean_domain: () => import("@cdktf/provider-digitalocean/lib/domain/index.js"),
  digitalocean_droplet: () => import("@cdktf/provider-digitalocean/lib/droplet/index.js"),
  digitalocean_droplet_autoscale: () => import("@cdktf/provider-digitalocean/lib/droplet-autoscale/index.js"),
  digitalocean_firewall: () => import("@cdktf/provider-digitalocean/lib/firewall/index.js"),
  digitalocean_kubernetes_cluster: () => import("@cdktf/provider-digitalocean/lib/kubernetes-cluster/index.js"),
  digitalocean_kubernetes_node_pool: () => import("@cdktf/provider-digitalocean/lib/kubernetes-node-pool/index.js"),
  digitalocean_loadbalancer: () => import("@cdktf/provider-digitalocean/lib/loadbalancer/index.js"),
  digitalocean_project: () => import("@cdktf/provider-digitalocean/lib/project/index.js"),
  digitalocean_record: () => import("@cdktf/provider-digitalocean/lib/record/index.js"),
  digitalocean_reserved_ip: () => import("@cdktf/provider-digitalocean/lib/reserved-ip/index.js"),
  digitalocean_spaces_bucket: () => import("@cdktf/provider-digitalocean/lib/spaces-bucket/index.js"),
  digitalocean_ssh_key: () => import("@cdktf/provider-digitalocean/lib/ssh-key/index.js"),
  digitalocean_tag: () => import("@cdktf/provider-digitalocean/lib/tag/index.js"),
  digitalocean_volume: () => import("@cdktf/provider-digitalocean/lib/volume/index.js"),
  digitalocean_vpc: () => import("@cdktf/provider-digitalocean/lib/vpc/index.js"),
};

async function loadClass(kind: KindName): Promise<ResourceClass> {
  const module = await LOADERS[kind]();
  const found = Object.values(module).find(
    (member) => (member as { tfResourceType?: string })?.tfResourceType === kind,
  );
  return found as ResourceClass;
}
