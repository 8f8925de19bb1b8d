/** The life of replicas: created, checked, ready, crashed, resized, drained; and what they are billed. @module */
import { log } from "../elementary.js";
import { countSlots } from "./count-slots.js";
import { DropletBills } from "./droplet-bills.js";
import { EnvFloats, EnvInts, Phase, type StateLayout, TierFloats, TierInts, type TierLayout } from "./layout.js";
import type { DesiredState, SimulatorModel, TierModel } from "./model.js";
import { uniformAt } from "./stream.js";

/** Counters that the lifecycle adds to. */
export interface LifecycleLedger {
  /** Adds to what a tier has cost. Unit: USD, never negative. */
  bill(env: number, tier: number, usd: number): void;
  crashed(env: number, tier: number): void;
}

/** Moves replicas through their phases, in the arrays of {@link layoutState}. Event-driven: it runs only when something is due. */
export class Lifecycle {
  readonly #model: SimulatorModel;
  readonly #layout: StateLayout;
  readonly #ints: Int32Array;
  readonly #floats: Float64Array;
  readonly #ledger: LifecycleLedger;
  readonly #bills: DropletBills;
  /** Whether a slot has come, gone or changed its size since the bills were last gone through. */
  #billsChanged = false;
  /** Whether a slot has begun or ceased to serve, fail, drain or exist since the slots were last counted. */
  #countsChanged = false;

  constructor(
    model: SimulatorModel,
    layout: StateLayout,
    ints: Int32Array,
    floats: Float64Array,
    ledger: LifecycleLedger,
  ) {
    this.#model = model;
    this.#layout = layout;
    this.#ints = ints;
    this.#floats = floats;
    this.#ledger = ledger;
    this.#bills = new DropletBills(model, layout, ints, floats, (env, tier, usd) => ledger.bill(env, tier, usd));
  }

