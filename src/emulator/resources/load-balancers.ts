/** Load balancers. @module */
import { loadbalancer as loadBalancerKind } from "../../infra/resources/loadbalancer.js";
import { type Answer, accepted, done, notFound, unprocessable } from "../answer.js";
import type { Call, Handlers, Transitions } from "../call.js";
import {
  integerField,
  integersField,
  objectsField,
  optionalInteger,
  optionalObject,
  optionalText,
  optionalWord,
  textField,
} from "../fields.js";
import type { JsonObject } from "../json.js";
import { listed } from "../page.js";
import type { LoadBalancerRecord } from "../records.js";
import type { World } from "../world.js";
import { charge, stopCharging } from "./bills.js";
import { regionView } from "./catalogue-views.js";
import { checkRegion } from "./checks.js";
import { announceLoadBalancer, targetsOf } from "./load-balancer-records.js";
import { defaultProject } from "./project-records.js";
import { vpcFor } from "./vpc-records.js";

/** Nodes the old sizes stand for. */
const UNITS_BY_SIZE: Readonly<Record<string, number>> = { "lb-small": 1, "lb-medium": 3, "lb-large": 6 };

const DEFAULT_CHECK: JsonObject = {
  protocol: "http",
  port: 80,
  path: "/",
  check_interval_seconds: 10,
  response_timeout_seconds: 5,
  unhealthy_threshold: 3,
  healthy_threshold: 5,
};

const PROTOCOLS = ["http", "https", "http2", "http3", "tcp", "udp"] as const;

/** Operations on load balancers. */
export const loadBalancerHandlers: Handlers = {
  loadBalancers_create: create,
  loadBalancers_list: (call) =>
    listed(call, "load_balancers", call.world.tables.loadBalancers.list(), (balancer) => view(call.world, balancer)),
  loadBalancers_get: (call) => done({ load_balancer: view(call.world, balancerOf(call)) }),
  loadBalancers_update: update,
  loadBalancers_delete: (call) => {
    const balancer = balancerOf(call);
    call.world.tables.loadBalancers.delete(balancer.id);
    call.world.tables.assignments.delete(`do:loadbalancer:${balancer.id}`);
    stopCharging(call.world, `do:loadbalancer:${balancer.id}`);
    announceLoadBalancer(call.world, balancer, "go");
    return done();
  },
  loadBalancers_delete_cache: (call) => {
    if (balancerOf(call).settings.type !== "GLOBAL") throw unprocessable("Only global load balancers have a cache.");
    return done();
  },
  loadBalancers_add_droplets: (call) =>
    changeDroplets(call, (ids, given) => [...ids, ...given.filter((id) => !ids.includes(id))]),
  loadBalancers_remove_droplets: (call) =>
    changeDroplets(call, (ids, given) => ids.filter((id) => !given.includes(id))),
  loadBalancers_add_forwardingRules: (call) =>
    changeRules(call, (rules, given) => [
      ...rules,
      ...given.filter((rule) => !rules.some((other) => isSame(rule, other))),
    ]),
  loadBalancers_remove_forwardingRules: (call) =>
    changeRules(call, (rules, given) => {
      const rest = rules.filter((rule) => !given.some((other) => isSame(rule, other)));
      if (rest.length === 0) throw unprocessable("A load balancer must have at least one forwarding rule.");
      return rest;
    }),
};

/** Transitions of load balancers. */
export const loadBalancerTransitions: Transitions = {
  "load_balancer.active": (world, id) => {
    const balancer = world.tables.loadBalancers.peek(id);
    if (balancer === undefined) return;
    balancer.status = "active";
    if (balancer.settings.network !== "INTERNAL") balancer.ip = world.identity.address();
    announceLoadBalancer(world, balancer, "change");
  },
};

function create(call: Call): Answer {
  const { world, body } = call;
  const isGlobal = body.type === "GLOBAL";
  const region = isGlobal
    ? (optionalText(body, "region") ?? Object.keys(world.catalogue.regions)[0]!)
    : checkRegion(world, textField(body, "region"));
  const settings = settingsOf(world, body);
  for (const other of world.tables.loadBalancers.all()) {
    if (other.settings.name === settings.name) throw unprocessable("A load balancer with this name already exists.");
  }
  const balancer: LoadBalancerRecord = {
    id: world.identity.uuid(),
    status: "new",
    createdAt: world.timestamp,
    ip: "",
    region,
    vpcId: vpcFor(world, region, optionalText(body, "vpc_uuid")).id,
    ...targetsIn(world, body),
    settings,
  };
  world.tables.loadBalancers.add(balancer);
  world.after(world.drawSeconds(loadBalancerKind.readySeconds), "load_balancer.active", balancer.id);
  chargeBalancer(world, balancer);
  announceLoadBalancer(world, balancer, "appear");
  return accepted({ load_balancer: view(world, balancer) });
}

function update(call: Call): Answer {
  const { world, body } = call;
  const balancer = balancerOf(call);
  const region = optionalText(body, "region");
  if (region !== undefined && region !== "" && region !== balancer.region) {
    throw unprocessable("region: a load balancer cannot be moved.");
  }
  balancer.settings = settingsOf(world, { name: balancer.settings.name, ...body });
  Object.assign(balancer, targetsIn(world, body));
  chargeBalancer(world, balancer);
  announceLoadBalancer(world, balancer, "change");
  return done({ load_balancer: view(world, balancer) });
}

function targetsIn(world: World, body: JsonObject): { dropletIds: number[]; tag: string } {
  const tag = optionalText(body, "tag") ?? "";
  const dropletIds = integersField(body, "droplet_ids");
  if (tag !== "" && dropletIds.length > 0) throw unprocessable("Only one of tag and droplet_ids may be given.");
  checkDroplets(world, dropletIds);
  return { dropletIds: [...new Set(dropletIds)], tag };
}

