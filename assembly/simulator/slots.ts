/** The replica slots of a tier: the phase of each, how many are in each phase, and what is known of all of them together. @module */
import { Phase, TierFloat, TierInt } from "../../src/simulator/fields";
import { either, lesser } from "./branchless";
import { envFloats, envInts, float, floatsAt, int, intsAt, setFloat, setInt } from "./model";
import { Tier } from "./tier";

/** Empties all slots. */
export function clearSlots(env: i32, at: Tier): void {
  const counts = env * envInts + at.ints;
  for (let k: i32 = TierInt.byPhase; k <= TierInt.slots; k++) setInt(counts + k, 0);
  setInt(counts + TierInt.byPhase + Phase.none, at.maxReplicas);
  for (let slot = 0; slot < at.maxReplicas; slot++) setInt(env * envInts + at.phase + slot, Phase.none);
}

/** How many slots are in a phase. */
export function slotsIn(env: i32, at: Tier, phase: i32): i32 {
  return int(env * envInts + at.ints + TierInt.byPhase + phase);
}

/** How many slots exist. */
export function activeSlots(env: i32, at: Tier): i32 {
  return at.maxReplicas - slotsIn(env, at, Phase.none);
}

/** How many slots are on their way to be ready. */
export function pendingSlots(env: i32, at: Tier): i32 {
  return slotsIn(env, at, Phase.creating) + slotsIn(env, at, Phase.rebooting) + slotsIn(env, at, Phase.resizing);
}

/** Puts a slot into a phase. */
export function enter(env: i32, at: Tier, slot: i32, phase: i32): void {
  const i = env * envInts;
  const counts = i + at.ints;
  const before = int(i + at.phase + slot);
  setInt(i + at.phase + slot, phase);
  addTo(counts + TierInt.byPhase + before, -1);
  addTo(counts + TierInt.byPhase + phase, 1);
  const sign = <i32>(phase === Phase.ready) - <i32>(before === Phase.ready);
  addTo(counts + TierInt.slots, sign * unchecked(at.sizes[int(i + at.slotSize + slot)]).slots);
  setFloat(env * envFloats + at.floats + TierFloat.listPrice, -1);
}

/** Gives a slot a size. */
export function takeSize(env: i32, at: Tier, slot: i32, size: i32): void {
  const i = env * envInts;
  const before = int(i + at.slotSize + slot);
  setInt(i + at.slotSize + slot, size);
  if (int(i + at.phase + slot) === Phase.ready) {
    addTo(i + at.ints + TierInt.slots, unchecked(at.sizes[size]).slots - unchecked(at.sizes[before]).slots);
  }
  setFloat(env * envFloats + at.floats + TierFloat.listPrice, -1);
}

/** Forgets the last slots, as far as they are empty. */
export function dropEmpty(env: i32, at: Tier): void {
  const used = env * envInts + at.ints + TierInt.used;
  const phases = env * envInts + at.phase;
  let last = int(used);
  while (last > 0 && int(phases + last - 1) === Phase.none) last--;
  setInt(used, last);
}

/** The time at which the first slot ends its phase. */
export function nextPhase(env: i32, at: Tier): f64 {
  const used = int(env * envInts + at.ints + TierInt.used);
  let from = floatsAt(env * envFloats + at.until);
  let first: f64 = Infinity;
  for (const end = from + ((<usize>used) << 3); from < end; from += 8) first = lesser(first, load<f64>(from));
  return first;
}

/** The list price of all that exists. Unit: USD per hour. */
export function listPrice(env: i32, at: Tier): f64 {
  const known = env * envFloats + at.floats + TierFloat.listPrice;
  if (float(known) < 0) setFloat(known, sumOfPrices(env, at));
  return float(known);
}

function sumOfPrices(env: i32, at: Tier): f64 {
  const i = env * envInts;
  const used = int(i + at.ints + TierInt.used);
  const sizes = at.sizes;
  let phases = intsAt(i + at.phase);
  let slotSizes = intsAt(i + at.slotSize);
  let sum: f64 = 0;
  for (let slot = 0; slot < used; slot++, phases += 4, slotSizes += 4) {
    const price = unchecked(sizes[load<i32>(slotSizes)]).usdPerHour;
    sum += either(load<i32>(phases) !== Phase.none, price, 0);
  }
  return sum;
}

function addTo(at: i32, change: i32): void {
  setInt(at, int(at) + change);
}