  /** Everything a state asks for is up, and older than its minimum charge. */
  start(env: number, now: number, state: DesiredState): void {
    const i0 = env * this.#layout.ints;
    const f0 = env * this.#layout.floats;
    this.#layout.tiers.forEach((at, t) => {
      this.#ints[i0 + at.ints + TierInts.size] = state.sizes[t]!;
      this.#ints[i0 + at.ints + TierInts.replicas] = state.replicas[t]!;
      this.#ints[i0 + at.ints + TierInts.used] = state.replicas[t]!;
      for (let slot = 0; slot < at.maxReplicas; slot++) {
        const up = slot < state.replicas[t]!;
        this.#ints[i0 + at.slotSize + slot] = state.sizes[t]!;
        this.#ints[i0 + at.nextSize + slot] = state.sizes[t]!;
        this.#bills.startOld(env, at, slot, now);
        this.#floats[f0 + at.until + slot] = Number.POSITIVE_INFINITY;
        this.#ints[i0 + at.phase + slot] = Phase.none;
        if (up) this.#becomeReady(env, t, at, slot, now);
      }
    });
    this.#floats[f0 + EnvFloats.busyUntil] = now;
    this.#bills.turnMonth(f0, now);
    this.#billsChanged = true;
    this.#countsChanged = true;
    this.#settle(env, now);
  }

  /** Does all that is due, then starts a wanted change when none is running. Returns the state that is being applied. */
  process(env: number, now: number, desired: DesiredState, applied: DesiredState): DesiredState {
    const f0 = env * this.#layout.floats;
    for (let t = 0; t < this.#layout.tiers.length; t++) {
      const at = this.#layout.tiers[t]!;
      const used = this.#ints[env * this.#layout.ints + at.ints + TierInts.used]!;
      for (let slot = 0; slot < used; slot++) {
        while (this.#floats[f0 + at.until + slot]! <= now) this.#endPhase(env, t, at, slot, now);
      }
    }
    let result = applied;
    if (desired !== applied && now >= this.#floats[f0 + EnvFloats.busyUntil]!) {
      this.#apply(env, now, desired);
      result = desired;
    }
    this.#settle(env, now, desired !== result);
    return result;
  }

  /** Bills prepaid slots by the second whose time is over: what bears waiting for the end of a step, at `EnvFloats.nextChore` or later. */
  tidy(env: number, now: number, waiting: boolean): void {
    this.#settle(env, now, waiting);
  }

  #endPhase(env: number, t: number, at: TierLayout, slot: number, now: number): void {
    const i = env * this.#layout.ints;
    const u = env * this.#layout.floats + at.until + slot;
    const ended = this.#floats[u]!;
    const { healthCheckSeconds, crashDetectionSeconds, rebootSeconds } = this.#model.lifecycle;
    switch (this.#ints[i + at.phase + slot]) {
      case Phase.creating:
      case Phase.rebooting:
        this.#becomeReady(env, t, at, slot, ended);
        break;
      case Phase.ready:
        if (this.#ints[i + at.nextSize + slot] !== this.#ints[i + at.slotSize + slot]) {
          this.#billsChanged = true;
          this.#countsChanged = true;
          this.#bills.resized(env, t, at, slot, ended, now);
          this.#becomeReady(env, t, at, slot, ended);
          break;
        }
        this.#countsChanged = true;
        this.#ints[i + at.phase + slot] = Phase.failing;
        this.#floats[u] = ended + crashDetectionSeconds;
        this.#ledger.crashed(env, t);
        break;
      case Phase.failing:
        this.#countsChanged = true;
        this.#ints[i + at.phase + slot] = Phase.rebooting;
        this.#floats[u] = ended + rebootSeconds + healthCheckSeconds;
        break;
      case Phase.resizing:
        this.#billsChanged = true;
        this.#countsChanged = true;
        this.#bills.resized(env, t, at, slot, ended - healthCheckSeconds, now);
        this.#becomeReady(env, t, at, slot, ended);
        break;
      case Phase.draining:
        this.#countsChanged = true;
        this.#ints[i + at.phase + slot] = Phase.none;
        this.#floats[u] = Number.POSITIVE_INFINITY;
        break;
      default:
        this.#floats[u] = Number.POSITIVE_INFINITY;
    }
  }

  #becomeReady(env: number, t: number, at: TierLayout, slot: number, since: number): void {
    this.#countsChanged = true;
    this.#ints[env * this.#layout.ints + at.phase + slot] = Phase.ready;
    const mean = this.#model.lifecycle.meanSecondsBetweenCrashes;
    const crashes = Number.isFinite(mean) && this.#model.tiers[t]!.kind === "droplets";
    this.#floats[env * this.#layout.floats + at.until + slot] = crashes
      ? since - mean * log(this.#draw(env, t, slot, since, 1))
      : Number.POSITIVE_INFINITY;
  }

  #apply(env: number, now: number, desired: DesiredState): void {
    const i = env * this.#layout.ints;
    let busyUntil = now;
    for (let t = 0; t < this.#layout.tiers.length; t++) {
      const at = this.#layout.tiers[t]!;
      const tier = this.#model.tiers[t]!;
      const size = desired.sizes[t]!;
      this.#ints[i + at.ints + TierInts.size] = size;
      this.#ints[i + at.ints + TierInts.replicas] = desired.replicas[t]!;
      const used = Math.max(this.#ints[i + at.ints + TierInts.used]!, desired.replicas[t]!);
      this.#ints[i + at.ints + TierInts.used] = used;
      for (let slot = 0; slot < used; slot++) {
        const phase = this.#ints[i + at.phase + slot]!;
        let done = now;
        if (slot < desired.replicas[t]!) {
          if (phase === Phase.none) done = this.#create(env, t, at, slot, now, size);
          else if (this.#ints[i + at.slotSize + slot] !== size) done = this.#resize(env, tier, t, at, slot, now, size);
        } else if (phase !== Phase.none && phase !== Phase.draining) {
          done = now + this.#model.lifecycle.drainSeconds;
          this.#drain(env, t, at, slot, now, done);
        }
        busyUntil = Math.max(busyUntil, done);
      }
    }
    this.#floats[env * this.#layout.floats + EnvFloats.busyUntil] = busyUntil;
  }

  #drain(env: number, t: number, at: TierLayout, slot: number, now: number, done: number): void {
    const i = env * this.#layout.ints;
    this.#billsChanged = true;
    this.#countsChanged = true;
    this.#bills.drain(env, t, at, slot, now, done);
    this.#ints[i + at.phase + slot] = Phase.draining;
    this.#ints[i + at.nextSize + slot] = this.#ints[i + at.slotSize + slot]!;
    this.#floats[env * this.#layout.floats + at.until + slot] = done;
  }

  /** The longer half of the create times is stretched, so that their median is 35 s at 30–71 s. */
  #create(env: number, t: number, at: TierLayout, slot: number, now: number, size: number): number {
    const i = env * this.#layout.ints;
    const { createSeconds, bootScale, healthCheckSeconds } = this.#model.lifecycle;
    const u = this.#draw(env, t, slot, now, 0);
    const done = now + bootScale * (createSeconds[0] + (createSeconds[1] - createSeconds[0]) * u * u * u);
    this.#ints[i + at.phase + slot] = Phase.creating;
    this.#ints[i + at.slotSize + slot] = size;
    this.#ints[i + at.nextSize + slot] = size;
    this.#floats[env * this.#layout.floats + at.until + slot] = done + healthCheckSeconds;
    this.#billsChanged = true;
    this.#countsChanged = true;
    this.#bills.create(env, t, at, slot, now);
    return done;
  }

  /** A tier's replicas are resized together: all come back at one time. */
  #resize(env: number, tier: TierModel, t: number, at: TierLayout, slot: number, now: number, size: number): number {
    const { resizeSeconds, databaseResizeSeconds, bootScale, healthCheckSeconds } = this.#model.lifecycle;
    const [low, high] = tier.kind === "database" ? databaseResizeSeconds : resizeSeconds;
    const done = now + bootScale * (low + (high - low) * this.#draw(env, t, 0, now, 0));
    const i = env * this.#layout.ints;
    this.#ints[i + at.nextSize + slot] = size;
    this.#billsChanged = true;
    this.#countsChanged = true;
    this.#bills.resize(env, t, at, slot, now, done);
    if (tier.kind === "droplets") this.#ints[i + at.phase + slot] = Phase.resizing;
    this.#floats[env * this.#layout.floats + at.until + slot] =
      tier.kind === "droplets" ? done + healthCheckSeconds : done;
    return done;
  }

  /** One draw of this slot at this second: what other slots did does not shift it. */
  #draw(env: number, t: number, slot: number, now: number, purpose: number): number {
    const i = env * this.#layout.ints;
    const since = Math.floor(now - this.#floats[env * this.#layout.floats + EnvFloats.start]!);
    const counter = Math.imul(since, 0x10001) + ((t * 64 + slot) * 2 + purpose);
    return uniformAt(this.#ints[i + EnvInts.life0]!, this.#ints[i + EnvInts.life1]!, counter);
  }

  /** Counts the slots by phase, adds up what is billed by the second, and finds the next event. */
  #settle(env: number, now: number, waiting = false): void {
    const f = env * this.#layout.floats;
    let next = waiting ? Math.max(this.#floats[f + EnvFloats.busyUntil]!, now) : Number.POSITIVE_INFINITY;
    if (now >= this.#floats[f + EnvFloats.monthEnd]!) {
      this.#bills.turnMonth(f, now);
      this.#billsChanged = true;
      this.#countsChanged = true;
    }
    next = Math.min(next, this.#floats[f + EnvFloats.monthEnd]!);
    let chore = Number.POSITIVE_INFINITY;
    for (let t = 0; t < this.#layout.tiers.length; t++) {
      if (this.#countsChanged) countSlots(this.#model, this.#layout, this.#ints, this.#floats, env, t);
      next = Math.min(next, this.#meter(env, t, now), this.#nextPhase(env, t));
      chore = Math.min(chore, this.#floats[f + this.#layout.tiers[t]!.floats + TierFloats.nextPrepaid]!);
    }
    this.#billsChanged = false;
    this.#countsChanged = false;
    this.#floats[f + EnvFloats.nextEvent] = next;
    this.#floats[f + EnvFloats.nextChore] = chore;
  }

  /** The time at which the first of a tier's slots ends its phase. */
  #nextPhase(env: number, t: number): number {
    const floats = this.#floats;
    const { ints, until } = this.#layout.tiers[t]!;
    const first = env * this.#layout.floats + until;
    const end = first + this.#ints[env * this.#layout.ints + ints + TierInts.used]!;
    let next = Number.POSITIVE_INFINITY;
    for (let k = first; k < end; k++) if (floats[k]! < next) next = floats[k]!;
    return next;
  }

  /** Goes through a tier's bills where they change. @returns The time at which they change next, but for prepaid slots. */
  #meter(env: number, t: number, now: number): number {
    const at = this.#layout.tiers[t]!;
    const floats = this.#floats;
    const state = env * this.#layout.floats + at.floats;
    const due = Math.min(floats[state + TierFloats.nextBill]!, floats[state + TierFloats.nextPrepaid]!);
    if (this.#billsChanged || now >= due) {
      floats[state + TierFloats.nextBill] = this.#bills.meter(env, t, at, now);
      floats[state + TierFloats.nextPrepaid] = this.#bills.prepaidUntil;
      floats[state + TierFloats.usdPerSecond] = this.#bills.usdPerHour / 3600;
    }
    return floats[state + TierFloats.nextBill]!;
  }
}
