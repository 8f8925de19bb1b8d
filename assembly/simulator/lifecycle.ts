/** The life of replicas: created, checked, ready, crashed, resized, drained. Event-driven: it runs only when something is due. @module */
import { EnvFloat, EnvInt, Phase, TierFloat, TierInt } from "../../src/simulator/fields";
import {
  billCreation,
  billDrain,
  billResize,
  billResized,
  meter,
  prepaidUntil,
  startOld,
  turnMonth,
  usdPerHour,
} from "./bills";
import { greater, lesser } from "./branchless";
import { log } from "./logarithm";
import {
  add,
  betweenCrashes,
  bootScale,
  crashDetection,
  createHigh,
  createLow,
  databaseResizeHigh,
  databaseResizeLow,
  drain,
  envFloats,
  envInts,
  float,
  floatsAt,
  healthCheck,
  int,
  reboot,
  resizeHigh,
  resizeLow,
  setFloat,
  setInt,
  tierCount,
  tiers,
} from "./model";
import { clearSlots, dropEmpty, enter, nextPhase, takeSize } from "./slots";
import { Tier } from "./tier";
import { uniformAt } from "./uniform";

/** Whether a slot has come, gone or changed its size since the bills were last gone through. */
let billsChanged: bool = false;

/** Everything that is desired is up, and older than its minimum charge. */
export function startSlots(env: i32, now: f64): void {
  const i = env * envInts;
  const f = env * envFloats;
  for (let t = 0; t < tierCount; t++) {
    const at = unchecked(tiers[t]);
    const size = int(i + at.ints + TierInt.desiredSize);
    const replicas = int(i + at.ints + TierInt.desiredReplicas);
    setInt(i + at.ints + TierInt.size, size);
    setInt(i + at.ints + TierInt.replicas, replicas);
    setInt(i + at.ints + TierInt.used, replicas);
    clearSlots(env, at);
    for (let slot = 0; slot < at.maxReplicas; slot++) {
      setInt(i + at.slotSize + slot, size);
      setInt(i + at.nextSize + slot, size);
      startOld(env, at, slot, now);
      setFloat(f + at.machineSeen + slot, now - float(f + EnvFloat.start));
      setFloat(f + at.until + slot, Infinity);
      if (slot < replicas) becomeReady(env, t, at, slot, now);
    }
  }
  setInt(i + EnvInt.nodes, int(i + EnvInt.desiredNodes));
  setFloat(f + EnvFloat.busyUntil, now);
  turnMonth(f, now);
  billsChanged = true;
  settle(env, now);
}

/** Does all that is due, then starts a wanted change when none is running. */
export function processEvents(env: i32, now: f64): void {
  const i = env * envInts;
  const f = env * envFloats;
  for (let t = 0; t < tierCount; t++) {
    const at = unchecked(tiers[t]);
    const used = int(i + at.ints + TierInt.used);
    let until = floatsAt(f + at.until);
    for (let slot = 0; slot < used; slot++, until += 8) {
      while (load<f64>(until) <= now) endPhase(env, t, at, slot, now);
    }
  }
  if (int(i + EnvInt.waiting) !== 0 && now >= float(f + EnvFloat.busyUntil)) apply(env, now);
  settle(env, now);
}

function endPhase(env: i32, t: i32, at: Tier, slot: i32, now: f64): void {
  const i = env * envInts;
  const u = env * envFloats + at.until + slot;
  const ended = float(u);
  switch (int(i + at.phase + slot)) {
    case Phase.creating:
    case Phase.rebooting:
      becomeReady(env, t, at, slot, ended);
      break;
    case Phase.ready:
      if (int(i + at.nextSize + slot) !== int(i + at.slotSize + slot)) {
        billsChanged = true;
        billResized(env, at, slot, ended, now);
        becomeReady(env, t, at, slot, ended);
        break;
      }
      enter(env, at, slot, Phase.failing);
      setFloat(u, ended + crashDetection);
      add(at.crashes, env, 1);
      break;
    case Phase.failing:
      enter(env, at, slot, Phase.rebooting);
      setFloat(u, ended + reboot + healthCheck);
      break;
    case Phase.resizing:
      billsChanged = true;
      billResized(env, at, slot, ended - healthCheck, now);
      becomeReady(env, t, at, slot, ended);
      break;
    case Phase.draining:
      enter(env, at, slot, Phase.none);
      dropEmpty(env, at);
      setFloat(u, Infinity);
      break;
    default:
      setFloat(u, Infinity);
  }
}

function becomeReady(env: i32, t: i32, at: Tier, slot: i32, since: f64): void {
  enter(env, at, slot, Phase.ready);
  const crashes = betweenCrashes < Infinity && !at.database;
  setFloat(env * envFloats + at.until + slot, crashes ? crashAfter(env, t, at, slot, since) : Infinity);
}

/** When a replica crashes that is ready from `since` on. Time without a crash tells nothing of the next one, so a draw holds until it has passed. */
function crashAfter(env: i32, t: i32, at: Tier, slot: i32, since: f64): f64 {
  const clock = env * envFloats + at.crashAt + slot;
  if (float(clock) <= since) setFloat(clock, since - betweenCrashes * log(draw(env, t, slot, since, 1)));
  return float(clock);
}