function checkDroplets(world: World, ids: readonly number[]): void {
  for (const id of ids) {
    if (world.tables.droplets.get(id) === undefined)
      throw unprocessable(`droplet_ids: Droplet ${id} could not be found.`);
  }
}

/** Everything about a load balancer but its place and its droplets, with the provider's defaults. */
function settingsOf(world: World, body: JsonObject): JsonObject {
  const type = optionalWord(body, "type", ["REGIONAL", "REGIONAL_NETWORK", "GLOBAL"]) ?? "REGIONAL";
  const size = optionalWord(body, "size", ["lb-small", "lb-medium", "lb-large"]);
  const units = optionalInteger(body, "size_unit") ?? (size === undefined ? 1 : UNITS_BY_SIZE[size]!);
  if (units < 1 || units > 200) throw unprocessable("size_unit must be from 1 to 200.");
  const rules = objectsField(body, "forwarding_rules").map(ruleOf);
  if (rules.length === 0 && type !== "GLOBAL") throw unprocessable("forwarding_rules is required.");
  const sticky = optionalObject(body, "sticky_sessions");
  return {
    name: textField(body, "name"),
    project_id: optionalText(body, "project_id") || defaultProject(world).id,
    ...(size === undefined ? {} : { size }),
    size_unit: units,
    algorithm: optionalWord(body, "algorithm", ["round_robin", "least_connections"]) ?? "round_robin",
    forwarding_rules: rules,
    health_check: { ...DEFAULT_CHECK, ...optionalObject(body, "health_check") },
    sticky_sessions: { type: "none", ...sticky },
    redirect_http_to_https: body.redirect_http_to_https === true,
    enable_proxy_protocol: body.enable_proxy_protocol === true,
    enable_backend_keepalive: body.enable_backend_keepalive === true,
    disable_lets_encrypt_dns_records: body.disable_lets_encrypt_dns_records === true,
    http_idle_timeout_seconds: optionalInteger(body, "http_idle_timeout_seconds") ?? 60,
    firewall: { deny: [], allow: [], ...optionalObject(body, "firewall") },
    network: optionalWord(body, "network", ["EXTERNAL", "INTERNAL"]) ?? "EXTERNAL",
    network_stack: optionalWord(body, "network_stack", ["IPV4", "DUALSTACK"]) ?? "IPV4",
    type,
    tls_cipher_policy: optionalWord(body, "tls_cipher_policy", ["DEFAULT", "STRONG"]) ?? "DEFAULT",
    domains: objectsField(body, "domains"),
    ...(body.glb_settings === undefined ? {} : { glb_settings: optionalObject(body, "glb_settings") }),
    target_load_balancer_ids: body.target_load_balancer_ids ?? [],
  };
}

function ruleOf(rule: JsonObject): JsonObject {
  const port = (name: string): number => {
    const value = integerField(rule, name);
    if (value < 1 || value > 65_535) throw unprocessable(`${name} must be from 1 to 65535.`);
    return value;
  };
  const protocol = (name: string): string => {
    const value = optionalWord(rule, name, PROTOCOLS);
    if (value === undefined) throw unprocessable(`${name} is required.`);
    return value;
  };
  return {
    entry_protocol: protocol("entry_protocol"),
    entry_port: port("entry_port"),
    target_protocol: protocol("target_protocol"),
    target_port: port("target_port"),
    certificate_id: optionalText(rule, "certificate_id") ?? "",
    tls_passthrough: rule.tls_passthrough === true,
  };
}

function changeDroplets(call: Call, change: (ids: number[], given: number[]) => number[]): Answer {
  const balancer = balancerOf(call);
  const given = integersField(call.body, "droplet_ids");
  if (given.length === 0) throw unprocessable("droplet_ids is required.");
  if (balancer.tag !== "") throw unprocessable("This load balancer takes its Droplets from a tag.");
  const next = change(balancer.dropletIds, given);
  checkDroplets(call.world, next);
  balancer.dropletIds = next;
  announceLoadBalancer(call.world, balancer, "change");
  return done();
}

function changeRules(call: Call, change: (rules: JsonObject[], given: JsonObject[]) => JsonObject[]): Answer {
  const balancer = balancerOf(call);
  const given = objectsField(call.body, "forwarding_rules").map(ruleOf);
  if (given.length === 0) throw unprocessable("forwarding_rules is required.");
  const rules = change(balancer.settings.forwarding_rules as JsonObject[], given);
  balancer.settings = { ...balancer.settings, forwarding_rules: rules };
  announceLoadBalancer(call.world, balancer, "change");
  return done();
}

function isSame(a: JsonObject, b: JsonObject): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function chargeBalancer(world: World, { id, settings }: LoadBalancerRecord): void {
  const attributes = { type: String(settings.type), size_unit: Number(settings.size_unit) };
  const price = loadBalancerKind.priceUsdPerHour(attributes, world.catalogue);
  charge(world, `do:loadbalancer:${id}`, String(settings.name), price);
}

function view(world: World, balancer: LoadBalancerRecord): JsonObject {
  const { id, ip, status, createdAt, region, vpcId, tag, settings } = balancer;
  return {
    id,
    ip,
    status,
    created_at: createdAt,
    ...settings,
    ...(settings.type === "GLOBAL" ? {} : { region: regionView(world.catalogue, region) }),
    vpc_uuid: vpcId,
    tag,
    droplet_ids: targetsOf(world, balancer),
  };
}

function balancerOf({ world, params }: Call): LoadBalancerRecord {
  const balancer = world.tables.loadBalancers.get(params.lb_id!);
  if (balancer === undefined) throw notFound();
  return balancer;
}
