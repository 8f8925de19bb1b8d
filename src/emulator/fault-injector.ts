/** Decides which request, action or resource a fault falls on, by seed. @module */
import { type StreamKey, streamKey, uniformAt } from "../simulator/stream.js";
import type { Faults } from "./fault-options.js";

/** What happens to one request. */
export type RequestFault = "tooManyRequests" | "errorBefore" | "errorAfter" | "dropBefore" | "dropAfter" | undefined;

/** The faults a request can meet, in the order in which their chances are laid out. */
const REQUEST_FAULTS = ["tooManyRequests", "errorBefore", "errorAfter", "dropBefore", "dropAfter"] as const;

/** Decides on faults: the same seed and the same order of requests give the same faults. */
export class FaultInjector {
  readonly faults: Faults;
  /** Whether any fault can happen to a request. */
  readonly isActive: boolean;
  readonly #requests: StreamKey;
  readonly #slow: StreamKey;
  readonly #actions: StreamKey;
  readonly #resources: StreamKey;
  readonly #reads: StreamKey;
  #actionCount = 0;
  #resourceCount = 0;

  constructor(faults: Faults) {
    this.faults = faults;
    this.isActive = faults.slow > 0 || REQUEST_FAULTS.some((name) => faults[name] > 0);
    this.#requests = streamKey(faults.seed, "requests");
    this.#slow = streamKey(faults.seed, "slow");
    this.#actions = streamKey(faults.seed, "actions");
    this.#resources = streamKey(faults.seed, "resources");
    this.#reads = streamKey(faults.seed, "reads");
  }

  /** What happens to a request. */
  onRequest(number: number): RequestFault {
    let rest = uniformAt(this.#requests[0], this.#requests[1], number);
    for (const name of REQUEST_FAULTS) {
      rest -= this.faults[name];
      if (rest < 0) return name;
    }
    return undefined;
  }

  /** How much later a request is answered. Unit: seconds of wall time. */
  delayOf(number: number): number {
    const { slow, slowSeconds } = this.faults;
    return slow > 0 && uniformAt(this.#slow[0], this.#slow[1], number) < slow ? slowSeconds : 0;
  }

  /** Whether the next action never completes. */
  isStuck(): boolean {
    return this.faults.stuck > 0 && uniformAt(...this.#actions, this.#actionCount++) < this.faults.stuck;
  }

  /** For how many requests the next resource is not seen. */
  staleRequests(): number {
    const { stale, staleRequests } = this.faults;
    return stale > 0 && uniformAt(...this.#resources, this.#resourceCount++) < stale ? staleRequests : 0;
  }

  /** For how many requests after this one reads do not show what it changed. */
  staleReads(number: number): number {
    const { stale, staleRequests } = this.faults;
    return stale > 0 && uniformAt(this.#reads[0], this.#reads[1], number) < stale ? staleRequests : 0;
  }

  /** Whether nothing new can be made in a region. */
  isFull(region: string): boolean {
    return this.faults.capacity.includes(region);
  }
}
