/** Reads numbers that the host has laid out one after another. @module */

let cursor: usize = 0;

/** Goes to an address. */
export function startReading(at: usize): void {
  cursor = at;
}

/** The next number. */
export function next(): f64 {
  const value = load<f64>(cursor);
  cursor += 8;
  return value;
}

/** The next number, a whole one. */
export function nextInt(): i32 {
  return <i32>next();
}
