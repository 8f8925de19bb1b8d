/** Requests that wait because more came than could be served: a fluid queue, first come first served, with deadlines. @module */

/** What one tick of an overloaded queue did. Reused; read it at once. */
export interface BacklogTick {
  /** Requests served. */
  served: number;
  /** Requests refused or lost because no place was left. */
  refused: number;
  /** Requests whose client gave up. */
  expired: number;
  /** Whether some were served at the end of their clients' patience. */
  late: boolean;
  /** Number of segments of served requests. */
  segments: number;
  /** Size of each segment, and the fluid wait of its first and last request. Unit: requests, seconds, seconds. */
  readonly mass: Float64Array;
  readonly firstWait: Float64Array;
  readonly lastWait: Float64Array;
}

/** A result to write into, for queues of some cohorts. */
export function makeBacklogTick(cohorts: number): BacklogTick {
  const size = 2 * cohorts + 2;
  return {
    served: 0,
    refused: 0,
    expired: 0,
    late: false,
    segments: 0,
    mass: new Float64Array(size),
    firstWait: new Float64Array(size),
    lastWait: new Float64Array(size),
  };
}

/** What serves a backlog in one tick. */
export interface BacklogService {
  /** Requests that can be served in a second, by all queues. */
  capacity: number;
  /** Requests that one slot can serve in a second. */
  slotRate: number;
  /** Separate queues, each with its share of the capacity. */
  queues: number;
  /** Requests that may wait at the end of the tick; the newest beyond it are refused. */
  room: number;
}

/**
 * Moves the backlog on by one tick. Arrivals of a tick are spread evenly over it; the head of the queue is served first at the full rate.
 * Clients who have waited for `timeout` leave. While requests are served at the end of their clients' patience, some are given up at work:
 * the head of a queue with arrival rate λ and service rate c μ < λ is then an exponential time with rate θ = λ − c μ away from its
 * deadline (between arrivals it comes nearer, each service takes it one interarrival time back), so μ / (μ + θ) of those who are served
 * get their answer.
 *
 * @param floats - Holds the cohorts: what is left at `left + age`, the size at arrival at `size + age`, newest first; changed in place.
 * @param arrivals - Requests that came in this tick.
 * @param timeout - Clients wait this long. Unit: seconds.
 * @returns The requests waiting at the end.
 */
export function advanceBacklog(
  floats: Float64Array,
  left: number,
  size: number,
  cohorts: number,
  arrivals: number,
  service: BacklogService,
  tickSeconds: number,
  timeout: number,
  out: BacklogTick,
): number {
  out.served = 0;
  out.refused = 0;
  out.expired = 0;
  out.late = false;
  out.segments = 0;
  shift(floats, left, size, cohorts, arrivals, out);
  let clock = 0;
  for (let age = cohorts - 1; age >= 0 && clock < tickSeconds; age--) {
    if (floats[left + age]! > 0)
      clock = serveCohort(
        floats,
        left + age,
        size + age,
        -age * tickSeconds,
        clock,
        service,
        tickSeconds,
        timeout,
        out,
      );
  }
  return trim(floats, left, size, cohorts, service.room, tickSeconds, timeout, out);
}

/** Serves one cohort, which arrived in the tick from `from` on. Returns when it was done, or the end of the tick. */
function serveCohort(
  floats: Float64Array,
  left: number,
  size: number,
  from: number,
  clock: number,
  service: BacklogService,
  tickSeconds: number,
  timeout: number,
  out: BacklogTick,
): number {
  const { capacity } = service;
  const spacing = tickSeconds / floats[size]!;
  let waiting = floats[left]!;
  let head = from + (floats[size]! - waiting) * spacing;
  const overdue = Math.min(waiting, (clock - timeout - head) / spacing);
  if (overdue > 0) {
    out.expired += overdue;
    waiting -= overdue;
    head += overdue * spacing;
  }
  const wait = clock - head;
  const growth = 1 / capacity - spacing;
  const inTime = (tickSeconds - clock) * capacity;
  const untilEmpty = growth < 0 ? wait / -growth : Number.POSITIVE_INFINITY;
  const untilLate = growth > 0 ? (timeout - wait) / growth : Number.POSITIVE_INFINITY;
  if (from === 0 && untilEmpty < Math.min(waiting, inTime)) {
    // Then nobody waits any more: the rest is served as it comes.
    record(out, untilEmpty, wait, 0);
    record(out, waiting - untilEmpty, 0, 0);
    floats[left] = 0;
    return tickSeconds;
  }
  const most = Math.min(waiting, inTime, untilLate);
  record(out, most, wait, wait + growth * most);
  waiting -= most;
  clock += most / capacity;
  if (untilLate < Math.min(waiting + most, inTime)) {
    const seconds = Math.min(tickSeconds - clock, waiting * spacing);
    const excess = (1 / spacing - capacity) / service.queues;
    const answered = seconds * capacity * (service.slotRate / (service.slotRate + excess));
    const mean = 1 / service.slotRate;
    out.late = true;
    out.expired += seconds / spacing - answered;
    record(out, answered, timeout - 2 / excess - mean, timeout - mean);
    waiting -= seconds / spacing;
    clock += seconds;
  }
  floats[left] = Math.max(0, waiting);
  return clock;
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

function record(out: BacklogTick, mass: number, firstWait: number, lastWait: number): void {
  if (mass <= 0) return;
  const k = out.segments++;
  out.served += mass;
  out.mass[k] = mass;
  out.firstWait[k] = Math.max(0, Math.min(firstWait, lastWait));
  out.lastWait[k] = Math.max(0, firstWait, lastWait);
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
