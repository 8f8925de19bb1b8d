/** What stands behind each part of the world, for results. @module */

/** What stands behind each part of the world: a version, `embedded`, or `simulated`. */
export interface Components {
  readonly terraform: string;
  readonly provider: string;
  readonly prometheus: string;
  readonly loadBalancer: string;
  readonly load: string;
  readonly droplets: string;
}

/** On the simulated backend only the queries are real. */
export const SIMULATED_COMPONENTS: Components = Object.freeze({
  terraform: "simulated",
  provider: "simulated",
  prometheus: "embedded",
  loadBalancer: "simulated",
  load: "simulated",
  droplets: "simulated",
});
