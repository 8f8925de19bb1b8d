/** The kind `digitalocean_kubernetes_cluster`: a managed control plane with its first pool of nodes. @module */
import { hourlyPrice } from "../catalogue/billing.js";
import type { Catalogue } from "../catalogue/catalogue.js";
import type { AttributeValues } from "../resource-kind.js";
import { nodePoolComplaint, nodePoolNodes, nodePoolPrice } from "./kubernetes-node-pool.js";

/** A Kubernetes cluster. The plain control plane is free; nodes are priced as droplets. */
export const kubernetesCluster = {
  type: "digitalocean_kubernetes_cluster",
  layer: "app",
  schemaVersion: 3,
  attributes: {
    name: { type: "string", mode: "required", minLength: 1 },
    region: { type: "string", mode: "required", replaces: true, catalogue: "regions" },
    version: { type: "string", mode: "required", minLength: 1 },
    ha: { type: "bool", mode: "optional", default: false },
    auto_upgrade: { type: "bool", mode: "optional" },
    surge_upgrade: { type: "bool", mode: "optional", default: true },
    registry_integration: { type: "bool", mode: "optional", default: false },
    destroy_all_associated_resources: { type: "bool", mode: "optional", default: false },
    kubeconfig_expire_seconds: { type: "number", mode: "optional", integer: true, min: 0 },
    vpc_uuid: {
      type: "string",
      mode: "optionalComputed",
      replaces: true,
      refersTo: ["digitalocean_vpc.id"],
      sameRegion: true,
    },
    cluster_subnet: { type: "string", mode: "optionalComputed", replaces: true, pattern: "^\\d+(\\.\\d+){3}/\\d+$" },
    service_subnet: { type: "string", mode: "optionalComputed", replaces: true, pattern: "^\\d+(\\.\\d+){3}/\\d+$" },
    tags: {
      type: ["set", "string"],
      mode: "optional",
      refersTo: ["digitalocean_tag.id", "digitalocean_tag.name"],
      pattern: "^[a-zA-Z0-9:\\-_]{1,255}$",
    },
    id: { type: "string", mode: "computed" },
    urn: { type: "string", mode: "computed" },
    endpoint: { type: "string", mode: "computed" },
    ipv4_address: { type: "string", mode: "computed" },
    status: { type: "string", mode: "computed" },
    created_at: { type: "string", mode: "computed" },
    updated_at: { type: "string", mode: "computed" },
    kube_config: {
      type: [
        "list",
        [
          "object",
          {
            raw_config: "string",
            host: "string",
            cluster_ca_certificate: "string",
            client_key: "string",
            client_certificate: "string",
            token: "string",
            expires_at: "string",
          },
        ],
      ],
      mode: "computed",
      sensitive: true,
    },
  },
  blocks: {
    node_pool: {
      nesting: "list",
      min: 1,
      max: 1,
      attributes: {
        name: { type: "string", mode: "required", minLength: 1 },
        size: { type: "string", mode: "required", replaces: true, catalogue: "dropletSizes" },
        node_count: { type: "number", mode: "optional", integer: true, min: 0, max: 1000 },
        auto_scale: { type: "bool", mode: "optional", default: false },
        min_nodes: { type: "number", mode: "optional", integer: true, min: 0, max: 1000 },
        max_nodes: { type: "number", mode: "optional", integer: true, min: 1, max: 1000 },
        tags: {
          type: ["set", "string"],
          mode: "optional",
          refersTo: ["digitalocean_tag.id", "digitalocean_tag.name"],
        },
        labels: { type: ["map", "string"], mode: "optional" },
        id: { type: "string", mode: "computed" },
        actual_node_count: { type: "number", mode: "computed" },
        nodes: {
          type: [
            "list",
            [
              "object",
              {
                id: "string",
                name: "string",
                status: "string",
                droplet_id: "string",
                created_at: "string",
                updated_at: "string",
              },
            ],
          ],
          mode: "computed",
        },
      },
      blocks: {
        taint: {
          nesting: "set",
          attributes: {
            key: { type: "string", mode: "required" },
            value: { type: "string", mode: "required" },
            effect: { type: "string", mode: "required", oneOf: ["NoSchedule", "PreferNoSchedule", "NoExecute"] },
          },
        },
      },
    },
    maintenance_policy: {
      nesting: "list",
      max: 1,
      computed: true,
      attributes: {
        day: {
          type: "string",
          mode: "optionalComputed",
          oneOf: ["any", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"],
        },
        start_time: { type: "string", mode: "optionalComputed" },
        duration: { type: "string", mode: "computed" },
      },
    },
    cluster_autoscaler_configuration: {
      nesting: "list",
      attributes: {
        scale_down_utilization_threshold: { type: "number", mode: "optional", min: 0, max: 1 },
        scale_down_unneeded_time: { type: "string", mode: "optional" },
        expanders: { type: ["list", "string"], mode: "optional", oneOf: ["random", "least_waste", "priority"] },
      },
    },
    control_plane_firewall: {
      nesting: "list",
      max: 1,
      computed: true,
      attributes: {
        enabled: { type: "bool", mode: "required" },
        allowed_addresses: { type: ["list", "string"], mode: "required" },
      },
    },
    routing_agent: {
      nesting: "list",
      max: 1,
      computed: true,
      attributes: { enabled: { type: "bool", mode: "required" } },
    },
    amd_gpu_device_plugin: {
      nesting: "list",
      max: 1,
      computed: true,
      attributes: { enabled: { type: "bool", mode: "required" } },
    },
    amd_gpu_device_metrics_exporter_plugin: {
      nesting: "list",
      max: 1,
      computed: true,
      attributes: { enabled: { type: "bool", mode: "required" } },
    },
  },
  timeouts: ["create"],
  readySeconds: { min: 163, median: 240, max: 323 },
  complaint: (attributes: AttributeValues): string | undefined =>
    nodePoolComplaint(attributes.node_pool as AttributeValues, "node_pool."),
  priceUsdPerHour: (attributes: AttributeValues, catalogue: Catalogue): number => {
    const controlPlane = attributes.ha === true ? hourlyPrice(catalogue.prices.kubernetesHaUsdPerMonth) : 0;
    return controlPlane + nodePoolPrice(attributes.node_pool as AttributeValues, catalogue);
  },
  dropletCount: (attributes: AttributeValues): number => nodePoolNodes(attributes.node_pool as AttributeValues).most,
} as const;
