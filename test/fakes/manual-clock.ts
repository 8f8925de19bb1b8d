/** A clock that a test moves. @module */
import type { Clock } from "../../src/clock.js";

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/** Time stands still until `advance`; `sleeps` are the durations asked for. */
export class ManualClock implements Clock {
  readonly sleeps: number[] = [];
  #now: number;
  #sleepers: Sleeper[] = [];
  /** Sleeps of at most this long pass at once. */
  readonly #patience: number;

  constructor(now = 0, patience = 0) {
    this.#now = now;
    this.#patience = patience;
  }

  now(): number {
    return this.#now;
  }

  sleep(seconds: number, signal?: AbortSignal): Promise<void> {
    this.sleeps.push(seconds);
    if (seconds <= this.#patience) {
      this.#now += seconds;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const sleeper = { at: this.#now + seconds, wake: resolve };
      this.#sleepers.push(sleeper);
      signal?.addEventListener("abort", () => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
        reject(signal.reason);
      });
    });
  }

  /** Moves time on and wakes who slept so long. */
  advance(seconds: number): void {
    this.#now += seconds;
    const woken = this.#sleepers.filter(({ at }) => at <= this.#now);
    this.#sleepers = this.#sleepers.filter(({ at }) => at > this.#now);
    for (const { wake } of woken) wake();
  }
}
