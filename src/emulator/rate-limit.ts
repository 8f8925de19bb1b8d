/** The limits on how many requests are answered. @module */

/** How many requests are answered. */
export interface RateLimitOptions {
  /** In any 60 minutes. @defaultValue 5000 */
  readonly perHour?: number;
  /** In any 60 seconds. @defaultValue 250 */
  readonly perMinute?: number;
}

/** Where a client stands. */
export interface RateLimitState {
  readonly limit: number;
  readonly remaining: number;
  /** When the oldest request leaves the window. Unit: seconds since 1970-01-01 UTC. */
  readonly reset: number;
  /** How long to wait; 0 where the request may be answered. Unit: seconds. */
  readonly retryAfter: number;
}

/** Parts a window is counted in. */
const PARTS = 60;

/**
 * Counts requests in two sliding windows.
 *
 * @see https://docs.digitalocean.com/reference/api/reference/#section/Introduction/Rate-Limit: 5,000 an hour and 250 a minute (November 2026)
 */
export class RateLimit {
  readonly #hour: SlidingWindow;
  readonly #minute: SlidingWindow;
  readonly #isEnforced: boolean;

  /** @param options - The limits; without them everything is answered, and headers tell of an untouched account. */
  constructor(options: RateLimitOptions | undefined) {
    this.#isEnforced = options !== undefined;
    this.#hour = new SlidingWindow(options?.perHour ?? 5000, 3600);
    this.#minute = new SlidingWindow(options?.perMinute ?? 250, 60);
  }

  /** Counts one request, unless it is one too many. @param now - Seconds of wall time. */
  take(now: number): RateLimitState {
    const { limit } = this.#hour;
    if (!this.#isEnforced) return { limit, remaining: limit - 1, reset: Math.ceil(now) + 3600, retryAfter: 0 };
    const retryAfter = Math.max(this.#hour.waitAt(now), this.#minute.waitAt(now));
    if (retryAfter === 0) {
      this.#hour.count(now);
      this.#minute.count(now);
    }
    const remaining = Math.max(0, limit - this.#hour.used);
    return { limit, remaining, reset: Math.ceil(this.#hour.resetAt(now)), retryAfter: Math.ceil(retryAfter) };
  }
}

/** Counts in a window that slides by a sixtieth of its length. */
class SlidingWindow {
  readonly limit: number;
  readonly #partSeconds: number;
  readonly #counts = new Uint32Array(PARTS);
  #part = 0;
  /** Requests in the window. */
  used = 0;

  constructor(limit: number, seconds: number) {
    this.limit = limit;
    this.#partSeconds = seconds / PARTS;
  }

  /** How long until one more request fits; 0 where it fits now. */
  waitAt(now: number): number {
    this.#slide(now);
    return this.used < this.limit ? 0 : Math.max(this.resetAt(now) - now, this.#partSeconds / 2);
  }

  count(now: number): void {
    this.#slide(now);
    this.#counts[this.#part % PARTS]!++;
    this.used++;
  }

  /** When the oldest request leaves the window. */
  resetAt(now: number): number {
    for (let back = PARTS - 1; back >= 0; back--) {
      const part = this.#part - back;
      if (part >= 0 && this.#counts[part % PARTS]! > 0) return (part + PARTS) * this.#partSeconds;
    }
    return now;
  }

  #slide(now: number): void {
    const part = Math.floor(now / this.#partSeconds);
    if (part <= this.#part) return;
    for (let passed = Math.max(this.#part + 1, part - PARTS + 1); passed <= part; passed++) {
      this.used -= this.#counts[passed % PARTS]!;
      this.#counts[passed % PARTS] = 0;
    }
    if (part - this.#part >= PARTS) {
      this.#counts.fill(0);
      this.used = 0;
    }
    this.#part = part;
  }
}
