/** Requests that wait because more came than could be served: a fluid queue, first come first served, with deadlines. @module */
import { either, greater, lesser } from "./branchless";

/** What serves a backlog in one tick, and what the tick did. */
@final
export class Backlog {
  /** Requests that can be served in a second, by all queues. */
  capacity: f64 = 0;
  /** Requests that one slot can serve in a second. */
  slotRate: f64 = 0;
  /** Separate queues, each with its share of the capacity. */
  queues: f64 = 1;
  /** Requests that may wait at the end of the tick; the newest beyond it are refused. */
  room: f64 = 0;
  tickSeconds: f64 = 0;
  /** Clients wait this long. Unit: seconds. */
  timeout: f64 = 0;

  /** Requests served, refused or lost because no place was left, and given up by their clients. */
  served: f64 = 0;
  refused: f64 = 0;
  expired: f64 = 0;
  /** Whether some were served at the end of their clients' patience. */
  late: bool = false;
  /** Number of segments of served requests; the size of each, and the fluid wait of its first and last request. Unit: requests, seconds. */
  segments: i32 = 0;
  readonly mass: StaticArray<f64>;
  readonly firstWait: StaticArray<f64>;
  readonly lastWait: StaticArray<f64>;

  constructor(readonly cohorts: i32) {
    this.mass = new StaticArray<f64>(2 * cohorts + 2);
    this.firstWait = new StaticArray<f64>(2 * cohorts + 2);
    this.lastWait = new StaticArray<f64>(2 * cohorts + 2);
  }

  /**
   * Moves the backlog on by one tick. Arrivals of a tick are spread evenly over it; the head of the queue is served first at the full rate.
   * Clients who have waited for `timeout` leave. While requests are served at the end of their clients' patience, some are given up at work:
   * the head of a queue with arrival rate λ and service rate c μ < λ is then an exponential time with rate θ = λ − c μ away from its
   * deadline (between arrivals it comes nearer, each service takes it one interarrival time back), so μ / (μ + θ) of those who are served
   * get their answer.
   *
   * `left` and `size` are the addresses of the cohorts, newest first: what is left of each, and its size at arrival; changed in place.
   * Returns the requests waiting at the end.
   */
  advance(left: usize, size: usize, arrivals: f64): f64 {
    this.served = 0;
    this.refused = 0;
    this.expired = 0;
    this.late = false;
    this.segments = 0;
    this.shift(left, size, arrivals);
    let clock: f64 = 0;
    for (let age = this.cohorts - 1; age >= 0 && clock < this.tickSeconds; age--) {
      const offset = (<usize>age) << 3;
      if (load<f64>(left + offset) > 0) {
        clock = this.serveCohort(left + offset, size + offset, -(<f64>age) * this.tickSeconds, clock);
      }
    }
    return this.trim(left, size);
  }

  /** Serves one cohort, which arrived in the tick from `from` on. Returns when it was done, or the end of the tick. */
  private serveCohort(left: usize, size: usize, from: f64, clock: f64): f64 {
    const capacity = this.capacity;
    const tickSeconds = this.tickSeconds;
    const timeout = this.timeout;
    const whole = load<f64>(size);
    const spacing = tickSeconds / whole;
    let waiting = load<f64>(left);
    let head = from + (whole - waiting) * spacing;
    const overdue = lesser(waiting, (clock - timeout - head) / spacing);
    if (overdue > 0) {
      this.expired += overdue;
      waiting -= overdue;
      head += overdue * spacing;
    }
    const wait = clock - head;
    const growth = 1 / capacity - spacing;
    const inTime = (tickSeconds - clock) * capacity;
    const untilEmpty = either(growth < 0, wait / -growth, Infinity);
    const untilLate = either(growth > 0, (timeout - wait) / growth, Infinity);
    if (from === 0 && untilEmpty < lesser(waiting, inTime)) {
      // Then nobody waits any more: the rest is served as it comes.
      this.record(untilEmpty, wait, 0);
      this.record(waiting - untilEmpty, 0, 0);
      store<f64>(left, 0);
      return tickSeconds;
    }
    const most = lesser(waiting, lesser(inTime, untilLate));
    this.record(most, wait, wait + growth * most);
    waiting -= most;
    clock += most / capacity;
    if (untilLate < lesser(waiting + most, inTime)) {
      const seconds = lesser(tickSeconds - clock, waiting * spacing);
      const excess = (1 / spacing - capacity) / this.queues;
      const answered = seconds * capacity * (this.slotRate / (this.slotRate + excess));
      const mean = 1 / this.slotRate;
      this.late = true;
      this.expired += seconds / spacing - answered;
      this.record(answered, timeout - 2 / excess - mean, timeout - mean);
      waiting -= seconds / spacing;
      clock += seconds;
    }
    store<f64>(left, greater(0, waiting));
    return clock;
  }

