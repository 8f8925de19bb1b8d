import { describe, expect, it } from "vitest";
import { listCatalogue } from "../../src/infra/catalogue/catalogue.js";
import { checkAttributes } from "../../src/infra/check-attributes.js";
import { InfraGraph } from "../../src/infra/infra-graph.js";
import { type KindName, kindOf } from "../../src/infra/kinds.js";
import { ref } from "../../src/infra/reference.js";
import { resource } from "../../src/infra/resource.js";

function check(kind: string, attributes: Record<string, unknown>): unknown {
  return checkAttributes(`${kind}.x`, kindOf(kind)!, attributes as never, listCatalogue);
}

const droplet = { name: "x", image: "ubuntu-24-04-x64", size: "s-1vcpu-1gb" };
const rule = { entry_protocol: "http", entry_port: 80, target_protocol: "http", target_port: 8080 };

describe("checkAttributes", () => {
  it("drops null and undefined, so that defaults hold", () => {
    expect(check("digitalocean_droplet", { ...droplet, backups: null, user_data: undefined })).toMatchObject({
      backups: false,
      count: 1,
    });
  });

  it("fills in defaults within blocks and sorts sets of blocks", () => {
    const first = { ...rule, entry_port: 443 };
    const checked = check("digitalocean_loadbalancer", { name: "x", forwarding_rule: [rule, first] });
    const again = check("digitalocean_loadbalancer", { name: "x", forwarding_rule: [first, rule, rule] });
    expect(checked).toEqual(again);
    expect(checked).toMatchObject({
      forwarding_rule: [{ entry_port: 443, tls_passthrough: false }, { entry_port: 80 }],
    });
  });

  it("takes an empty list of blocks for none", () => {
    expect(check("digitalocean_firewall", { name: "x", inbound_rule: [] })).toEqual({ name: "x" });
  });

  it.each<[string, Record<string, unknown>, string]>([
    ["digitalocean_droplet", { ...droplet, siz: "a" }, 'Unknown attribute "siz". Did you mean "size"?'],
    [
      "digitalocean_loadbalancer",
      { name: "x", forwarding_rule: [{ ...rule, entry_prot: 80 }] },
      'Unknown attribute "forwarding_rule[0].entry_prot". Did you mean "entry_port"?',
    ],
    [
      "digitalocean_droplet",
      { ...droplet, vcpus: 2 },
      "Expected vcpus to be left out: it is known only once the resource exists, got 2 (number).",
    ],
    [
      "digitalocean_droplet",
      { image: "x", size: "c-2" },
      "Expected name to be a string of at least 1 characters, got undefined.",
    ],
    [
      "digitalocean_droplet",
      { ...droplet, count: -1 },
      "Expected count to be an integer from 0 to 500, got -1 (number).",
    ],
    [
      "digitalocean_droplet",
      { ...droplet, count: 1.5 },
      "Expected count to be an integer from 0 to 500, got 1.5 (number).",
    ],
    [
      "digitalocean_droplet",
      { ...droplet, backups: "yes" },
      'Expected backups to be true or false, got "yes" (string).',
    ],
    [
      "digitalocean_droplet",
      { ...droplet, tags: "web" },
      'Expected tags to be a list whose values are a string matching ^[a-zA-Z0-9:\\-_]{1,255}$, got "web" (string).',
    ],
    [
      "digitalocean_droplet",
      { ...droplet, tags: ["web", "two words"] },
      'Expected tags[1] to be a string matching ^[a-zA-Z0-9:\\-_]{1,255}$, got "two words" (string).',
    ],
    [
      "digitalocean_droplet",
      { ...droplet, vpc_uuid: ref("digitalocean_tag.a", "id") },
      "Expected vpc_uuid to be a reference to digitalocean_vpc.id, got a reference to digitalocean_tag.a.id.",
    ],
    [
      "digitalocean_droplet",
      { ...droplet, size: ref("digitalocean_tag.a", "id") },
      "Expected size to be a string, got a reference to digitalocean_tag.a.id.",
    ],
    [
      "digitalocean_loadbalancer",
      { name: "x", algorithm: "random" },
      'Expected algorithm to be one of "round_robin", "least_connections", got "random" (string).',
    ],
    [
      "digitalocean_loadbalancer",
      { name: "x", healthcheck: { protocol: "http", port: 0, path: "/" } },
      "Expected healthcheck.port to be an integer from 1 to 65535, got 0 (number).",
    ],
    [
      "digitalocean_loadbalancer",
      { name: "x", healthcheck: [] },
      "Expected healthcheck to be an object of attributes, got [] (array).",
    ],
    [
      "digitalocean_loadbalancer",
      { name: "x", forwarding_rule: rule },
      "Expected forwarding_rule to be a list of objects, got an object of Object.",
    ],
    ["digitalocean_database_firewall", { cluster_id: "x" }, "Expected rule to be a list of objects, got undefined."],
    [
      "digitalocean_database_firewall",
      { cluster_id: "x", rule: [] },
      "Expected rule to be a list of at least 1 objects, got [] (array).",
    ],
    ["digitalocean_droplet_autoscale", { name: "x" }, "Expected config to be an object, got undefined."],
    [
      "digitalocean_kubernetes_node_pool",
      { cluster_id: "x", name: "x", size: "c-2", labels: { a: 1 } },
      "Expected labels.a to be a string, got 1 (number).",
    ],
  ])("refuses %s %j", (kind, attributes, message) => {
    expect(() => check(kind, attributes)).toThrow(`${kind}.x: ${message}`);
  });
});

