/** A first-come-first-served queue on a virtual clock: when each request will be done is known on its arrival. @module */
import { InvalidOptionError } from "../../errors.js";

/**
 * Service slots, each with the time from which it is free.
 *
 * A late timer delays one answer, but no capacity is lost by it: the next request starts when the slot was free, not when the timer fired.
 * Times are those of any clock that does not go back. Unit: seconds.
 * @see Kiefer and Wolfowitz, "On the theory of queues with many servers" (1955), for the recursion.
 */
export class VirtualQueue {
  #free: number[];
  /** All work that was taken. Unit: slot-seconds. */
  #taken = 0;

  /** @throws InvalidOptionError when `slots` is not an integer of at least 1 */
  constructor(slots: number) {
    checkSlots(slots);
    this.#free = new Array(slots).fill(Number.NEGATIVE_INFINITY);
  }

  /** Requests in work at a time. */
  get slots(): number {
    return this.#free.length;
  }

  /**
   * Takes a request.
   *
   * @param now - Its arrival, not before the one of the request before.
   * @param work - Its time on a slot. From 0.
   * @returns When it will be done.
   */
  arrive(now: number, work: number): number {
    const free = this.#free;
    let first = 0;
    for (let slot = 1; slot < free.length; slot++) if (free[slot]! < free[first]!) first = slot;
    const finish = Math.max(now, free[first]!) + work;
    free[first] = finish;
    this.#taken += work;
    return finish;
  }

  /** Work that is taken and not done yet. Unit: slot-seconds. */
  remaining(now: number): number {
    return this.#free.reduce((sum, free) => sum + Math.max(0, free - now), 0);
  }

  /** Work that was done until now. Unit: slot-seconds. */
  busySeconds(now: number): number {
    return this.#taken - this.remaining(now);
  }

  /** Nothing is worked on for a time: what is not done yet is done that much later. */
  pause(now: number, seconds: number): void {
    this.#taken += seconds * this.#free.length;
    this.#free = this.#free.map((free) => Math.max(free, now) + seconds);
  }

  /**
   * Another number of slots. What is left of the work is spread over them, so that none is lost or made.
   *
   * @returns By what the time left of every request is to be multiplied: the old number of slots over the new one.
   * @throws InvalidOptionError when `slots` is not an integer of at least 1
   */
  resize(now: number, slots: number): number {
    checkSlots(slots);
    const factor = this.#free.length / slots;
    const left = this.#free.map((free) => Math.max(0, free - now)).sort((a, b) => a - b);
    this.#free = Array.from({ length: slots }, (_, slot) => now + factor * meanBetween(left, slot * factor, factor));
    return factor;
  }
}

/** Mean of a list, read as a function of steps of width 1, from a place over a width. */
function meanBetween(steps: readonly number[], from: number, width: number): number {
  let sum = 0;
  for (let i = Math.floor(from); i < steps.length && i < from + width; i++) {
    sum += steps[i]! * Math.max(0, Math.min(i + 1, from + width) - Math.max(i, from));
  }
  return sum / width;
}

function checkSlots(slots: number): void {
  if (!Number.isInteger(slots) || slots < 1) throw new InvalidOptionError("slots", "an integer of at least 1", slots);
}
