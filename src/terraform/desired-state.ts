/** Level-triggered work: the newest desired state counts, one that has not been started is passed over. @module */
import type { Clock } from "../clock.js";
import { InfraGymError } from "../errors.js";
import { type Failure, failuresOf } from "./failure.js";

/** How far the work is. */
export interface DesiredStatus {
  /** Number of the newest desired state; 0 before the first. */
  readonly desiredGeneration: number;
  /** Number of the newest one that was reached. */
  readonly appliedGeneration: number;
  /** What went wrong in the last attempt; empty when it succeeded or is still on its way. */
  readonly failures: readonly Failure[];
}

/** Options of {@link DesiredState}. */
export interface DesiredStateOptions<T> {
  /** Reaches a state. What it throws is a failure of that state, not of the whole. */
  readonly apply: (desired: T) => Promise<void>;
  readonly clock: Clock;
  /** Wait before the first retry of a failure that may pass; each further one is twice as long, up to a minute. Unit: seconds. @defaultValue 2 */
  readonly retrySeconds?: number;
}

/** Longest wait before a retry. Unit: seconds. */
const LONGEST_WAIT_SECONDS = 60;

/** Works towards the newest desired state. Setting one never waits and never throws for what went wrong before. */
export class DesiredState<T> {
  readonly #options: DesiredStateOptions<T>;
  #desired: T | undefined;
  #desiredGeneration = 0;
  #appliedGeneration = 0;
  #failures: readonly Failure[] = [];
  #lost: unknown;
  #work: Promise<void> | undefined;
  #waiting: AbortController | undefined;
  #isClosed = false;

  constructor(options: DesiredStateOptions<T>) {
    this.#options = options;
  }

  /** Sets the desired state and returns at once. After `close` it is noted and not worked on. */
  set(desired: T): { readonly generation: number } {
    this.#desired = desired;
    this.#desiredGeneration++;
    this.#waiting?.abort();
    if (!this.#isClosed) this.#work ??= this.#untilReached();
    return { generation: this.#desiredGeneration };
  }

  /** How far it is. @throws What `apply` threw if that was no error of the library: then all is lost. */
  status(): DesiredStatus {
    if (this.#lost !== undefined) throw this.#lost;
    return {
      desiredGeneration: this.#desiredGeneration,
      appliedGeneration: this.#appliedGeneration,
      failures: this.#failures,
    };
  }

  /** Resolves when the newest state is reached, or has failed for good. */
  async settled(): Promise<DesiredStatus> {
    while (this.#work !== undefined) await this.#work;
    return this.status();
  }

  /** Takes up no more work and waits for what is being done. Idempotent. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#waiting?.abort();
    await this.#work;
  }

  async #untilReached(): Promise<void> {
    let attempts = 0;
    let tried = 0;
    while (!this.#isClosed) {
      const generation = this.#desiredGeneration;
      attempts = generation === tried ? attempts + 1 : 0;
      tried = generation;
      const wait = await this.#attempt(generation, attempts);
      if (wait === undefined && generation === this.#desiredGeneration) break;
      if (wait !== undefined && generation === this.#desiredGeneration) await this.#pause(wait);
    }
    this.#work = undefined;
  }

  /** @returns After how many seconds to try again; undefined when there is no need, or no use. */
  async #attempt(generation: number, attempts: number): Promise<number | undefined> {
    try {
      await this.#options.apply(this.#desired as T);
      this.#appliedGeneration = generation;
      this.#failures = [];
      return undefined;
    } catch (error) {
      if (!(error instanceof InfraGymError)) {
        this.#lost = error;
        return undefined;
      }
      this.#failures = failuresOf(error);
      if (!this.#failures.every(({ retryable }) => retryable)) return undefined;
      return Math.min((this.#options.retrySeconds ?? 2) * 2 ** attempts, LONGEST_WAIT_SECONDS);
    }
  }

  async #pause(seconds: number): Promise<void> {
    this.#waiting = new AbortController();
    await this.#options.clock.sleep(seconds, this.#waiting.signal).catch(() => undefined);
    this.#waiting = undefined;
  }
}
