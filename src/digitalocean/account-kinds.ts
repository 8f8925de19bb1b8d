/** What an account may hold: how each kind is listed and deleted, in the order in which it can be. @module */
import type { DotsClient, ListPage, PageQuery } from "./dots.js";

/** Something in an account. */
export interface AccountResource {
  /** Such as `droplet`. */
  readonly kind: string;
  readonly id: string;
  readonly name: string;
  readonly tags: readonly string[];
  /** For a reserved IP: id of the droplet that has it; else empty. */
  readonly dropletId: string;
}

/** One kind. */
export interface AccountKind {
  readonly kind: string;
  /** Key of the list in an answer. */
  readonly key: string;
  /** Field that identifies one. @defaultValue "id" */
  readonly id?: "id" | "name" | "ip";
  /** Field that holds the account's own, which cannot be deleted. */
  readonly ownField?: string;
  list(client: DotsClient, page: PageQuery): Promise<ListPage | undefined>;
  remove(client: DotsClient, id: string): Promise<unknown>;
}

/** Without this header, operations that destroy many things at once are refused. */
const DANGEROUS = { headers: { "X-Dangerous": "true" } };

/** All kinds a run may leave behind. What holds others comes before them, what others stand in after them. */
export const ACCOUNT_KINDS: readonly AccountKind[] = [
  {
    kind: "droplet autoscale pool",
    key: "autoscalePools",
    list: ({ v2 }, queryParameters) => v2.droplets.autoscale.get({ queryParameters }),
    remove: ({ v2 }, id) => v2.droplets.autoscale.byAutoscale_pool_id(id).dangerous.delete(DANGEROUS),
  },
  {
    kind: "Kubernetes cluster",
    key: "kubernetesClusters",
    list: ({ v2 }, queryParameters) => v2.kubernetes.clusters.get({ queryParameters }),
    remove: ({ v2 }, id) =>
      v2.kubernetes.clusters.byCluster_id(id).destroy_with_associated_resources.dangerous.delete(DANGEROUS),
  },
  {
    kind: "load balancer",
    key: "loadBalancers",
    list: ({ v2 }, queryParameters) => v2.load_balancers.get({ queryParameters }),
    remove: ({ v2 }, id) => v2.load_balancers.byLb_id(id).delete(),
  },
  {
    kind: "firewall",
    key: "firewalls",
    list: ({ v2 }, queryParameters) => v2.firewalls.get({ queryParameters }),
    remove: ({ v2 }, id) => v2.firewalls.byFirewall_id(id).delete(),
  },
  {
    kind: "reserved IP",
    key: "reservedIps",
    id: "ip",
    list: ({ v2 }, queryParameters) => v2.reserved_ips.get({ queryParameters }),
    remove: ({ v2 }, id) => v2.reserved_ips.byReserved_ip(id).delete(),
  },
  {
    kind: "droplet",
    key: "droplets",
    list: ({ v2 }, queryParameters) => v2.droplets.get({ queryParameters }),
    remove: ({ v2 }, id) => v2.droplets.byDroplet_id(Number(id)).delete(),
  },
  {
    kind: "database cluster",
    key: "databases",
    list: ({ v2 }, queryParameters) => v2.databases.get({ queryParameters }),
    remove: ({ v2 }, id) => v2.databases.byDatabase_cluster_uuid(id).delete(),
  },
  {
    kind: "volume",
    key: "volumes",
    list: ({ v2 }, queryParameters) => v2.volumes.get({ queryParameters }),
    remove: ({ v2 }, id) => v2.volumes.byVolume_id(id).delete(),
  },
  {
    kind: "snapshot",
    key: "snapshots",
    list: ({ v2 }, queryParameters) => v2.snapshots.get({ queryParameters }),
    remove: ({ v2 }, id) => v2.snapshots.bySnapshot_id(id).delete(),
  },
  {
    kind: "domain",
    key: "domains",
    id: "name",
    list: ({ v2 }, queryParameters) => v2.domains.get({ queryParameters }),
    remove: ({ v2 }, id) => v2.domains.byDomain_name(id).delete(),
  },
  {
    kind: "certificate",
    key: "certificates",
    list: ({ v2 }, queryParameters) => v2.certificates.get({ queryParameters }),
    remove: ({ v2 }, id) => v2.certificates.byCertificate_id(id).delete(),
  },
  {
    kind: "container registry",
    key: "registries",
    id: "name",
    list: ({ v2 }, queryParameters) => v2.registries.get({ queryParameters }),
    remove: ({ v2 }, id) => v2.registries.byRegistry_name(id).delete(),
  },
  {
    kind: "SSH key",
    key: "sshKeys",
    list: ({ v2 }, queryParameters) => v2.account.keys.get({ queryParameters }),
    remove: ({ v2 }, id) => v2.account.keys.bySsh_key_identifier(Number(id)).delete(),
  },
  {
    kind: "project",
    key: "projects",
    ownField: "isDefault",
    list: ({ v2 }, queryParameters) => v2.projects.get({ queryParameters }),
    remove: ({ v2 }, id) => v2.projects.byProject_id(id).delete(),
  },
  {
    kind: "VPC",
    key: "vpcs",
    ownField: "defaultEscaped",
    list: ({ v2 }, queryParameters) => v2.vpcs.get({ queryParameters }),
    remove: ({ v2 }, id) => v2.vpcs.byVpc_id(id).delete(),
  },
  {
    kind: "tag",
    key: "tags",
    id: "name",
    list: ({ v2 }, queryParameters) => v2.tags.get({ queryParameters }),
    remove: ({ v2 }, id) => v2.tags.byTag_id(id).delete(),
  },
];

/** What a page of a list holds; the account's own left out. */
export function resourcesIn({ kind, key, id = "id", ownField }: AccountKind, page: ListPage): AccountResource[] {
  return ((page[key] as readonly Readonly<Record<string, unknown>>[] | undefined) ?? [])
    .filter((item) => ownField === undefined || item[ownField] !== true)
    .map((item) => ({
      kind,
      id: String(item[id]),
      name: String(item.name ?? item.ip ?? ""),
      tags: Array.isArray(item.tags) ? item.tags.map(String) : [],
      dropletId: String((item.droplet as { readonly id?: number } | null | undefined)?.id ?? ""),
    }));
}
