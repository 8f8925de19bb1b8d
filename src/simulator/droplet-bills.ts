/** What the slots of tiers are billed: ahead where the end is known, by the second otherwise, so that costs only grow. @module */
import { CAP_SECONDS, monthOf, prepaidSeconds } from "./billing.js";
import { EnvFloats, Phase, type StateLayout, TierInts, type TierLayout } from "./layout.js";
import type { SimulatorModel } from "./model.js";

/** In place of a time until which a slot is paid for: it is billed by the second. */
const PAID = Number.NEGATIVE_INFINITY;

/** Bills slots, in the arrays of {@link StateLayout}. */
export class DropletBills {
  readonly #model: SimulatorModel;
  readonly #layout: StateLayout;
  readonly #ints: Int32Array;
  readonly #floats: Float64Array;
  readonly #bill: (env: number, tier: number, usd: number) => void;

  /** @param bill - Adds to what a tier has cost. Unit: USD, never negative. */
  constructor(
    model: SimulatorModel,
    layout: StateLayout,
    ints: Int32Array,
    floats: Float64Array,
    bill: (env: number, tier: number, usd: number) => void,
  ) {
    this.#model = model;
    this.#layout = layout;
    this.#ints = ints;
    this.#floats = floats;
    this.#bill = bill;
  }

  /** A slot that runs since long before the episode. */
  startOld(env: number, at: TierLayout, slot: number, now: number): void {
    const f = env * this.#layout.floats;
    this.#floats[f + at.createdAt + slot] = now;
    this.#floats[f + at.paidUntil + slot] = PAID;
  }

  /** A slot is created: the minimum charge is due at once. */
  create(env: number, t: number, at: TierLayout, slot: number, now: number): void {
    const f = env * this.#layout.floats;
    const usdPerHour = this.priceOf(env, t, at, slot);
    const prepaid = prepaidSeconds(usdPerHour);
    this.#floats[f + at.createdAt + slot] = now;
    this.#floats[f + at.paidUntil + slot] = now + prepaid;
    if (usdPerHour > 0) this.#bill(env, t, (prepaid / 3600) * usdPerHour);
  }

  /** A slot is to be destroyed at `done`: the rest is due at once. */
  drain(env: number, t: number, at: TierLayout, slot: number, now: number, done: number): void {
    const paid = env * this.#layout.floats + at.paidUntil + slot;
    this.#ahead(env, t, at, slot, now, done, this.#sizePrice(env, t, at, slot));
    this.#floats[paid] = Math.max(done, this.#floats[paid]!);
  }

  /** A slot changes its size until `done`: what the old size costs more than the new one is due at once. */
  resize(env: number, t: number, at: TierLayout, slot: number, now: number, done: number): void {
    this.#ahead(env, t, at, slot, now, done, this.#sizePrice(env, t, at, slot) - this.priceOf(env, t, at, slot));
  }

  /** The new size is there since `since`: what it costs more is added for the tick that has been billed. */
  resized(env: number, t: number, at: TierLayout, slot: number, since: number, now: number): void {
    const i = env * this.#layout.ints;
    const billed = this.priceOf(env, t, at, slot);
    this.#ints[i + at.slotSize + slot] = this.#ints[i + at.nextSize + slot]!;
    const added = this.priceOf(env, t, at, slot) - billed;
    const paidUntil = this.#floats[env * this.#layout.floats + at.paidUntil + slot]!;
    if (paidUntil < since && added > 0) this.#bill(env, t, ((now - since) / 3600) * added);
  }

  /** What the tier of the last {@link meter} is billed by the second. Unit: USD per hour. */
  usdPerHour = 0;
  /** When the first of its prepaid slots is billed by the second; Infinity without any. */
  prepaidUntil = 0;

  /** Finds what a tier is billed by the second from now on, and when that changes. @returns The time of the change, after now; but for prepaid slots. */
  meter(env: number, t: number, at: TierLayout, now: number): number {
    const floats = this.#floats;
    const i = env * this.#layout.ints;
    const f = env * this.#layout.floats;
    // No slot is older than the episode, so for its first 672 hours none can have come to the monthly cap.
    const firstCap = floats[f + EnvFloats.start]! + CAP_SECONDS;
    let next = now < firstCap ? firstCap : Number.POSITIVE_INFINITY;
    let prepaidUntil = Number.POSITIVE_INFINITY;
    let usdPerHour = 0;
    const used = this.#ints[i + at.ints + TierInts.used]!;
    for (let slot = 0; slot < used; slot++) {
      if (this.#ints[i + at.phase + slot] === Phase.none) continue;
      const paidUntil = floats[f + at.paidUntil + slot]!;
      if (paidUntil > now) {
        if (paidUntil < prepaidUntil) prepaidUntil = paidUntil;
        continue;
      }
      const price = this.priceOf(env, t, at, slot);
      if (paidUntil !== PAID) {
        // The part of the running tick that the minimum charge did not pay for.
        this.#bill(env, t, ((now - paidUntil) / 3600) * price);
        floats[f + at.paidUntil + slot] = PAID;
      }
      if (now >= firstCap) {
        const capAt = this.#capAt(env, at, slot);
        if (capAt <= now) continue;
        if (capAt < next) next = capAt;
      }
      usdPerHour += price;
    }
    this.usdPerHour = usdPerHour;
    this.prepaidUntil = prepaidUntil;
    return next;
  }

  /** Notes the UTC month. @param f - Offset of the environment's floats. */
  turnMonth(f: number, now: number): void {
    const [start, end] = monthOf(now);
    this.#floats[f + EnvFloats.monthStart] = start;
    this.#floats[f + EnvFloats.monthEnd] = end;
  }

  /** Between two sizes the lower price is what time costs. Unit: USD per hour. */
  priceOf(env: number, t: number, at: TierLayout, slot: number): number {
    const next = this.#ints[env * this.#layout.ints + at.nextSize + slot]!;
    return Math.min(this.#sizePrice(env, t, at, slot), this.#model.tiers[t]!.sizes[next]!.usdPerHour);
  }

  #sizePrice(env: number, t: number, at: TierLayout, slot: number): number {
    return this.#model.tiers[t]!.sizes[this.#ints[env * this.#layout.ints + at.slotSize + slot]!]!.usdPerHour;
  }

  #capAt(env: number, at: TierLayout, slot: number): number {
    const f = env * this.#layout.floats;
    return Math.max(this.#floats[f + at.createdAt + slot]!, this.#floats[f + EnvFloats.monthStart]!) + CAP_SECONDS;
  }

  #ahead(env: number, t: number, at: TierLayout, slot: number, now: number, until: number, usdPerHour: number): void {
    if (usdPerHour <= 0 || now >= this.#capAt(env, at, slot)) return;
    const paidUntil = this.#floats[env * this.#layout.floats + at.paidUntil + slot]!;
    const seconds = until - Math.max(now, paidUntil);
    if (seconds > 0) this.#bill(env, t, (seconds / 3600) * usdPerHour);
  }
}
