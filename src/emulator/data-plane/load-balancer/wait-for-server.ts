/** Waiting for a server to be up. @module */
import { setTimeout as sleep } from "node:timers/promises";
import { LoadBalancerError } from "../../../errors.js";
import type { PlaneLoadBalancer } from "./load-balancer.js";

/** Between two looks. Unit: milliseconds. */
const LOOK_EVERY = 20;

/** Resolves when a server is up. @throws LoadBalancerError when it is not after that time, or is not there */
export async function waitForServer(
  loadBalancer: PlaneLoadBalancer,
  title: string,
  name: string,
  timeoutSeconds: number,
): Promise<void> {
  const deadline = performance.now() + timeoutSeconds * 1000;
  for (;;) {
    const server = (await loadBalancer.servers()).find((one) => one.name === name);
    if (server === undefined) throw new LoadBalancerError(title, `has no server ${JSON.stringify(name)}.`);
    if (server.status === "up") return;
    if (performance.now() >= deadline) {
      throw new LoadBalancerError(title, `did not find the server ${name} up within ${timeoutSeconds} s.`);
    }
    await sleep(LOOK_EVERY);
  }
}
