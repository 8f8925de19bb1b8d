/** How many of a tier's slots serve, fail, drain and exist, and when the first of them ends its phase. @module */
import { Phase, TierFloat, TierInt } from "../../src/simulator/fields";
import { envFloats, envInts, float, int, setFloat, setInt } from "./model";
import { Tier } from "./tier";

/** Counts a tier's slots by phase, up to the last one in use. Returns the time at which the first of them ends its phase. */
export function countSlots(env: i32, at: Tier): f64 {
  const i = env * envInts;
  const counts = i + at.ints;
  const last = int(counts + TierInt.used);
  let used = 0;
  let ready = 0;
  let failing = 0;
  let draining = 0;
  let active = 0;
  let slots = 0;
  let listPrice: f64 = 0;
  let next: f64 = Infinity;
  const until = env * envFloats + at.until;
  const phases = i + at.phase;
  const slotSizes = i + at.slotSize;
  const sizes = at.sizes;
  for (let slot = 0; slot < last; slot++) {
    const phase = int(phases + slot);
    if (phase === Phase.none) continue;
    used = slot + 1;
    next = min(next, float(until + slot));
    const size = unchecked(sizes[int(slotSizes + slot)]);
    active++;
    listPrice += size.usdPerHour;
    if (phase === Phase.ready) {
      ready++;
      slots += size.slots;
    } else if (phase === Phase.failing) failing++;
    else if (phase === Phase.draining) draining++;
  }
  setInt(counts + TierInt.used, used);
  setInt(counts + TierInt.ready, ready);
  setInt(counts + TierInt.failing, failing);
  setInt(counts + TierInt.pending, active - ready - failing - draining);
  setInt(counts + TierInt.active, active);
  setInt(counts + TierInt.draining, draining);
  setInt(counts + TierInt.slots, slots);
  setFloat(env * envFloats + at.floats + TierFloat.listPrice, listPrice);
  return next;
}
