/** A small world in an emulated account. @module */
import type { World } from "../../../src/backends/index.js";
import { type InfraGraph, setAttribute } from "../../../src/infra/index.js";
import { graphWith, smallWorld } from "../local/small-world.js";

/** So many droplets behind a load balancer, which listens on a port that needs no rights. */
export function cloudGraphWith(count: number): InfraGraph {
  const rule = { entry_protocol: "http", entry_port: 8000, target_protocol: "http", target_port: 8080 };
  return setAttribute("digitalocean_loadbalancer.main", "forwarding_rule", [rule])(graphWith(count));
}

/** Its steps are as short as they can be: time passes as it does. */
export const cloudWorld: World = { ...smallWorld(cloudGraphWith(1)), stepSeconds: 2 };
