/** How the backend `simulated` models what others do for real. @module */

import type { Balancing, LifecycleTimes } from "../simulator/model.js";
import type { SimulationProfile } from "./simulation-profile.js";

/** Options of the simulation. JSON. */
export interface SimulationOptions {
  /** The fast kernel, or every request for itself: slower, and the referee. @defaultValue "fluid" */
  readonly model?: "fluid" | "requests";
  /** Unit: seconds; `scrapeSeconds` is a multiple of it. @defaultValue 5 */
  readonly tickSeconds?: number;
  /** How long a client waits for an answer. Unit: seconds. @defaultValue 10 */
  readonly clientTimeoutSeconds?: number;
  /** @defaultValue the load balancer's `algorithm` */
  readonly balancing?: Balancing;
  /** Boot, drain and crash times. @defaultValue DigitalOcean's */
  readonly lifecycle?: Partial<LifecycleTimes>;
  /**
   * What was measured on another backend, by `infra-gym fidelity --calibrate`. What is given beside it goes first.
   * @defaultValue nothing
   */
  readonly profile?: SimulationProfile;
  /** Runs as `local` does at this time scale: all but the requests passes that many times faster. At least 1. @defaultValue 1 */
  readonly timeScale?: number;
}
