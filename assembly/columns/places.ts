/** Where the arrays lie, and the block of environments at hand. @module */
import { Place } from "../../src/metrics/column-codes";

export let numEnvs: i32 = 0;
export let ring: i32 = 0;
export let stride: i32 = 0;
export let historyRing: i32 = 0;
export let samplesPerStep: i32 = 0;
export let samples: usize = 0;
export let samplesPresent: usize = 0;
export let counts: usize = 0;
export let positions: usize = 0;
export let lastResets: usize = 0;
export let presentSince: usize = 0;
export let starts: usize = 0;
export let history: usize = 0;
export let historyPresent: usize = 0;
export let historyAt: usize = 0;
export let results: usize = 0;
export let values: usize = 0;
export let present: usize = 0;
export let restSizes: usize = 0;
export let rests: usize = 0;
export let left: usize = 0;
export let newest: usize = 0;
export let oldest: usize = 0;

/** First environment of the block, and how many there are. */
export let first: i32 = 0;
export let size: i32 = 0;
/** Whether all of them have taken as many samples. */
export let isInStep: bool = false;

/** A word of a list of numbers. */
export function word(at: usize, index: i32): i32 {
  return load<i32>(at + ((<usize>index) << 2));
}

/** Takes up what `Place` lists. */
export function configure(at: usize): void {
  numEnvs = word(at, Place.numEnvs);
  ring = word(at, Place.ring);
  stride = word(at, Place.stride);
  historyRing = word(at, Place.historyRing);
  samplesPerStep = word(at, Place.samplesPerStep);
  samples = word(at, Place.samples);
  samplesPresent = word(at, Place.samplesPresent);
  counts = word(at, Place.count);
  positions = word(at, Place.position);
  lastResets = word(at, Place.lastReset);
  presentSince = word(at, Place.presentSince);
  starts = word(at, Place.start);
  history = word(at, Place.history);
  historyPresent = word(at, Place.historyPresent);
  historyAt = word(at, Place.historyAt);
  results = word(at, Place.results);
  values = word(at, Place.values);
  present = word(at, Place.present);
  restSizes = word(at, Place.restSize);
  rests = word(at, Place.rest);
  left = word(at, Place.left);
  newest = word(at, Place.newest);
  oldest = word(at, Place.oldest);
}

/** Moves on to other environments. */
export function block(firstEnv: i32, envs: i32): void {
  first = firstEnv;
  size = envs;
  isInStep = true;
  for (let i = 1; i < size && isInStep; i++) isInStep = countOf(i) === countOf(0);
}

/** Samples taken by the block's environment `i`. */
export function countOf(i: i32): i32 {
  return load<i32>(counts + ((<usize>(first + i)) << 2));
}

/** Address of a float64 array's element. */
export function float(base: usize, index: i32): usize {
  return base + ((<usize>index) << 3);
}

/** Adds an environment to those left to the host. @returns how many there are */
export function list(i: i32, listed: i32): i32 {
  store<i32>(left + ((<usize>listed) << 2), i);
  return listed + 1;
}
