/** The data plane's load balancer: haproxy, or the built-in one. @module */
export type {
  BalanceAlgorithm,
  DrainOptions,
  LoadBalancerOptions,
  PlaneHealthCheck,
  PlaneLoadBalancer,
  PlaneServer,
  PlaneServerState,
  PlaneServerStatus,
  StickySessions,
} from "./load-balancer.js";
export { type BalancerProcessOptions, openLoadBalancer } from "./open-load-balancer.js";
