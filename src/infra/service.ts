/** What runs on the machines of a graph: services, their work and whom they call. @module */

/** One service, as every backend runs it: the simulator's queue, the bundled reference service, the user's own command. */
export interface Service {
  /** Value of the label `service` on its metrics. */
  readonly name: string;
  /** Address of the droplet group or database cluster it runs on, such as `digitalocean_droplet.web`. */
  readonly resource: string;
  /** Mean work of one request on one vCPU, calls to other services not included. Unit: seconds, above 0. */
  readonly serviceTimeSeconds: number;
  /** Distribution of the work. @defaultValue "exponential" */
  readonly serviceTimeDistribution?: ServiceTimeDistribution;
  /** How the work changes over the day, as the mix of requests does. @defaultValue none */
  readonly dailySwing?: DailySwing;
  /** Requests a vCPU works on at a time. An integer from 1. @defaultValue 1 */
  readonly slotsPerVcpu?: number;
  /** Memory of the idle process. Unit: bytes. @defaultValue 200 MiB */
  readonly idleMemoryBytes?: number;
  /** Memory of one request in the system. Unit: bytes. @defaultValue 0 */
  readonly memoryPerRequestBytes?: number;
  /** Requests one replica holds at most, waiting or in work; more are answered 503. @defaultValue 512 */
  readonly connectionsPerReplica?: number;
  /** Calls made during a request, to services declared after this one. */
  readonly calls?: readonly ServiceCall[];
}

/** Work that rises and falls once a day: its mean is `serviceTimeSeconds` times 1 + amplitude · cos(2π (hour − peakHour) / 24). */
export interface DailySwing {
  /** In [0, 1). */
  readonly amplitude: number;
  /** Hour of the UTC day at which a request is most work. In [0, 24). */
  readonly peakHour: number;
}

/** A call from one service to another during a request. */
export interface ServiceCall {
  /** Name of the service called. */
  readonly service: string;
  /** Mean number of calls per request. Above 0. */
  readonly perRequest: number;
}

/** A distribution of work by name and coefficient of variation (exponential: 1, deterministic: 0). */
export type ServiceTimeDistribution =
  | "exponential"
  | "deterministic"
  | { readonly kind: "lognormal" | "gamma" | "hyperexponential"; readonly coefficientOfVariation: number };
