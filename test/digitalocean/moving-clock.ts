/** A clock that sleeps by moving its time. @module */
import type { Clock } from "../../src/clock.js";

/** Time that passes only in sleeps, and what was slept. */
export class MovingClock implements Clock {
  readonly slept: number[] = [];

  constructor(public time: number = 1_800_000_000) {}

  now(): number {
    return this.time;
  }

  async sleep(seconds: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    this.slept.push(seconds);
    this.time += seconds;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
