/** Load balancers by the API. @module */
import type { ApiClient, Json } from "../api/api-client.js";
import { attributesOf, bodyOf, type FieldNames, type KindApi } from "../kind-api.js";
import type { PlainValue, PlainValues } from "../plain-values.js";
import { certificateIdOf, certificateNameOf } from "./certificate-names.js";

/** `/v2/load_balancers` */
export const loadbalancerApi: KindApi = {
  affects: { droplet_tag: ["droplet_ids"] },
  implied: { network: "EXTERNAL", network_stack: "IPV4", tls_cipher_policy: "DEFAULT" },
  create: async (wanted, api) => {
    const { load_balancer } = await api.post("/v2/load_balancers", await loadbalancerBody(wanted, api));
    return loadbalancerValues(load_balancer as Json, wanted, api);
  },
  read: async (state, api) => {
    const found = await api.find(`/v2/load_balancers/${state.id}`);
    return found && loadbalancerValues(found.load_balancer as Json, state, api);
  },
  isReady: ({ status }) => status === "active",
  update: async ({ id }, wanted, api) => {
    await api.put(`/v2/load_balancers/${id}`, await loadbalancerBody(wanted, api));
  },
  remove: ({ id }, api) => api.delete(`/v2/load_balancers/${id}`),
  removesSlowly: true,
  identity: {
    by: ["name", "region"],
    list: async (wanted, api) => {
      const found = await api.list("/v2/load_balancers", "load_balancers");
      return Promise.all(found.map((json) => loadbalancerValues(json, wanted, api)));
    },
  },
};

const SHARED: FieldNames = [
  "name",
  "size_unit",
  "algorithm",
  "redirect_http_to_https",
  "enable_proxy_protocol",
  "enable_backend_keepalive",
  "disable_lets_encrypt_dns_records",
  "http_idle_timeout_seconds",
  "project_id",
  "vpc_uuid",
  "type",
  "network",
  "network_stack",
  "tls_cipher_policy",
  "target_load_balancer_ids",
];

async function loadbalancerBody(wanted: PlainValues, api: ApiClient): Promise<object> {
  const { droplet_tag, droplet_ids = [], size_unit } = wanted;
  const rules = (wanted.forwarding_rule ?? []) as readonly PlainValues[];
  return {
    ...bodyOf(wanted, SHARED),
    ...bodyOf(wanted, ["region", ["healthcheck", "health_check"], "sticky_sessions", "firewall", "glb_settings"]),
    // The old word for the size says nothing where the number of nodes is known.
    ...(size_unit === undefined && bodyOf(wanted, ["size"])),
    ...(droplet_tag === undefined ? { droplet_ids } : { tag: droplet_tag }),
    ...(wanted.domains !== undefined && { domains: wanted.domains }),
    forwarding_rules: await Promise.all(rules.map((rule) => ruleBody(rule, api))),
  };
}

async function ruleBody(rule: PlainValues, api: ApiClient): Promise<object> {
  const names: FieldNames = ["entry_protocol", "entry_port", "target_protocol", "target_port", "tls_passthrough"];
  const certificate = rule.certificate_name ?? rule.certificate_id;
  if (certificate === undefined || certificate === "") return bodyOf(rule, names);
  return { ...bodyOf(rule, names), certificate_id: await certificateIdOf(String(certificate), api) };
}

async function loadbalancerValues(json: Json, spelling: PlainValues, api: ApiClient): Promise<PlainValues> {
  const region = json.region as { readonly slug?: string } | undefined;
  const rules = (json.forwarding_rules ?? []) as readonly Json[];
  return {
    ...attributesOf(json, SHARED),
    ...attributesOf(json, ["id", "ip", "ipv6", "status", "droplet_ids", ["droplet_tag", "tag"]]),
    ...attributesOf(json, ["sticky_sessions"]),
    ...(json.health_check !== undefined && { healthcheck: healthcheckValues(json.health_check as PlainValues) }),
    ...(spelling.size !== undefined && attributesOf(json, ["size"])),
    ...optionalBlocks(json),
    urn: `do:loadbalancer:${json.id}`,
    ...(region?.slug !== undefined && { region: region.slug }),
    forwarding_rule: await Promise.all(rules.map((rule) => ruleValues(rule, api))),
  };
}

/** A check by connecting has no path, whatever the API says. */
function healthcheckValues(check: PlainValues): PlainValues {
  return check.protocol === "tcp" ? { ...check, path: null } : check;
}

/** Blocks that the API answers empty where there are none. */
function optionalBlocks(json: Json): PlainValues {
  const { firewall, glb_settings, domains } = json as Readonly<Record<string, PlainValues | undefined>>;
  const isSet = (value: PlainValues | undefined): value is PlainValues =>
    value !== undefined && value !== null && Object.values(value).some((member) => member !== null && !isEmpty(member));
  return {
    firewall: isSet(firewall) ? firewall : null,
    glb_settings: isSet(glb_settings) ? glb_settings : null,
    domains: Array.isArray(domains) ? domains : [],
  };
}

function isEmpty(value: PlainValue): boolean {
  return value === "" || value === 0 || (Array.isArray(value) && value.length === 0);
}

async function ruleValues(rule: Json, api: ApiClient): Promise<PlainValues> {
  const id = rule.certificate_id as string | undefined;
  const name = id === undefined || id === "" ? "" : await certificateNameOf(id, api);
  return {
    ...attributesOf(rule, ["entry_protocol", "entry_port", "target_protocol", "target_port"]),
    tls_passthrough: rule.tls_passthrough === true,
    // The provider's certificates have their name for an id, since Let's Encrypt renews the other.
    certificate_id: name,
    certificate_name: name,
  };
}