function apply(env: i32, now: f64): void {
  const i = env * envInts;
  let busyUntil = now;
  for (let t = 0; t < tierCount; t++) {
    const at = unchecked(tiers[t]);
    const size = int(i + at.ints + TierInt.desiredSize);
    const replicas = int(i + at.ints + TierInt.desiredReplicas);
    setInt(i + at.ints + TierInt.size, size);
    setInt(i + at.ints + TierInt.replicas, replicas);
    const used = max(int(i + at.ints + TierInt.used), replicas);
    setInt(i + at.ints + TierInt.used, used);
    let resized: f64 = 0;
    for (let slot = 0; slot < used; slot++) {
      const phase = int(i + at.phase + slot);
      let done = now;
      if (slot < replicas) {
        if (phase === Phase.none) done = createReplica(env, t, at, slot, now, size);
        else if (int(i + at.slotSize + slot) !== size) {
          if (resized === 0) resized = now + drawResize(env, t, at, now);
          done = resized;
          resizeReplica(env, at, slot, now, done, size);
        }
      } else if (phase !== Phase.none && phase !== Phase.draining) {
        done = now + drain;
        drainReplica(env, at, slot, now, done);
      }
      busyUntil = greater(busyUntil, done);
    }
  }
  setInt(i + EnvInt.nodes, int(i + EnvInt.desiredNodes));
  setInt(i + EnvInt.waiting, 0);
  setFloat(env * envFloats + EnvFloat.busyUntil, busyUntil);
}

function drainReplica(env: i32, at: Tier, slot: i32, now: f64, done: f64): void {
  const i = env * envInts;
  billsChanged = true;
  billDrain(env, at, slot, now, done);
  enter(env, at, slot, Phase.draining);
  setInt(i + at.nextSize + slot, int(i + at.slotSize + slot));
  setFloat(env * envFloats + at.until + slot, done);
}

/** The longer half of the create times is stretched, so that their median is 35 s at 30–71 s. */
function createReplica(env: i32, t: i32, at: Tier, slot: i32, now: f64, size: i32): f64 {
  const i = env * envInts;
  const u = draw(env, t, slot, now, 0);
  const done = now + bootScale * (createLow + (createHigh - createLow) * u * u * u);
  takeSize(env, at, slot, size);
  enter(env, at, slot, Phase.creating);
  setInt(i + at.nextSize + slot, size);
  setFloat(env * envFloats + at.until + slot, done + healthCheck);
  billsChanged = true;
  billCreation(env, at, slot, now);
  return done;
}

/** How long it takes to resize a tier's replicas: they are resized together, and all come back at one time. */
function drawResize(env: i32, t: i32, at: Tier, now: f64): f64 {
  const low = at.database ? databaseResizeLow : resizeLow;
  const high = at.database ? databaseResizeHigh : resizeHigh;
  return bootScale * (low + (high - low) * draw(env, t, 0, now, 0));
}

function resizeReplica(env: i32, at: Tier, slot: i32, now: f64, done: f64, size: i32): void {
  const i = env * envInts;
  setInt(i + at.nextSize + slot, size);
  billsChanged = true;
  billResize(env, at, slot, now, done);
  if (!at.database) enter(env, at, slot, Phase.resizing);
  setFloat(env * envFloats + at.until + slot, at.database ? done : done + healthCheck);
}

/** One draw of this slot at this second: what other slots did does not shift it. */
function draw(env: i32, t: i32, slot: i32, now: f64, purpose: i32): f64 {
  const i = env * envInts;
  const since = <i32>floor(now - float(env * envFloats + EnvFloat.start));
  const counter = since * 0x10001 + ((t * 64 + slot) * 2 + purpose);
  return uniformAt(int(i + EnvInt.life0), int(i + EnvInt.life1), counter);
}

/** Adds up what is billed by the second, and finds the next event. */
export function settle(env: i32, now: f64): void {
  const f = env * envFloats;
  let next: f64 = int(env * envInts + EnvInt.waiting) !== 0 ? max(float(f + EnvFloat.busyUntil), now) : Infinity;
  if (now >= float(f + EnvFloat.monthEnd)) {
    turnMonth(f, now);
    billsChanged = true;
  }
  next = lesser(next, float(f + EnvFloat.monthEnd));
  let chore: f64 = Infinity;
  for (let t = 0; t < tierCount; t++) {
    const at = unchecked(tiers[t]);
    next = lesser(next, nextPhase(env, at));
    next = lesser(next, meterWhereDue(env, at, now));
    chore = lesser(chore, float(f + at.floats + TierFloat.nextPrepaid));
  }
  billsChanged = false;
  setFloat(f + EnvFloat.nextEvent, next);
  setFloat(f + EnvFloat.nextChore, chore);
}

/** Goes through a tier's bills where they change. Returns the time at which they change next, but for prepaid slots. */
function meterWhereDue(env: i32, at: Tier, now: f64): f64 {
  const state = env * envFloats + at.floats;
  const due = lesser(float(state + TierFloat.nextBill), float(state + TierFloat.nextPrepaid));
  if (billsChanged || now >= due) {
    setFloat(state + TierFloat.nextBill, meter(env, at, now));
    setFloat(state + TierFloat.nextPrepaid, prepaidUntil);
    setFloat(state + TierFloat.usdPerSecond, usdPerHour / 3600);
  }
  return float(state + TierFloat.nextBill);
}
