/** The kind `digitalocean_loadbalancer`. @module */
import { hourlyPrice } from "../catalogue/billing.js";
import type { Catalogue } from "../catalogue/catalogue.js";
import type { AttributeValues } from "../resource-kind.js";

/** A load balancer of `size_unit` nodes, by default regional and for HTTP. */
export const loadbalancer = {
  type: "digitalocean_loadbalancer",
  layer: "edge",
  schemaVersion: 1,
  attributes: {
    name: { type: "string", mode: "required", minLength: 1 },
    region: { type: "string", mode: "optional", replaces: true, catalogue: "regions" },
    size: { type: "string", mode: "optional", oneOf: ["lb-small", "lb-medium", "lb-large"] },
    size_unit: { type: "number", mode: "optionalComputed", integer: true, min: 1, max: 200 },
    algorithm: {
      type: "string",
      mode: "optional",
      default: "round_robin",
      oneOf: ["round_robin", "least_connections"],
    },
    droplet_ids: {
      type: ["set", "number"],
      mode: "optionalComputed",
      refersTo: ["digitalocean_droplet.id"],
      sameRegion: true,
    },
    droplet_tag: { type: "string", mode: "optional", refersTo: ["digitalocean_tag.id", "digitalocean_tag.name"] },
    redirect_http_to_https: { type: "bool", mode: "optional", default: false },
    enable_proxy_protocol: { type: "bool", mode: "optional", default: false },
    enable_backend_keepalive: { type: "bool", mode: "optional", default: false },
    disable_lets_encrypt_dns_records: { type: "bool", mode: "optional", default: false },
    http_idle_timeout_seconds: { type: "number", mode: "optionalComputed", integer: true, min: 30, max: 600 },
    project_id: { type: "string", mode: "optionalComputed", refersTo: ["digitalocean_project.id"] },
    vpc_uuid: {
      type: "string",
      mode: "optionalComputed",
      replaces: true,
      refersTo: ["digitalocean_vpc.id"],
      sameRegion: true,
    },
    type: {
      type: "string",
      mode: "optionalComputed",
      replaces: true,
      oneOf: ["REGIONAL", "REGIONAL_NETWORK", "GLOBAL"],
    },
    network: { type: "string", mode: "optional", replaces: true, oneOf: ["EXTERNAL", "INTERNAL"] },
    network_stack: { type: "string", mode: "optional", replaces: true, oneOf: ["IPV4", "DUALSTACK"] },
    tls_cipher_policy: { type: "string", mode: "optional", oneOf: ["DEFAULT", "STRONG"] },
    target_load_balancer_ids: {
      type: ["set", "string"],
      mode: "optionalComputed",
      refersTo: ["digitalocean_loadbalancer.id"],
    },
    id: { type: "string", mode: "computed" },
    urn: { type: "string", mode: "computed" },
    ip: { type: "string", mode: "computed" },
    ipv6: { type: "string", mode: "computed" },
    status: { type: "string", mode: "computed" },
  },
  blocks: {
    forwarding_rule: {
      nesting: "set",
      attributes: {
        entry_protocol: {
          type: "string",
          mode: "required",
          oneOf: ["http", "https", "http2", "http3", "tcp", "udp"],
        },
        entry_port: { type: "number", mode: "required", integer: true, min: 1, max: 65535 },
        target_protocol: { type: "string", mode: "required", oneOf: ["http", "https", "http2", "tcp", "udp"] },
        target_port: { type: "number", mode: "required", integer: true, min: 1, max: 65535 },
        certificate_id: { type: "string", mode: "optionalComputed", refersTo: ["digitalocean_certificate.id"] },
        certificate_name: { type: "string", mode: "optionalComputed", refersTo: ["digitalocean_certificate.name"] },
        tls_passthrough: { type: "bool", mode: "optional", default: false },
      },
    },
    healthcheck: {
      nesting: "list",
      max: 1,
      computed: true,
      attributes: {
        protocol: { type: "string", mode: "required", oneOf: ["http", "https", "tcp"] },
        port: { type: "number", mode: "required", integer: true, min: 1, max: 65535 },
        path: { type: "string", mode: "optional", minLength: 1 },
        check_interval_seconds: { type: "number", mode: "optional", default: 10, integer: true, min: 3, max: 300 },
        response_timeout_seconds: { type: "number", mode: "optional", default: 5, integer: true, min: 3, max: 300 },
        unhealthy_threshold: { type: "number", mode: "optional", default: 3, integer: true, min: 2, max: 10 },
        healthy_threshold: { type: "number", mode: "optional", default: 5, integer: true, min: 2, max: 10 },
      },
    },
    sticky_sessions: {
      nesting: "list",
      max: 1,
      computed: true,
      attributes: {
        type: { type: "string", mode: "optional", default: "none", oneOf: ["cookies", "none"] },
        cookie_name: { type: "string", mode: "optional", minLength: 2, maxLength: 40 },
        cookie_ttl_seconds: { type: "number", mode: "optional", integer: true, min: 1 },
      },
    },
    firewall: {
      nesting: "set",
      max: 1,
      computed: true,
      attributes: {
        allow: { type: ["list", "string"], mode: "optional", pattern: "^(?:ip|cidr):" },
        deny: { type: ["list", "string"], mode: "optional", pattern: "^(?:ip|cidr):" },
      },
    },
    domains: {
      nesting: "set",
      computed: true,
      attributes: {
        name: { type: "string", mode: "required", minLength: 1, refersTo: ["digitalocean_domain.name"] },
        is_managed: { type: "bool", mode: "optional", default: false },
        certificate_name: { type: "string", mode: "optionalComputed", refersTo: ["digitalocean_certificate.name"] },
        certificate_id: { type: "string", mode: "computed" },
        verification_error_reasons: { type: ["list", "string"], mode: "computed" },
        ssl_validation_error_reasons: { type: ["list", "string"], mode: "computed" },
      },
    },
    glb_settings: {
      nesting: "list",
      max: 1,
      computed: true,
      attributes: {
        target_protocol: { type: "string", mode: "required", oneOf: ["http", "https"] },
        target_port: { type: "number", mode: "required", oneOf: [80, 443] },
        region_priorities: { type: ["map", "number"], mode: "optional" },
        failover_threshold: { type: "number", mode: "optional", integer: true, min: 1, max: 99 },
      },
      blocks: {
        cdn: {
          nesting: "list",
          max: 1,
          attributes: { is_enabled: { type: "bool", mode: "optional", default: false } },
        },
      },
    },
  },
  readySeconds: { min: 61, median: 80, max: 105 },
  complaint: (attributes: AttributeValues): string | undefined => {
    if (attributes.droplet_ids !== undefined && attributes.droplet_tag !== undefined) {
      return "Expected either droplet_ids or droplet_tag, got both.";
    }
    if (attributes.type !== "GLOBAL" && attributes.region === undefined) return "Expected region to be set.";
    const check = attributes.healthcheck as { readonly protocol: string; readonly path?: string } | undefined;
    if (check === undefined || (check.protocol === "tcp") === (check.path === undefined)) return undefined;
    const expected = check.protocol === "tcp" ? "left out" : "set";
    return `Expected healthcheck.path to be ${expected}, since its protocol is ${check.protocol}.`;
  },
  priceUsdPerHour: (attributes: AttributeValues, { prices }: Catalogue): number => {
    if (attributes.type === "GLOBAL") return hourlyPrice(prices.globalLoadBalancerUsdPerMonth);
    const bySize: Readonly<Record<string, number>> = { "lb-small": 1, "lb-medium": 3, "lb-large": 6 };
    const nodes = (attributes.size_unit as number | undefined) ?? bySize[attributes.size as string] ?? 1;
    const network = attributes.type === "REGIONAL_NETWORK";
    return (
      nodes * hourlyPrice(network ? prices.networkLoadBalancerNodeUsdPerMonth : prices.loadBalancerNodeUsdPerMonth)
    );
  },
} as const;
