/** M/M/c queues: exact formulas. @module */
import { exp } from "../elementary.js";
import { InvalidOptionError } from "../errors.js";

/**
 * Erlang's C formula: the probability that an arrival has to wait.
 *
 * @param servers - Number of servers c, an integer from 1.
 * @param utilization - ρ = λ / (c μ), in [0, 1).
 * @returns A probability in [0, 1].
 * @see A. K. Erlang (1917); computed by the stable recursion of Erlang's B formula, B(k) = a B(k−1) / (k + a B(k−1)).
 */
export function erlangC(servers: number, utilization: number): number {
  if (!Number.isInteger(servers) || servers < 1) throw new InvalidOptionError("servers", "an integer from 1", servers);
  if (!(utilization >= 0 && utilization < 1))
    throw new InvalidOptionError("utilization", "a ratio in [0, 1)", utilization);
  const offered = servers * utilization;
  let blocking = 1;
  for (let k = 1; k <= servers; k++) blocking = (offered * blocking) / (k + offered * blocking);
  return blocking / (1 - utilization * (1 - blocking));
}

/**
 * Mean wait before service in an M/M/c queue.
 *
 * @param arrivalRate - λ. Unit: requests per second.
 * @param serviceRate - μ of one server. Unit: requests per second.
 * @returns Unit: seconds.
 */
export function meanWaitSeconds(servers: number, arrivalRate: number, serviceRate: number): number {
  const utilization = arrivalRate / (servers * serviceRate);
  return erlangC(servers, utilization) / (servers * serviceRate - arrivalRate);
}

/**
 * The share of responses within a time in an M/M/c queue, first come first served: P(S + W ≤ t), where S is exponential with rate μ and
 * W is 0 with probability 1 − C and otherwise exponential with rate θ = c μ (1 − ρ).
 *
 * @param waiting - Probability of waiting C.
 * @param drainRate - θ. Unit: 1/s.
 */
export function responseWithin(seconds: number, waiting: number, serviceRate: number, drainRate: number): number {
  if (seconds <= 0) return 0;
  const served = exp(-serviceRate * seconds);
  const difference = drainRate - serviceRate;
  if (Math.abs(difference) < 1e-6 * serviceRate) return 1 - served * (1 + waiting * serviceRate * seconds);
  const drained = exp(-drainRate * seconds);
  return 1 - ((1 - waiting) * served + (waiting * (drainRate * served - serviceRate * drained)) / difference);
}

/**
 * The time within which a share of the responses of an M/M/c queue comes: {@link responseWithin} solved for the time by bisection.
 *
 * @param share - In (0, 1), such as 0.95.
 * @returns Unit: seconds.
 */
export function responseQuantile(share: number, waiting: number, serviceRate: number, drainRate: number): number {
  if (!(share > 0 && share < 1)) throw new InvalidOptionError("share", "a ratio in (0, 1)", share);
  let low = 0;
  let high = 1 / serviceRate;
  while (responseWithin(high, waiting, serviceRate, drainRate) < share) high *= 2;
  for (let pass = 0; pass < 60; pass++) {
    const middle = (low + high) / 2;
    if (responseWithin(middle, waiting, serviceRate, drainRate) < share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
