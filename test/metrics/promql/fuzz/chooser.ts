/** Seeded choices for generated tests. @module */

/** Draws from a seed; the same seed gives the same choices on every system. */
export interface Chooser {
  /** A number from 0 up to, without, `below`. */
  integer(below: number): number;
  pick<T>(from: readonly T[]): T;
  /** Whether an event of this probability happens. */
  chance(probability: number): boolean;
}

/** Choices from a seed, by the generator mulberry32. */
export function makeChooser(seed: number): Chooser {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    integer: (below) => Math.floor(next() * below),
    pick: (from) => from[Math.floor(next() * from.length)]!,
    chance: (probability) => next() < probability,
  };
}
