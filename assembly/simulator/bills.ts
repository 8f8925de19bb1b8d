/** What the slots of tiers are billed: ahead where the end is known, by the second otherwise, so that costs only grow. @module */
import { EnvFloat, Phase, TierInt } from "../../src/simulator/fields";
import { either, lesser } from "./branchless";
import { monthEnd, monthStart } from "./host";
import {
  add,
  capSeconds,
  envFloats,
  envInts,
  float,
  floatsAt,
  int,
  intsAt,
  minimumSeconds,
  minimumUsd,
  setFloat,
} from "./model";
import { takeSize } from "./slots";
import { Tier } from "./tier";

/** In place of a time until which a slot is paid for: it is billed by the second. */
const PAID: f64 = -Infinity;

/** What the tier of the last {@link meter} is billed by the second. Unit: USD per hour. */
export let usdPerHour: f64 = 0;
/** When the first of its prepaid slots is billed by the second; Infinity without any. */
export let prepaidUntil: f64 = 0;

/** A slot that runs since long before the episode. */
export function startOld(env: i32, at: Tier, slot: i32, now: f64): void {
  const f = env * envFloats;
  setFloat(f + at.createdAt + slot, now);
  setFloat(f + at.paidUntil + slot, PAID);
}

/** A slot is created: the minimum charge is due at once. */
export function billCreation(env: i32, at: Tier, slot: i32, now: f64): void {
  const f = env * envFloats;
  const price = priceOf(env, at, slot);
  const prepaid = price <= 0 ? Infinity : max(minimumSeconds, (minimumUsd * 3600) / price);
  setFloat(f + at.createdAt + slot, now);
  setFloat(f + at.paidUntil + slot, now + prepaid);
  if (price > 0) add(at.cost, env, (prepaid / 3600) * price);
}

/** A slot is to be destroyed at `done`: the rest is due at once. */
export function billDrain(env: i32, at: Tier, slot: i32, now: f64, done: f64): void {
  const paid = env * envFloats + at.paidUntil + slot;
  billAhead(env, at, slot, now, done, sizePrice(env, at, slot));
  setFloat(paid, max(done, float(paid)));
}

/** A slot changes its size until `done`: what the old size costs more than the new one is due at once. */
export function billResize(env: i32, at: Tier, slot: i32, now: f64, done: f64): void {
  billAhead(env, at, slot, now, done, sizePrice(env, at, slot) - priceOf(env, at, slot));
}

/** The new size is there since `since`: what it costs more is added for the tick that has been billed. */
export function billResized(env: i32, at: Tier, slot: i32, since: f64, now: f64): void {
  const i = env * envInts;
  const billed = priceOf(env, at, slot);
  takeSize(env, at, slot, int(i + at.nextSize + slot));
  const added = priceOf(env, at, slot) - billed;
  if (float(env * envFloats + at.paidUntil + slot) < since && added > 0)
    add(at.cost, env, ((now - since) / 3600) * added);
}

/** Finds what a tier is billed by the second from now on, and when that changes. Returns the time of the change, after now; but for prepaid slots. */
export function meter(env: i32, at: Tier, now: f64): f64 {
  const i = env * envInts;
  const f = env * envFloats;
  // No slot is older than the episode, so for its first 672 hours none can have come to the monthly cap.
  const firstCap = float(f + EnvFloat.start) + capSeconds;
  let next: f64 = now < firstCap ? firstCap : Infinity;
  let firstPaid: f64 = Infinity;
  let price: f64 = 0;
  const used = int(i + at.ints + TierInt.used);
  const sizes = at.sizes;
  let phases = intsAt(i + at.phase);
  let slotSizes = intsAt(i + at.slotSize);
  let nextSizes = intsAt(i + at.nextSize);
  let paid = floatsAt(f + at.paidUntil);
  for (let slot = 0; slot < used; slot++, phases += 4, slotSizes += 4, nextSizes += 4, paid += 8) {
    const exists = load<i32>(phases) !== Phase.none;
    const paidUntil = load<f64>(paid);
    const isPrepaid = paidUntil > now;
    const current = unchecked(sizes[load<i32>(slotSizes)]).usdPerHour;
    let own = lesser(current, unchecked(sizes[load<i32>(nextSizes)]).usdPerHour);
    if (exists & !isPrepaid & (paidUntil !== PAID)) {
      // The part of the running tick that the minimum charge did not pay for.
      add(at.cost, env, ((now - paidUntil) / 3600) * own);
      store<f64>(paid, PAID);
    }
    if (now >= firstCap && exists && !isPrepaid) {
      const capAt = capOf(env, at, slot);
      if (capAt <= now) own = 0;
      else if (capAt < next) next = capAt;
    }
    // Without branches: which slots there are, and which are prepaid, is not to be foreseen.
    price += either(exists & !isPrepaid, own, 0);
    firstPaid = lesser(firstPaid, either(exists & isPrepaid, paidUntil, Infinity));
  }
  prepaidUntil = firstPaid;
  usdPerHour = price;
  return next;
}

/** Notes the UTC month. `f`: offset of the environment's floats. */
export function turnMonth(f: i32, now: f64): void {
  setFloat(f + EnvFloat.monthStart, monthStart(now));
  setFloat(f + EnvFloat.monthEnd, monthEnd(now));
}

/** Between two sizes the lower price is what time costs. Unit: USD per hour. */
function priceOf(env: i32, at: Tier, slot: i32): f64 {
  const next = int(env * envInts + at.nextSize + slot);
  return min(sizePrice(env, at, slot), unchecked(at.sizes[next]).usdPerHour);
}

function sizePrice(env: i32, at: Tier, slot: i32): f64 {
  return unchecked(at.sizes[int(env * envInts + at.slotSize + slot)]).usdPerHour;
}

function capOf(env: i32, at: Tier, slot: i32): f64 {
  const f = env * envFloats;
  return max(float(f + at.createdAt + slot), float(f + EnvFloat.monthStart)) + capSeconds;
}

function billAhead(env: i32, at: Tier, slot: i32, now: f64, until: f64, price: f64): void {
  if (price <= 0 || now >= capOf(env, at, slot)) return;
  const seconds = until - max(now, float(env * envFloats + at.paidUntil + slot));
  if (seconds > 0) add(at.cost, env, (seconds / 3600) * price);
}
