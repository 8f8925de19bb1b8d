/** Everything a data plane runs, as it is now. @module */
import type { DataPlaneState } from "../data-plane-event.js";
import type { World } from "../world.js";
import { dropletState } from "./droplet-view.js";
import { loadBalancerState } from "./load-balancer-records.js";
import { poolState } from "./pool-records.js";

/** Droplets, load balancers and pools as the data plane sees them, oldest first. */
export function dataPlaneState(world: World): DataPlaneState {
  const { droplets, loadBalancers, pools } = world.tables;
  return {
    droplets: [...droplets.all()].map(dropletState),
    loadBalancers: [...loadBalancers.all()].map((balancer) => loadBalancerState(world, balancer)),
    pools: [...pools.all()].map((pool) => poolState(world, pool)),
  };
}
