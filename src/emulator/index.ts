/** DigitalOcean's API on loopback, for trying out infrastructure without an account. `infra-gym/emulator`. @module */
export type { Clock } from "../clock.js";
export {
  type BalanceAlgorithm,
  type BalancerProcessOptions,
  type DrainOptions,
  type LoadBalancerOptions,
  openLoadBalancer,
  type PlaneHealthCheck,
  type PlaneLoadBalancer,
  type PlaneServer,
  type PlaneServerState,
  type PlaneServerStatus,
  type StickySessions,
} from "./data-plane/load-balancer/index.js";
export type {
  DataPlaneEvent,
  DataPlaneListener,
  DataPlaneState,
  DropletState,
  ForwardingRule,
  HealthCheck,
  LoadBalancerState,
  PoolState,
} from "./data-plane-event.js";
export type { EmulatedTimes } from "./emulated-times.js";
export { Emulator, type EmulatorOptions, type ListenOptions } from "./emulator.js";
export type { EmulatorSpeed } from "./emulator-time.js";
export { type FaultOptions, parseFaults } from "./fault-options.js";
export type { Exchange } from "./http-front.js";
export type { Operation } from "./operation.js";
export { operationsInScope } from "./operations-in-scope.js";
export type { RateLimitOptions } from "./rate-limit.js";
export type { ServiceFault, ServiceFaults } from "./service/service-faults.js";
export type { MetricQuery, MetricSample, MetricSource } from "./world.js";
