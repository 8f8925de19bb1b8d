/** The exact simulator: every request, every queue, the load balancer's real choice. Slower; the referee of the fast one. @module */
import type { SimulatorModel } from "../model.js";
import { TickedSimulator } from "../ticked-simulator.js";
import { RequestTraffic } from "./request-traffic.js";

/**
 * Requests one by one: the same arrivals by tick as in the fluid model, spread evenly inside a tick; a first-come-first-served queue and
 * `slots` servers per replica; least connections, round robin or random; service times by distribution; connection limits (503) and client
 * timeouts (504) for each request. Lifecycle, billing and series are those of the fluid model.
 */
export class RequestSimulator extends TickedSimulator {
  /** @param numEnvs - Number of environments, an integer from 1. */
  constructor(model: SimulatorModel, numEnvs: number) {
    super(model, numEnvs, (shared) => new RequestTraffic(shared));
  }
}
