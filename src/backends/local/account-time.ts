/** The time of an emulated account: it passes with the wall's, or as fast as it can. @module */
import type { Emulator } from "../../emulator/emulator.js";

/** Between two moves. Unit: milliseconds. */
const PUMP_EVERY = 20;
/** While something is brought about at once, each of them moves it on by this. Unit: seconds. */
const JUMP = 120;

/** Moves the time of an account on, until it is ended. */
export class AccountTime {
  /** Whether what is asked for is brought about at once. */
  isJumping = true;
  readonly #timer: NodeJS.Timeout;

  /** @param factor - How many times faster than the wall's it passes. Above 0. */
  constructor(emulator: Emulator, factor: number) {
    let last = performance.now();
    this.#timer = setInterval(() => {
      const now = performance.now();
      emulator.advance(this.isJumping ? JUMP : ((now - last) * factor) / 1000);
      last = now;
    }, PUMP_EVERY);
  }

  /** It stands from then on. */
  end(): void {
    clearInterval(this.#timer);
  }
}
