/** Ready-made graphs: `infra-gym/stacks`. @module */
export {
  type CloudInitOptions,
  cloudInit,
  HEALTH_PATH,
  LOOPBACK_PORTS,
  NETWORK_PORTS,
  SERVICE_PORT,
} from "./cloud-init.js";
export type { FoundationOptions } from "./foundation.js";
export { LOAD_BALANCER, type PublicEntryOptions } from "./public-entry.js";
export type { Stack } from "./stack.js";
export {
  type DatabaseChoice,
  type ServiceChoice,
  type ThreeTierOptions,
  type TierChoice,
  threeTier,
} from "./three-tier.js";
export { type WebServiceOptions, webService } from "./web-service.js";
