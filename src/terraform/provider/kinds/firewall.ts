/** Firewalls by the API. @module */
import type { Json } from "../api/api-client.js";
import { attributesOf, bodyOf, type KindApi } from "../kind-api.js";
import type { PlainValue, PlainValues } from "../plain-values.js";

/** `/v2/firewalls` */
export const firewallApi: KindApi = {
  affects: {
    droplet_ids: ["status", "pending_changes"],
    tags: ["status", "pending_changes"],
    inbound_rule: ["status", "pending_changes"],
    outbound_rule: ["status", "pending_changes"],
  },
  create: async (wanted, api) =>
    firewallValues((await api.post("/v2/firewalls", firewallBody(wanted))).firewall as Json, wanted),
  read: async (state, api) => {
    const found = await api.find(`/v2/firewalls/${state.id}`);
    return found && firewallValues(found.firewall as Json, state);
  },
  update: async ({ id }, wanted, api) => {
    await api.put(`/v2/firewalls/${id}`, firewallBody(wanted));
  },
  remove: ({ id }, api) => api.delete(`/v2/firewalls/${id}`),
  identity: {
    by: ["name"],
    list: async (wanted, api) =>
      (await api.list("/v2/firewalls", "firewalls")).map((found) => firewallValues(found, wanted)),
  },
};

/** What a rule says of the other side, by attribute without its prefix. */
const PEERS = ["addresses", "droplet_ids", "load_balancer_uids", "kubernetes_ids", "tags"] as const;

/** The API's word for all ports; it stands in rules without ports, too. */
const ALL_PORTS = "0";

interface Direction {
  readonly block: "inbound_rule" | "outbound_rule";
  readonly field: "inbound_rules" | "outbound_rules";
  readonly prefix: "source" | "destination";
  readonly peers: "sources" | "destinations";
}

const DIRECTIONS: readonly Direction[] = [
  { block: "inbound_rule", field: "inbound_rules", prefix: "source", peers: "sources" },
  { block: "outbound_rule", field: "outbound_rules", prefix: "destination", peers: "destinations" },
];

function firewallBody(wanted: PlainValues): object {
  const rules = DIRECTIONS.map(({ block, field, prefix, peers }) => {
    const items = (wanted[block] ?? []) as readonly PlainValues[];
    const body = items.map((rule) => ({
      protocol: rule.protocol,
      ports: rule.port_range === undefined || rule.port_range === "all" ? ALL_PORTS : rule.port_range,
      [peers]: bodyOf(
        rule,
        PEERS.map((name) => [`${prefix}_${name}`, name] as const),
      ),
    }));
    return [field, body] as const;
  });
  const { name, droplet_ids = [], tags = [] } = wanted;
  return { name, droplet_ids, tags, ...Object.fromEntries(rules) };
}

function firewallValues(firewall: Json, spelling: PlainValues): PlainValues {
  const rules = DIRECTIONS.map(({ block, field, prefix, peers }) => {
    const items = (firewall[field] ?? []) as readonly Json[];
    const earlier = (spelling[block] ?? []) as readonly PlainValues[];
    return [block, items.map((rule) => ruleValues(rule, rule[peers] as Json, prefix, earlier))] as const;
  });
  return {
    ...attributesOf(firewall, ["id", "name", "status", "created_at", "droplet_ids", "tags", "pending_changes"]),
    ...Object.fromEntries(rules),
  };
}

function ruleValues(
  { protocol, ports }: Json,
  peers: Json,
  prefix: string,
  earlier: readonly PlainValues[],
): PlainValues {
  const values: Record<string, PlainValue> = { protocol: protocol as string };
  for (const name of PEERS) {
    const value = peers?.[name] as PlainValue | undefined;
    if (value !== undefined) values[`${prefix}_${name}`] = value;
  }
  const range = protocol === "icmp" && ports === ALL_PORTS ? undefined : (ports as string | undefined);
  if (range === undefined || range === "") return values;
  // The API has one word for all ports; Terraform's configurations have three.
  const alike = earlier.find((rule) => rule.protocol === protocol && isAll(rule.port_range) && isAll(range));
  return { ...values, port_range: alike === undefined ? spelled(range) : alike.port_range! };
}

function isAll(range: PlainValue | undefined): boolean {
  return range === "all" || range === ALL_PORTS || range === "1-65535";
}

function spelled(range: string): string {
  return range === ALL_PORTS ? "all" : range;
}
