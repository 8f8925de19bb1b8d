/** Checks and defaults of what a load balancer is told. @module */
import { resolve } from "node:path";
import { InvalidOptionError } from "../../../errors.js";
import { isLoopback } from "../../service/service-options.js";
import type { LoadBalancerOptions, PlaneHealthCheck, PlaneServer, StickySessions } from "./load-balancer.js";

/** Every option with its default. Plain, so that it goes to another process. */
export interface CheckedLoadBalancer extends Required<Omit<LoadBalancerOptions, "healthCheck" | "stickySessions">> {
  readonly healthCheck: Required<PlaneHealthCheck>;
  readonly stickySessions: StickySessions | undefined;
}

/** Longest time that is taken. Unit: seconds. */
const LONGEST = 86_400;

/** Fills in the defaults, and refuses what no load balancer can be. @throws InvalidOptionError */
export function checkLoadBalancer(options: LoadBalancerOptions): CheckedLoadBalancer {
  const { binary = "auto", address = "127.0.0.1", port = 0, metricsPort = 0, name = "web" } = options;
  const { algorithm = "least_connections", stickySessions, serverTimeoutSeconds = 30 } = options;
  checkHost("address", address);
  checkPort("port", port, 0);
  checkPort("metricsPort", metricsPort, 0);
  if (port !== 0 && port === metricsPort) {
    throw new InvalidOptionError("metricsPort", `another port than ${port} (port)`, metricsPort);
  }
  checkName("name", name);
  if (algorithm !== "least_connections" && algorithm !== "round_robin") {
    throw new InvalidOptionError("algorithm", '"least_connections" or "round_robin"', algorithm);
  }
  checkSeconds("serverTimeoutSeconds", serverTimeoutSeconds);
  if (stickySessions !== undefined && !/^[A-Za-z0-9_-]{1,64}$/.test(stickySessions.cookieName)) {
    throw new InvalidOptionError(
      "stickySessions.cookieName",
      "1 to 64 letters, digits, - and _",
      stickySessions.cookieName,
    );
  }
  return {
    binary,
    address,
    port,
    metricsPort,
    name,
    algorithm,
    serverTimeoutSeconds,
    directory: resolve(options.directory),
    healthCheck: checkHealth(options.healthCheck),
    stickySessions: stickySessions === undefined ? undefined : { cookieName: stickySessions.cookieName },
  };
}

/** Refuses what is no server. @throws InvalidOptionError */
export function checkServer({ name, host, port }: PlaneServer): void {
  checkName("name", name);
  checkHost("host", host);
  checkPort("port", port, 1);
}

function checkHealth(check: PlaneHealthCheck): Required<PlaneHealthCheck> {
  const { path, intervalSeconds = 0.5, timeoutSeconds = 0.3, rise = 2, fall = 2 } = check;
  const { downIntervalSeconds = intervalSeconds / 5 } = check;
  if (!/^\/[A-Za-z0-9/._~?=&%-]*$/.test(path)) {
    throw new InvalidOptionError("healthCheck.path", "a path such as /healthz, without blanks", path);
  }
  checkSeconds("healthCheck.intervalSeconds", intervalSeconds);
  checkSeconds("healthCheck.timeoutSeconds", timeoutSeconds);
  checkSeconds("healthCheck.downIntervalSeconds", downIntervalSeconds);
  for (const [option, count] of Object.entries({ rise, fall })) {
    if (!Number.isInteger(count) || count < 1 || count > 1000) {
      throw new InvalidOptionError(`healthCheck.${option}`, "an integer from 1 to 1000", count);
    }
  }
  return { path, intervalSeconds, timeoutSeconds, downIntervalSeconds, rise, fall };
}

function checkName(option: string, name: string): void {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(name)) {
    throw new InvalidOptionError(option, "1 to 64 letters, digits, -, _ and ., beginning with a letter or digit", name);
  }
}

function checkHost(option: string, host: string): void {
  if (!isLoopback(host) || !/^[0-9.]+$/.test(host)) {
    throw new InvalidOptionError(option, "a loopback address such as 127.0.0.1", host);
  }
}

function checkPort(option: string, port: number, from: number): void {
  if (!Number.isInteger(port) || port < from || port > 65_535) {
    throw new InvalidOptionError(option, `an integer from ${from} to 65535`, port);
  }
}

function checkSeconds(option: string, seconds: number): void {
  if (!(seconds >= 0.001 && seconds <= LONGEST)) {
    throw new InvalidOptionError(option, `from 0.001 to ${LONGEST} (seconds)`, seconds);
  }
}
