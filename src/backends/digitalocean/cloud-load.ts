/** The load on a load balancer in a real account, sent from this machine. @module */
import { isIPv4 } from "node:net";
import { InvalidOptionError } from "../../errors.js";
import type { LoadRunnerOptions } from "../../loadgen/index.js";
import type { RateProfile } from "../../loadgen/runner/arrivals.js";

/** Options of {@link cloudLoad}. */
export interface CloudLoadOptions {
  /** Address of the load balancer, which is the account's own. */
  readonly loadBalancerAddress: string;
  /** The rate over time. */
  readonly profile: RateProfile;
  /** Unit: seconds, at most 600. */
  readonly durationSeconds: number;
  readonly seed: bigint;
  /** Value of the label `service` on the client's metrics. */
  readonly service: string;
  /** Port of the load balancer. @defaultValue 80 */
  readonly port?: number;
  /** How long an answer may take. Unit: seconds. @defaultValue 10 */
  readonly timeoutSeconds?: number;
  /** Where the client's metrics are shown; 0 takes a free port. @defaultValue 0 */
  readonly metricsPort?: number;
}

/** What is sent at most to anything but loopback. Unit: requests per second. */
export const MOST_RATE = 100;

/**
 * What the load runner is told. It sends at most 100 requests per second for 10 minutes to anything that is not loopback; a workload with a
 * higher peak is refused rather than cut, since a cut one would be another workload.
 *
 * @throws InvalidOptionError
 */
export function cloudLoad(options: CloudLoadOptions): LoadRunnerOptions & { readonly metricsPort: number } {
  const { loadBalancerAddress: host, profile, durationSeconds, seed, service } = options;
  const { port = 80, timeoutSeconds = 10, metricsPort = 0 } = options;
  if (!isIPv4(host)) throw new InvalidOptionError("loadBalancerAddress", "an IPv4 address", host);
  const peak = Math.max(...profile.rates);
  if (!(peak <= MOST_RATE)) {
    throw new InvalidOptionError(
      "profile.rates",
      `at most ${MOST_RATE} (requests per second; scale the workload down)`,
      peak,
    );
  }
  return {
    url: `http://${host}${port === 80 ? "" : `:${port}`}/`,
    ownHost: host,
    profile,
    durationSeconds,
    seed,
    service,
    maxRate: MOST_RATE,
    timeoutSeconds,
    metricsPort,
  };
}
