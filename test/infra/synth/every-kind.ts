// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Terraform counts the instances itself
/** One graph with every kind of resource, most of their attributes set, and references of every form. @module */
import { InfraGraph, type Resource, ref, resource } from "../../../src/infra/index.js";

/** The resources of {@link everyKind}. A certificate of one's own is not in it: it needs a key. */
export const everyKindResources: readonly Resource[] = [
  resource("digitalocean_project", "main", {
    name: "everything",
    description: "One of each",
    purpose: "Web Application",
    environment: "Staging",
  }),
  resource("digitalocean_vpc", "main", { name: "everything", region: "fra1", description: "Private" }),
  resource("digitalocean_ssh_key", "main", {
    name: "everything",
    public_key: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ0 key",
  }),
  resource("digitalocean_tag", "main", { name: "everything" }),
  resource("digitalocean_domain", "main", { name: "everything.example" }),
  resource("digitalocean_certificate", "main", {
    name: "everything",
    type: "lets_encrypt",
    domains: [ref("digitalocean_domain.main", "name")],
  }),
  resource("digitalocean_container_registry", "main", {
    name: "everything",
    subscription_tier_slug: "basic",
    region: "fra1",
  }),
  resource("digitalocean_volume", "main", {
    name: "everything",
    region: "fra1",
    size: 10,
    description: "Data",
    initial_filesystem_type: "ext4",
    tags: [ref("digitalocean_tag.main", "id")],
  }),
  resource("digitalocean_droplet", "web", {
    count: 2,
    name: "everything-${count.index}",
    image: "ubuntu-24-04-x64",
    region: "fra1",
    size: "s-1vcpu-1gb",
    backups: true,
    backup_policy: { plan: "daily", hour: 4 },
    ipv6: true,
    monitoring: true,
    ssh_keys: [ref("digitalocean_ssh_key.main", "fingerprint")],
    vpc_uuid: ref("digitalocean_vpc.main", "id"),
    tags: [ref("digitalocean_tag.main", "id")],
    user_data: "#!/bin/sh\necho ${HOME} %{x} $${y} 100%\n",
  }),
  resource("digitalocean_droplet", "data", {
    name: "everything-data",
    image: "debian-12-x64",
    region: "fra1",
    size: "s-1vcpu-2gb",
    vpc_uuid: ref("digitalocean_vpc.main", "id"),
    volume_ids: [ref("digitalocean_volume.main", "id")],
  }),
  resource("digitalocean_droplet_autoscale", "main", {
    name: "everything",
    config: {
      min_instances: 1,
      max_instances: 3,
      target_cpu_utilization: 0.7,
      cooldown_minutes: 5,
    },
    droplet_template: {
      size: "s-1vcpu-1gb",
      region: "fra1",
      image: "ubuntu-24-04-x64",
      ssh_keys: [ref("digitalocean_ssh_key.main", "fingerprint")],
      vpc_uuid: ref("digitalocean_vpc.main", "id"),
      tags: ["everything"],
    },
  }),
  resource("digitalocean_database_cluster", "main", {
    name: "everything",
    engine: "pg",
    version: "17",
    size: "db-s-1vcpu-1gb",
    region: "fra1",
    node_count: 1,
    private_network_uuid: ref("digitalocean_vpc.main", "id"),
    maintenance_window: [{ day: "sunday", hour: "02:00:00" }],
    tags: [ref("digitalocean_tag.main", "id")],
  }),
  resource("digitalocean_database_user", "main", {
    cluster_id: ref("digitalocean_database_cluster.main", "id"),
    name: "app",
  }),
  resource("digitalocean_database_firewall", "main", {
    cluster_id: ref("digitalocean_database_cluster.main", "id"),
    rule: [
      { type: "ip_addr", value: "192.0.2.1" },
      { type: "tag", value: ref("digitalocean_tag.main", "id") },
    ],
  }),
  resource("digitalocean_kubernetes_cluster", "main", {
    name: "everything",
    region: "fra1",
    version: "1.33.1-do.4",
    vpc_uuid: ref("digitalocean_vpc.main", "id"),
    tags: ["everything"],
    maintenance_policy: { day: "sunday", start_time: "04:00" },
    node_pool: { name: "first", size: "s-2vcpu-4gb", node_count: 2, labels: { role: "web" } },
  }),
  resource("digitalocean_kubernetes_node_pool", "second", {
    cluster_id: ref("digitalocean_kubernetes_cluster.main", "id"),
    name: "second",
    size: "s-2vcpu-4gb",
    auto_scale: true,
    min_nodes: 1,
    max_nodes: 3,
    taint: [{ key: "batch", value: "yes", effect: "NoSchedule" }],
  }),
  resource("digitalocean_loadbalancer", "main", {
    name: "everything",
    region: "fra1",
    size_unit: 1,
    vpc_uuid: ref("digitalocean_vpc.main", "id"),
    droplet_ids: [ref("digitalocean_droplet.web", "id"), ref("digitalocean_droplet.data[0]", "id")],
    forwarding_rule: [
      { entry_protocol: "http", entry_port: 80, target_protocol: "http", target_port: 8080 },
      {
        entry_protocol: "https",
        entry_port: 443,
        target_protocol: "http",
        target_port: 8080,
        certificate_name: ref("digitalocean_certificate.main", "name"),
      },
    ],
    healthcheck: { protocol: "tcp", port: 8080 },
    sticky_sessions: { type: "cookies", cookie_name: "lb", cookie_ttl_seconds: 300 },
    firewall: { allow: ["cidr:192.0.2.0/24"] },
  }),
  resource("digitalocean_firewall", "main", {
    name: "everything",
    droplet_ids: [ref("digitalocean_droplet.web", "id")],
    inbound_rule: [
      { protocol: "tcp", port_range: "22", source_addresses: ["192.0.2.0/24"] },
      { protocol: "tcp", port_range: "all", source_load_balancer_uids: [ref("digitalocean_loadbalancer.main", "id")] },
      { protocol: "icmp", source_addresses: ["0.0.0.0/0"] },
    ],
    outbound_rule: [{ protocol: "udp", port_range: "1-65535", destination_addresses: ["0.0.0.0/0", "::/0"] }],
  }),
  resource("digitalocean_reserved_ip", "main", {
    region: "fra1",
    droplet_id: ref("digitalocean_droplet.web[0]", "id"),
  }),
  resource(
    "digitalocean_record",
    "www",
    {
      domain: ref("digitalocean_domain.main", "id"),
      type: "A",
      name: "www",
      value: ref("digitalocean_reserved_ip.main", "ip_address"),
      ttl: 300,
    },
    { layer: "edge" },
  ),
  resource("digitalocean_record", "mail", {
    domain: ref("digitalocean_domain.main", "id"),
    type: "MX",
    name: "@",
    value: "mail.everything.example.",
    priority: 10,
  }),
  resource("digitalocean_spaces_bucket", "main", {
    name: "everything-bucket",
    region: "fra1",
    acl: "private",
    versioning: { enabled: true },
    cors_rule: [{ allowed_methods: ["GET"], allowed_origins: ["https://everything.example"], max_age_seconds: 60 }],
    lifecycle_rule: [{ id: "old", enabled: true, prefix: "logs/", expiration: { days: 30 } }],
  }),
];

/** A graph with every kind, but for some kinds left out with what refers to them. */
export function everyKind(without: readonly string[] = []): InfraGraph {
  return InfraGraph.of(everyKindResources.filter(({ address }) => !without.some((name) => address.startsWith(name))));
}
