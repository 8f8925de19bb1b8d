/** Requests that wait because more came than could be served: a fluid queue, first come first served, with deadlines. @module */

/** What one tick of an overloaded queue did. Reused; read it at once. */
export interface BacklogTick {
  /** Requests served. */
  served: number;
  /** Requests refused or lost because no place was left. */
  refused: number;
  /** Requests whose client gave up. */
  expired: number;
  /** Number of segments of served requests. */
  segments: number;
  /** Size of each segment, and the fluid wait of its first and last request. Unit: requests, seconds, seconds. */
  readonly mass: Float64Array;
  readonly firstWait: Float64Array;
  readonly lastWait: Float64Array;
}

/** A result to write into, for queues of some cohorts. */
export function makeBacklogTick(cohorts: number): BacklogTick {
  const size = cohorts + 1;
  return {
    served: 0,
    refused: 0,
    expired: 0,
    segments: 0,
    mass: new Float64Array(size),
    firstWait: new Float64Array(size),
    lastWait: new Float64Array(size),
  };
}

/**
 * Moves the backlog on by one tick. Arrivals of a tick are spread evenly over it; the head of the queue is served first at the full rate.
 *
 * @param floats - Holds the cohorts: what is left at `left + age`, the size at arrival at `size + age`, newest first; changed in place.
 * @param arrivals - Requests that came in this tick.
 * @param capacity - Requests that can be served in this tick, above 0.
 * @param room - Requests that may wait at the end of the tick; the newest beyond it are refused.
 * @param timeout - Clients wait this long. Unit: seconds.
 * @returns The requests waiting at the end.
 */
export function advanceBacklog(
  floats: Float64Array,
  left: number,
  size: number,
  cohorts: number,
  arrivals: number,
  capacity: number,
  room: number,
  tickSeconds: number,
  timeout: number,
  out: BacklogTick,
): number {
  out.served = 0;
  out.refused = 0;
  out.expired = 0;
  out.segments = 0;
  shift(floats, left, size, cohorts, arrivals, out);
  const rate = capacity / tickSeconds;
  let clock = 0;
  for (let age = cohorts - 1; age >= 1 && clock < tickSeconds; age--) {
    const waiting = floats[left + age]!;
    if (waiting <= 0) continue;
    const served = Math.min(waiting, (tickSeconds - clock) * rate);
    const perRequest = tickSeconds / floats[size + age]!;
    const arrived = -age * tickSeconds + (floats[size + age]! - waiting) * perRequest;
    record(out, served, clock - arrived, clock + served / rate - (arrived + served * perRequest), timeout);
    clock += served / rate;
    floats[left + age] = waiting - served;
  }
  if (clock < tickSeconds && arrivals > 0)
    floats[left] = arrivals - serveNew(arrivals, rate, clock, tickSeconds, timeout, out);
  return trim(floats, left, size, cohorts, room, tickSeconds, timeout, out);
}

/** Ages every cohort by one tick; what is beyond the last age has expired. */
function shift(
  floats: Float64Array,
  left: number,
  size: number,
  cohorts: number,
  arrivals: number,
  out: BacklogTick,
): void {
  out.expired += floats[left + cohorts - 1]!;
  for (let age = cohorts - 1; age >= 1; age--) {
    floats[left + age] = floats[left + age - 1]!;
    floats[size + age] = floats[size + age - 1]!;
  }
  floats[left] = arrivals;
  floats[size] = arrivals;
}

/** Serves this tick's own arrivals once the older ones are gone. Returns how many. */
function serveNew(
  arrivals: number,
  rate: number,
  clock: number,
  tickSeconds: number,
  timeout: number,
  out: BacklogTick,
): number {
  const arrivalRate = arrivals / tickSeconds;
  const caughtUp = arrivalRate < rate ? (rate * clock) / (rate - arrivalRate) : Number.POSITIVE_INFINITY;
  if (caughtUp >= tickSeconds) {
    const served = rate * (tickSeconds - clock);
    record(out, served, clock, tickSeconds - served / arrivalRate, timeout);
    return served;
  }
  const waited = arrivalRate * caughtUp;
  record(out, waited, clock, 0, timeout);
  record(out, arrivals - waited, 0, 0, timeout);
  return arrivals;
}

function record(out: BacklogTick, mass: number, firstWait: number, lastWait: number, timeout: number): void {
  if (mass <= 0) return;
  const longest = Math.max(firstWait, lastWait);
  const shortest = Math.min(firstWait, lastWait);
  const late = longest <= timeout ? 0 : shortest >= timeout ? 1 : (longest - timeout) / (longest - shortest);
  out.expired += mass * late;
  if (late >= 1) return;
  out.served += mass * (1 - late);
  const k = out.segments++;
  out.mass[k] = mass * (1 - late);
  out.firstWait[k] = Math.max(0, shortest);
  out.lastWait[k] = Math.max(0, Math.min(longest, timeout));
}

/** Lets clients give up who have waited too long, then refuses the newest who find no room. */
function trim(
  floats: Float64Array,
  left: number,
  size: number,
  cohorts: number,
  room: number,
  tickSeconds: number,
  timeout: number,
  out: BacklogTick,
): number {
  let waiting = 0;
  for (let age = cohorts - 1; age >= 0; age--) {
    let mass = floats[left + age]!;
    if (mass > 0) {
      const newestWait = age * tickSeconds;
      const oldestWait = newestWait + (mass / floats[size + age]!) * tickSeconds;
      if (oldestWait > timeout) {
        const gone = newestWait >= timeout ? mass : (mass * (oldestWait - timeout)) / (oldestWait - newestWait);
        out.expired += gone;
        mass -= gone;
      }
      if (mass < 1e-9) mass = 0;
      floats[left + age] = mass;
      waiting += mass;
    }
  }
  let excess = waiting - room;
  if (excess <= 0) return waiting;
  out.refused += excess;
  for (let age = 0; age < cohorts && excess > 0; age++) {
    const taken = Math.min(excess, floats[left + age]!);
    floats[left + age] = floats[left + age]! - taken;
    floats[size + age] = floats[size + age]! - taken;
    excess -= taken;
  }
  return room;
}
