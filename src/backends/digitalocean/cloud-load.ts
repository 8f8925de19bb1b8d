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
}

/** What is sent at most to anything but loopback. Unit: requests per second. */
const MOST = 100;

/**
 * What the load runner is told. It sends at most 100 requests per second for 10 minutes to anything that is not loopback; a workload with a
 * higher peak is refused rather than cut, since a cut one would be another workload.
 *
 * @throws InvalidOptionError
 */
export function cloudLoad(options: CloudLoadOptions): LoadRunnerOptions {
  const { loadBalancerAddress: host, profile, durationSeconds, seed, service } = options;
  if (!isIPv4(host)) throw new InvalidOptionError("loadBalancerAddress", "an IPv4 address", host);
  const peak = Math.max(...profile.rates);
  if (!(peak <= MOST)) {
    throw new InvalidOptionError(
      "profile.rates",
      `at most ${MOST} (requests per second; scale the workload down)`,
      peak,
    );
  }
  return {
    url: `http://${host}/`,
    ownHost: host,
    profile,
    durationSeconds,
    seed,
    service,
    maxRate: MOST,
    metricsPort: 0,
  };
}
