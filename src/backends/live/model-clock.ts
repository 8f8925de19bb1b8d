/** Model time on the wall: it stands, or passes `timeScale` times faster. @module */
import { type Clock, systemClock } from "../../clock.js";
import type { InfraGymError } from "../../errors.js";

/** How far the wall's clock may drift from the time that has passed. Unit: seconds. */
const MOST_DRIFT = 0.5;

/** Model time. It follows the time that has passed, so that it does not jump when the wall's clock is set. */
export class ModelClock {
  readonly timeScale: number;
  readonly #wall: Clock;
  readonly #passed: () => number;
  #origin = 0;
  #startedAt: number | undefined;
  #drift = 0;

  /** @param passed - Seconds, from any beginning, that never go back. @defaultValue those of this process */
  constructor(timeScale: number, wall: Clock = systemClock(), passed: () => number = () => performance.now() / 1000) {
    this.timeScale = timeScale;
    this.#wall = wall;
    this.#passed = passed;
  }

  /** Sets it to a time, where it stands. Unit: seconds since 1970-01-01 UTC. */
  stop(seconds: number): void {
    this.#origin = seconds;
    this.#startedAt = undefined;
  }

  /** Lets it pass. */
  start(): void {
    this.#startedAt = this.#passed();
    this.#drift = this.#wall.now() - this.#startedAt;
  }

  /** Unit: seconds since 1970-01-01 UTC. */
  get now(): number {
    const passed = this.#startedAt === undefined ? 0 : this.#passed() - this.#startedAt;
    return this.#origin + passed * this.timeScale;
  }

  /** The wall's clock, by which metrics are stamped. Unit: seconds since 1970-01-01 UTC. */
  get wall(): number {
    return this.#wall.now();
  }

  /** Waits until a model time; not at all when that has gone by. */
  async until(seconds: number, signal?: AbortSignal): Promise<void> {
    for (let left = seconds - this.now; left > 0; left = seconds - this.now) {
      await this.#wall.sleep(left / this.timeScale, signal);
    }
  }

  /**
   * Checks that the wall's clock was not set while it passed: what is measured by it is of no use then.
   * @param lostError - Makes what is thrown when it was.
   */
  checkWall(lostError: (part: string, reason: string) => InfraGymError): void {
    const jump = this.#wall.now() - this.#passed() - this.#drift;
    if (Math.abs(jump) <= MOST_DRIFT) return;
    throw lostError("clock", `the clock of this machine was set ${jump.toFixed(1)} s on.`);
  }
}