  /** Ages every cohort by one tick; what is beyond the last age has expired. */
  private shift(left: usize, size: usize, arrivals: f64): void {
    const last = (<usize>(this.cohorts - 1)) << 3;
    this.expired += load<f64>(left + last);
    for (let at = last; at >= 8; at -= 8) {
      store<f64>(left + at, load<f64>(left + at - 8));
      store<f64>(size + at, load<f64>(size + at - 8));
    }
    store<f64>(left, arrivals);
    store<f64>(size, arrivals);
  }

  private record(mass: f64, firstWait: f64, lastWait: f64): void {
    if (mass <= 0) return;
    const k = this.segments++;
    this.served += mass;
    unchecked((this.mass[k] = mass));
    unchecked((this.firstWait[k] = greater(0, lesser(firstWait, lastWait))));
    unchecked((this.lastWait[k] = greater(0, greater(firstWait, lastWait))));
  }

  /** Lets clients give up who have waited too long, then refuses the newest who find no room. */
  private trim(left: usize, size: usize): f64 {
    const tickSeconds = this.tickSeconds;
    const timeout = this.timeout;
    let waiting: f64 = 0;
    for (let age = this.cohorts - 1; age >= 0; age--) {
      const offset = (<usize>age) << 3;
      let mass = load<f64>(left + offset);
      if (mass > 0) {
        const newestWait = <f64>age * tickSeconds;
        const oldestWait = newestWait + (mass / load<f64>(size + offset)) * tickSeconds;
        if (oldestWait > timeout) {
          const gone = newestWait >= timeout ? mass : (mass * (oldestWait - timeout)) / (oldestWait - newestWait);
          this.expired += gone;
          mass -= gone;
        }
        if (mass < 1e-9) mass = 0;
        store<f64>(left + offset, mass);
        waiting += mass;
      }
    }
    let excess = waiting - this.room;
    if (excess <= 0) return waiting;
    this.refused += excess;
    for (let age = 0; age < this.cohorts && excess > 0; age++) {
      const offset = (<usize>age) << 3;
      const taken = min(excess, load<f64>(left + offset));
      store<f64>(left + offset, load<f64>(left + offset) - taken);
      store<f64>(size + offset, load<f64>(size + offset) - taken);
      excess -= taken;
    }
    return this.room;
  }
}

/** A backlog by itself. */
export function makeBacklog(cohorts: i32): Backlog {
  return new Backlog(cohorts);
}

/** Sets what serves a backlog. `service`: address of its capacity, slot rate, queues, room, tick and timeout, six floats. */
export function serveBacklog(line: Backlog, service: usize): void {
  line.capacity = load<f64>(service);
  line.slotRate = load<f64>(service, 8);
  line.queues = load<f64>(service, 16);
  line.room = load<f64>(service, 24);
  line.tickSeconds = load<f64>(service, 32);
  line.timeout = load<f64>(service, 40);
}

/**
 * One tick of a backlog by itself, see {@link Backlog.advance}. Writes to `out` what was served, refused and expired, the number of segments,
 * and by segment its size, first and last wait. Returns the requests waiting at the end.
 */
export function advanceBacklog(line: Backlog, left: usize, size: usize, arrivals: f64, out: usize): f64 {
  const waiting = line.advance(left, size, arrivals);
  store<f64>(out, line.served);
  store<f64>(out, line.refused, 8);
  store<f64>(out, line.expired, 16);
  store<f64>(out, <f64>line.segments, 24);
  for (let k = 0; k < line.segments; k++) {
    const at = out + <usize>(32 + 24 * k);
    store<f64>(at, line.mass[k]);
    store<f64>(at, line.firstWait[k], 8);
    store<f64>(at, line.lastWait[k], 16);
  }
  return waiting;
}
