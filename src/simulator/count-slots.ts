/** How many of a tier's slots serve, fail, drain and exist. @module */
import { Phase, type StateLayout, TierFloats, TierInts } from "./layout.js";
import type { SimulatorModel } from "./model.js";

/** Counts a tier's slots by phase, in the arrays of {@link StateLayout}, up to the last one in use. */
export function countSlots(
  model: SimulatorModel,
  layout: StateLayout,
  ints: Int32Array,
  floats: Float64Array,
  env: number,
  t: number,
): void {
  const at = layout.tiers[t]!;
  const { sizes } = model.tiers[t]!;
  const phases = env * layout.ints + at.phase;
  const slotSizes = env * layout.ints + at.slotSize;
  const counts = env * layout.ints + at.ints;
  let used = 0;
  let ready = 0;
  let failing = 0;
  let draining = 0;
  let active = 0;
  let slots = 0;
  let listPrice = 0;
  for (let slot = 0; slot < ints[counts + TierInts.used]!; slot++) {
    const phase = ints[phases + slot]!;
    if (phase === Phase.none) continue;
    used = slot + 1;
    const size = sizes[ints[slotSizes + slot]!]!;
    active++;
    listPrice += size.usdPerHour;
    if (phase === Phase.ready) {
      ready++;
      slots += size.slots;
    } else if (phase === Phase.failing) failing++;
    else if (phase === Phase.draining) draining++;
  }
  ints[counts + TierInts.used] = used;
  ints[counts + TierInts.ready] = ready;
  ints[counts + TierInts.failing] = failing;
  ints[counts + TierInts.pending] = active - ready - failing - draining;
  ints[counts + TierInts.active] = active;
  ints[counts + TierInts.draining] = draining;
  ints[counts + TierInts.slots] = slots;
  floats[env * layout.floats + at.floats + TierFloats.listPrice] = listPrice;
}
