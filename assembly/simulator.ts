/**
 * The fast simulator: every tier an M/M/c-like queue with a fluid backlog, replicas that come and go, ticks of some seconds.
 *
 * Compiled to WebAssembly by scripts/webassembly.mjs and run by src/simulator/kernel-core.ts, which lays out the memory and writes down
 * the model. All it does is made of IEEE operations that are the same everywhere, and what is not comes from the host.
 * @module
 */
import { EnvFloat, EnvInt } from "../src/simulator/fields";
import { drawArrivals } from "./simulator/arrivals";
import { lesser } from "./simulator/branchless";
import { collectFixed, collectRows, isApplying } from "./simulator/collect";
import { beginFlow, endFlow, makeFlow, refreshFlow, runFlow } from "./simulator/flow";
import { processEvents, settle, startSlots } from "./simulator/lifecycle";
import { envFloats, envInts, float, int, readModel, setInt, tickSeconds } from "./simulator/model";

export { drawArrivals } from "./simulator/arrivals";
export { advanceBacklog, makeBacklog, serveBacklog } from "./simulator/backlog";
export { isApplying } from "./simulator/collect";
export { demandTier } from "./simulator/flow";
export { poissonQuantile } from "./simulator/poisson";
export { addGammaResponses } from "./simulator/responses";

/** Sets memory aside. Views of the memory end here, so all of it is asked for before the first view is made. */
export function allocate(bytes: usize): usize {
  const at = heap.alloc(bytes);
  return at;
}

/** Takes up the model at an address. */
export function configure(model: usize): void {
  readModel(model);
  makeFlow();
}

/** Has everything that is desired up and running. */
export function startReplicas(env: i32, now: f64): void {
  startSlots(env, now);
  collectFixed(env);
}

/** Does what is due in an environment at a tick. */
export function processAt(env: i32, tick: i32, now: f64): void {
  setInt(env * envInts + EnvInt.tick, tick);
  processEvents(env, now);
}

/** Ends some ticks: the clock goes on, and prepaid slots whose time is over are billed by the second. */
export function finish(env: i32, tick: i32): void {
  const f = env * envFloats;
  const end = float(f + EnvFloat.start) + <f64>tick * tickSeconds;
  setInt(env * envInts + EnvInt.tick, tick);
  if (end >= float(f + EnvFloat.nextChore)) settle(env, end);
}

/**
 * Moves environments `first` to `end - 1` on by some ticks, but those with 1 at `skip`: each has `width` knots of its own at
 * `knots`, from number `firstKnots[env]` on, and the last but one of its series is number `lastKnots[env]`.
 */
export function advance(
  first: i32,
  end: i32,
  ticks: i32,
  knots: usize,
  width: i32,
  firstKnots: usize,
  lastKnots: usize,
  skip: usize,
  rates: usize,
  counts: usize,
): void {
  for (let env = first; env < end; env++) {
    if (skip !== 0 && load<u8>(skip + <usize>env) !== 0) continue;
    const number = (<usize>env) << 2;
    const own = knots + ((<usize>(env * width)) << 3);
    advanceOne(env, ticks, own, load<i32>(firstKnots + number), load<i32>(lastKnots + number), rates, counts);
  }
}

/** Moves an environment on by some ticks: see {@link drawArrivals} for its arguments; `rates` and `counts` have room for as many. */
function advanceOne(
  env: i32,
  ticks: i32,
  knots: usize,
  firstKnot: i32,
  lastKnot: i32,
  rates: usize,
  counts: usize,
): void {
  const f = env * envFloats;
  const first = int(env * envInts + EnvInt.tick);
  const begin = float(f + EnvFloat.start) + <f64>first * tickSeconds;
  drawArrivals(env, ticks, knots, firstKnot, lastKnot, rates, counts);
  beginFlow(env);
  let done = 0;
  while (done < ticks) {
    const now = begin + <f64>done * tickSeconds;
    if (now >= float(f + EnvFloat.nextEvent)) processAt(env, first + done, now);
    refreshFlow();
    const quiet = ceil((float(f + EnvFloat.nextEvent) - now) / tickSeconds);
    const end = done + max(1, <i32>lesser(quiet, <f64>(ticks - done)));
    runFlow(counts, rates, done, end);
    done = end;
  }
  finish(env, first + ticks);
  endFlow();
}

/** Brings the gauges of some environments up to date; those not yet started have 0 at `started`. Writes 1 to `applying` where a change is on its way. */
export function collect(first: i32, end: i32, machines: bool, started: usize, applying: usize): void {
  for (let env = first; env < end; env++) {
    if (load<u8>(started + <usize>env) === 0) continue;
    collectRows(env, machines);
    store<u8>(applying + <usize>env, isApplying(env) ? 1 : 0);
  }
}
