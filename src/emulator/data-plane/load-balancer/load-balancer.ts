/** The contract of a load balancer of the data plane: haproxy, or the built-in one. @module */

/** A server behind a load balancer. */
export interface PlaneServer {
  /** Letters, digits, `-`, `_` and `.`; the value of the label `server` on its metrics. */
  readonly name: string;
  /** A loopback address. */
  readonly host: string;
  /** An integer from 1 to 65535. */
  readonly port: number;
}

/** `starting` until its first checks are passed, `draining` once it gets no new requests. */
export type PlaneServerStatus = "starting" | "up" | "down" | "draining";

/** A server as its load balancer sees it. */
export interface PlaneServerState extends PlaneServer {
  readonly status: PlaneServerStatus;
  /** Requests in flight. */
  readonly inFlight: number;
  /** Requests it was given since it was added. */
  readonly requests: number;
}

/** How servers are chosen, in DigitalOcean's words. */
export type BalanceAlgorithm = "least_connections" | "round_robin";

/** How servers are found to be up or down. Unit of times: seconds of the wall. */
export interface PlaneHealthCheck {
  /** What is asked for, such as `/healthz`; 2xx and 3xx are good answers. */
  readonly path: string;
  /** Between two checks, above 0. @defaultValue 0.5 */
  readonly intervalSeconds?: number;
  /** For one check, above 0. @defaultValue 0.3 */
  readonly timeoutSeconds?: number;
  /** Between two checks of a server that is not up, above 0. @defaultValue a fifth of `intervalSeconds` */
  readonly downIntervalSeconds?: number;
  /** Good answers in a row until a server is up, at first and again. An integer from 1. @defaultValue 2 */
  readonly rise?: number;
  /** Bad answers in a row until it is down. An integer from 1. @defaultValue 2 */
  readonly fall?: number;
}

/** Sends a client to the same server as before, by a cookie. */
export interface StickySessions {
  /** Letters, digits, `-` and `_`. */
  readonly cookieName: string;
}

/** What is to be opened. */
export interface LoadBalancerOptions {
  /** `haproxy` where that is installed, else `built-in`; or the path of a haproxy. @defaultValue "auto" */
  readonly binary?: "auto" | "haproxy" | "built-in" | (string & {});
  /** Loopback address to listen on. @defaultValue "127.0.0.1" */
  readonly address?: string;
  /** From 0 to 65535; 0 takes a free one. @defaultValue 0 */
  readonly port?: number;
  /** Port of its metrics on the same address; 0 takes a free one. @defaultValue 0 */
  readonly metricsPort?: number;
  /** A folder of its own, made (0700) where there is none: configuration, socket, log. Emptied of these by `close`. */
  readonly directory: string;
  readonly healthCheck: PlaneHealthCheck;
  /** @defaultValue "least_connections" */
  readonly algorithm?: BalanceAlgorithm;
  /** @defaultValue none */
  readonly stickySessions?: StickySessions;
  /** How long a server may take to answer, above 0. Unit: seconds. @defaultValue 30 */
  readonly serverTimeoutSeconds?: number;
  /** Value of the label `proxy` on its metrics. @defaultValue "web" */
  readonly name?: string;
}

/** Options of {@link PlaneLoadBalancer.drainServer}. */
export interface DrainOptions {
  /** How long requests in flight are waited for, from 0. Unit: seconds. */
  readonly timeoutSeconds: number;
}

/** A running load balancer, in a process of its own. Calls are carried out one after another. */
export interface PlaneLoadBalancer {
  readonly kind: "haproxy" | "built-in";
  /** Such as `2.6.12`; the library's own for the built-in one. */
  readonly version: string;
  /** Where clients send requests, such as `http://127.0.0.1:8000`. */
  readonly url: string;
  /** In Prometheus's text format, under haproxy's names. */
  readonly metricsUrl: string;
  /** The process, for whoever must end it where `close` was never called. */
  readonly pid: number;
  /** Resolves once the process is gone: undefined after `close`, else why. Never rejects. */
  readonly ended: Promise<Error | undefined>;
  /** Adds a server; requests go to it once it has passed a check. @throws InvalidOptionError when the name is taken; LoadBalancerError */
  addServer(server: PlaneServer): Promise<void>;
  /** Resolves when a server is up. @throws LoadBalancerError when it is not after that time, or is not there */
  waitForServer(name: string, timeoutSeconds: number): Promise<void>;
  /** Gives a server no new requests, clients that stick to it included. @returns Whether all in flight were answered in time. */
  drainServer(name: string, options: DrainOptions): Promise<boolean>;
  /** Takes a server out. Requests in flight there are cut. @throws LoadBalancerError when it is not there */
  removeServer(name: string): Promise<void>;
  /** All servers as they are now, in order of their names. */
  servers(): Promise<readonly PlaneServerState[]>;
  /** Ends the process. Idempotent. */
  close(): Promise<void>;
}
