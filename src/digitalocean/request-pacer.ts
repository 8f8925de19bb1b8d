/** Keeps requests below DigitalOcean's limits, so that none is refused. @module */
import type { Clock } from "../clock.js";

/** A limit on requests. */
export interface RequestLimit {
  readonly requests: number;
  /** Any stretch of time this long may hold that many. Unit: seconds. */
  readonly seconds: number;
}

/** The limits of the API. @see https://docs.digitalocean.com/reference/api/ (rate limit, November 2026) */
export const API_LIMITS: readonly RequestLimit[] = [
  { requests: 250, seconds: 60 },
  { requests: 5000, seconds: 3600 },
];

/** What the server says about the hour. */
export interface ServerAllowance {
  /** Requests that are left. */
  readonly remaining: number;
  /** When the oldest request is forgotten. Unit: seconds since 1970-01-01 UTC. */
  readonly resetAt: number;
}

/** Requests that are left for others who use the same token: a person at the console, a second program. */
const LEFT_FOR_OTHERS = 50;

/** Lets requests through, in order, as fast as the limits allow. */
export class RequestPacer {
  readonly #clock: Clock;
  readonly #limits: readonly RequestLimit[];
  /** Times of the last requests, oldest first. Unit: seconds. */
  readonly #times: number[] = [];
  #notBefore = 0;
  #queue: Promise<void> = Promise.resolve();

  constructor(clock: Clock, limits: readonly RequestLimit[] = API_LIMITS) {
    this.#clock = clock;
    this.#limits = limits;
  }

  /** Resolves when the next request may be sent. */
  next(signal?: AbortSignal): Promise<void> {
    const turn = this.#queue.then(() => this.#wait(signal));
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  /** Takes in what an answer said about the limits. */
  heard({ remaining, resetAt }: ServerAllowance): void {
    if (remaining <= LEFT_FOR_OTHERS) this.holdUntil(resetAt);
  }

  /** Sends nothing before that time. Unit: seconds since 1970-01-01 UTC. */
  holdUntil(time: number): void {
    this.#notBefore = Math.max(this.#notBefore, time);
  }

  async #wait(signal: AbortSignal | undefined): Promise<void> {
    for (;;) {
      const now = this.#clock.now();
      const seconds = Math.max(this.#notBefore, ...this.#limits.map((limit) => this.#freeAt(limit))) - now;
      if (seconds <= 0) break;
      await this.#clock.sleep(seconds, signal);
    }
    this.#times.push(this.#clock.now());
    const longest = Math.max(...this.#limits.map(({ requests }) => requests));
    if (this.#times.length > longest) this.#times.shift();
  }

  /** When the window of a limit has room for one more. */
  #freeAt({ requests, seconds }: RequestLimit): number {
    const time = this.#times[this.#times.length - requests];
    return time === undefined ? 0 : time + seconds;
  }
}
