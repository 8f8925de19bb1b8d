/** The time of an emulated account. @module */
import type { Clock } from "../clock.js";

/**
 * How time passes. `instant`: nothing takes time. `real`: as long as at the provider. A number: that many times faster.
 * `virtual`: time stands still until it is moved.
 */
export type EmulatorSpeed = "instant" | "real" | "virtual" | number;

/** The time of an emulated account: wall time, wall time sped up, or a time that is moved by hand. */
export class EmulatorTime {
  readonly speed: EmulatorSpeed;
  readonly #clock: Clock;
  readonly #startWall: number;
  #start: number;

  /** @param start - Where time starts. Unit: seconds since 1970-01-01 UTC. @defaultValue now */
  constructor(speed: EmulatorSpeed, clock: Clock, start?: number) {
    this.speed = speed;
    this.#clock = clock;
    this.#startWall = clock.now();
    this.#start = start ?? this.#startWall;
  }

  /** Whether things take time at all. */
  get isInstant(): boolean {
    return this.speed === "instant";
  }

  /** Model seconds in one second of wall time; 0 where time stands still. */
  get factor(): number {
    if (typeof this.speed === "number") return this.speed;
    return this.speed === "virtual" ? 0 : 1;
  }

  /** Seconds since 1970-01-01 UTC. */
  now(): number {
    return this.#start + (this.#clock.now() - this.#startWall) * this.factor;
  }

  /** Moves a virtual time on. @param to - Seconds since 1970-01-01 UTC, not before now. */
  moveTo(to: number): void {
    this.#start = to;
  }
}

let stampSecond = Number.NaN;
let stamp = "";

/** A time as the API writes it, to the second: `2026-11-21T08:20:34Z`. */
export function timestamp(seconds: number): string {
  const whole = Math.floor(seconds);
  if (whole === stampSecond) return stamp;
  stampSecond = whole;
  stamp = `${new Date(whole * 1000).toISOString().slice(0, 19)}Z`;
  return stamp;
}