describe("complaint", () => {
  it.each<[KindName, Record<string, unknown>, string]>([
    [
      "digitalocean_loadbalancer",
      { name: "x", region: "fra1", droplet_tag: "web", droplet_ids: [1] },
      "Expected either droplet_ids or droplet_tag, got both.",
    ],
    ["digitalocean_loadbalancer", { name: "x" }, "Expected region to be set."],
    [
      "digitalocean_loadbalancer",
      { name: "x", region: "fra1", healthcheck: { protocol: "http", port: 80 } },
      "Expected healthcheck.path to be set, since its protocol is http.",
    ],
    [
      "digitalocean_record",
      { domain: "a.example", type: "MX", name: "@", value: "mail.a.example." },
      "Expected priority to be set, since type is MX.",
    ],
    [
      "digitalocean_certificate",
      { name: "x", type: "lets_encrypt" },
      'Expected domains to be set, since type is "lets_encrypt".',
    ],
    [
      "digitalocean_droplet",
      { ...droplet, backup_policy: { plan: "daily" } },
      "Expected backups to be true, since there is a backup_policy.",
    ],
    [
      "digitalocean_database_cluster",
      { name: "x", engine: "pg", size: "db-s-1vcpu-1gb", region: "fra1", node_count: 1 },
      'Expected version to be set, such as "17" for engine "pg".',
    ],
    [
      "digitalocean_droplet_autoscale",
      {
        name: "x",
        config: { min_instances: 3, max_instances: 2 },
        droplet_template: { size: "c-2", region: "fra1", image: "x", ssh_keys: [] },
      },
      "Expected config.min_instances to be at most max_instances (2), got 3.",
    ],
    [
      "digitalocean_kubernetes_cluster",
      { name: "x", region: "fra1", version: "1.33", node_pool: { name: "x", size: "c-2", auto_scale: true } },
      "Expected node_pool.min_nodes and node_pool.max_nodes to be set, since auto_scale is true.",
    ],
  ])("of %s refuses %j", (kind, attributes, message) => {
    const make = (): InfraGraph => InfraGraph.of([resource(kind, "x", attributes as never)]);
    expect(make).toThrow(`${kind}.x: ${message}`);
  });
});
