/** Load balancers as the data plane sees them, and where they send to. @module */
import type { LoadBalancerState } from "../data-plane-event.js";
import type { JsonObject } from "../json.js";
import type { LoadBalancerRecord } from "../records.js";
import type { World } from "../world.js";

/** What a load balancer with a tag sent to when the data plane was last told. */
const lastTargets = new WeakMap<LoadBalancerRecord, string>();

/** The droplets a load balancer sends to: those named, or those with its tag in its region. */
export function targetsOf(world: World, { tag, dropletIds, region }: LoadBalancerRecord): number[] {
  if (tag === "") return [...dropletIds];
  const ids: number[] = [];
  for (const droplet of world.tables.droplets.all()) {
    if (droplet.region === region && droplet.tags.includes(tag)) ids.push(droplet.id);
  }
  return ids;
}

/** A load balancer as the data plane sees it. */
export function loadBalancerState(world: World, balancer: LoadBalancerRecord): LoadBalancerState {
  const { id, status, ip, region, tag, settings } = balancer;
  const check = settings.health_check as JsonObject;
  return {
    id,
    name: String(settings.name),
    status,
    ip,
    region,
    sizeUnit: Number(settings.size_unit ?? 1),
    algorithm: String(settings.algorithm),
    dropletIds: targetsOf(world, balancer),
    tag,
    forwardingRules: (settings.forwarding_rules as readonly JsonObject[]).map((rule) => ({
      entryProtocol: String(rule.entry_protocol),
      entryPort: Number(rule.entry_port),
      targetProtocol: String(rule.target_protocol),
      targetPort: Number(rule.target_port),
    })),
    healthCheck: {
      protocol: String(check.protocol),
      port: Number(check.port),
      path: String(check.path ?? ""),
      checkIntervalSeconds: Number(check.check_interval_seconds),
      responseTimeoutSeconds: Number(check.response_timeout_seconds),
      unhealthyThreshold: Number(check.unhealthy_threshold),
      healthyThreshold: Number(check.healthy_threshold),
    },
  };
}

/** Tells the data plane of a load balancer. */
export function announceLoadBalancer(
  world: World,
  balancer: LoadBalancerRecord,
  change: "appear" | "change" | "go",
): void {
  if (!world.hasListeners) return;
  const loadBalancer = loadBalancerState(world, balancer);
  lastTargets.set(balancer, loadBalancer.dropletIds.join());
  world.emit({ type: "load_balancer", change, loadBalancer, atSeconds: world.time.now() });
}

/** Tells the data plane of load balancers whose droplets have become others. */
export function refreshLoadBalancers(world: World): void {
  for (const balancer of world.tables.loadBalancers.all()) {
    if (lastTargets.get(balancer) !== targetsOf(world, balancer).join()) {
      announceLoadBalancer(world, balancer, "change");
    }
  }
}
