/** What the emulator tells a data plane: droplets, load balancers and pools that appear, change and go. @module */

/** A droplet, for what runs in its place. */
export interface DropletState {
  readonly id: number;
  readonly name: string;
  /** `new` until it has booted. */
  readonly status: "new" | "active" | "off" | "archive";
  readonly size: string;
  readonly region: string;
  readonly tags: readonly string[];
  readonly vpcId: string;
  readonly publicIp: string | undefined;
  readonly privateIp: string;
  readonly userData: string | undefined;
  /** The autoscale pool it belongs to. */
  readonly poolId: string | undefined;
}

/** A rule of a load balancer. */
export interface ForwardingRule {
  readonly entryProtocol: string;
  readonly entryPort: number;
  readonly targetProtocol: string;
  readonly targetPort: number;
}

/** The health check of a load balancer. */
export interface HealthCheck {
  readonly protocol: string;
  readonly port: number;
  readonly path: string;
  readonly checkIntervalSeconds: number;
  readonly responseTimeoutSeconds: number;
  readonly unhealthyThreshold: number;
  readonly healthyThreshold: number;
}

/** A load balancer, for what runs in its place. */
export interface LoadBalancerState {
  readonly id: string;
  readonly name: string;
  readonly status: "new" | "active" | "errored";
  readonly ip: string;
  readonly region: string;
  /** Nodes, of which each carries 10,000 requests per second. */
  readonly sizeUnit: number;
  readonly algorithm: string;
  /** Where it sends requests: the droplets named, or those with its tag. */
  readonly dropletIds: readonly number[];
  readonly tag: string;
  readonly forwardingRules: readonly ForwardingRule[];
  readonly healthCheck: HealthCheck;
}

/** An autoscale pool, for what feeds it. */
export interface PoolState {
  readonly id: string;
  readonly name: string;
  readonly status: "active" | "deleting" | "error";
  /** How many droplets it should have. */
  readonly target: number;
  readonly memberIds: readonly number[];
}

/** Everything a data plane runs. */
export interface DataPlaneState {
  readonly droplets: readonly DropletState[];
  readonly loadBalancers: readonly LoadBalancerState[];
  readonly pools: readonly PoolState[];
}

/** What happened, and to what: `appear` when it is created (not yet booted), `change` when anything in its state changes, `go` when it is deleted. */
export type DataPlaneEvent = {
  readonly change: "appear" | "change" | "go";
  /** Unit: seconds since 1970-01-01 UTC, in the emulator's time. */
  readonly atSeconds: number;
} & (
  | { readonly type: "droplet"; readonly droplet: DropletState }
  | { readonly type: "load_balancer"; readonly loadBalancer: LoadBalancerState }
  | { readonly type: "pool"; readonly pool: PoolState }
);

/** Is told what happens. It must not throw, and returns at once: work is done elsewhere. */
export type DataPlaneListener = (event: DataPlaneEvent) => void;
