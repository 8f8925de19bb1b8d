/** The model, and the arrays the kernel works on: set once, when a simulator is made. @module */
import { next, nextInt, startReading } from "./reader";
import { Resource, readResource, readTier, Tier } from "./tier";

export let tiers: StaticArray<Tier> = new StaticArray<Tier>(0);
export let resources: StaticArray<Resource> = new StaticArray<Resource>(0);
export let otherPrices: StaticArray<f64> = new StaticArray<f64>(0);
export let tierCount: i32 = 0;
export let tickSeconds: f64 = 0;
/** Between two knots of the arrival rate. Unit: seconds. */
export let knotSeconds: f64 = 0;
export let timeout: f64 = 0;
export let roundRobin: bool = false;
export let leastConnections: bool = false;
export let balancerCapacity: f64 = 0;
export let balancerUsdPerHour: f64 = 0;
export let bootScale: f64 = 0;
export let createLow: f64 = 0;
export let createHigh: f64 = 0;
export let healthCheck: f64 = 0;
export let drain: f64 = 0;
export let resizeLow: f64 = 0;
export let resizeHigh: f64 = 0;
export let databaseResizeLow: f64 = 0;
export let databaseResizeHigh: f64 = 0;
export let betweenCrashes: f64 = 0;
export let crashDetection: f64 = 0;
export let reboot: f64 = 0;
/** Billing: the shortest time, the smallest amount, and the time after which a month costs no more. */
export let minimumSeconds: f64 = 0;
export let minimumUsd: f64 = 0;
export let capSeconds: f64 = 0;

/** Rows of the whole. */
export let offeredRow: i32 = 0;
export let timeRow: i32 = 0;
export let priceRow: i32 = 0;
export let balancerCostRow: i32 = 0;
export let otherCostsRow: i32 = 0;
export let resourcesRow: i32 = 0;

/** Widths of one environment's state, and of a row of metrics. */
export let envInts: i32 = 0;
export let envFloats: i32 = 0;
export let stride: i32 = 0;
export let cohorts: i32 = 0;
/** Tables: finite buckets and their bounds, cells of the tables by utilization, the normal quantile. */
export let buckets: i32 = 0;
/** The same, rounded up to an even number. */
export let paddedBuckets: i32 = 0;
export let cells: i32 = 0;
export let bounds: usize = 0;
export let logBounds: usize = 0;
export let normalTable: usize = 0;
export let normalCells: f64 = 0;
export let normalTail: f64 = 0;
/** Cells per unit of u. */
export let normalScale: f64 = 0;
export let tailTable: usize = 0;
export let decayTable: usize = 0;
export let gammaTable: usize = 0;
/** Whether requests are simulated by the host, one by one. */
export let hostTraffic: bool = false;

let ints: usize = 0;
let floats: usize = 0;
let current: usize = 0;
let present: usize = 0;

export function int(at: i32): i32 {
  return load<i32>(ints + ((<usize>at) << 2));
}

export function setInt(at: i32, value: i32): void {
  store<i32>(ints + ((<usize>at) << 2), value);
}

export function float(at: i32): f64 {
  return load<f64>(floats + ((<usize>at) << 3));
}

export function setFloat(at: i32, value: f64): void {
  store<f64>(floats + ((<usize>at) << 3), value);
}

/** The address of an integer of the state. */
export function intsAt(at: i32): usize {
  return ints + ((<usize>at) << 2);
}

/** The address of a float of the state. */
export function floatsAt(at: i32): usize {
  return floats + ((<usize>at) << 3);
}

/** Sets a metric of an environment. */
export function set(row: i32, env: i32, value: f64): void {
  store<f64>(current + ((<usize>(row * stride + env)) << 3), value);
}

export function get(row: i32, env: i32): f64 {
  return load<f64>(current + ((<usize>(row * stride + env)) << 3));
}

/** Adds to a metric of an environment. */
export function add(row: i32, env: i32, value: f64): void {
  const at = current + ((<usize>(row * stride + env)) << 3);
  store<f64>(at, load<f64>(at) + value);
}

/** Adds numbers that lie next to each other to as many metrics of an environment, from a row on. */
export function addRows(row: i32, env: i32, from: usize, count: i32): void {
  const step = (<usize>stride) << 3;
  let at = current + ((<usize>(row * stride + env)) << 3);
  for (const end = from + ((<usize>count) << 3); from < end; from += 8, at += step) {
    store<f64>(at, load<f64>(at) + load<f64>(from));
  }
}

export function setPresent(row: i32, env: i32, value: bool): void {
  store<u8>(present + <usize>(row * stride + env), value ? 1 : 0);
}

/** Reads the model in the order in which src/simulator/core-model.ts writes it. */
export function readModel(from: usize): void {
  startReading(from);
  ints = <usize>nextInt();
  floats = <usize>nextInt();
  current = <usize>nextInt();
  present = <usize>nextInt();
  envInts = nextInt();
  envFloats = nextInt();
  stride = nextInt();
  cohorts = nextInt();
  hostTraffic = next() !== 0;
  readTables();
  readTimes();
  readRows();
  readLists();
  tierCount = nextInt();
  tiers = new StaticArray<Tier>(tierCount);
  for (let t = 0; t < tierCount; t++) tiers[t] = readTier();
}

function readTables(): void {
  buckets = nextInt();
  paddedBuckets = (buckets + 1) & ~1;
  cells = nextInt();
  bounds = <usize>nextInt();
  logBounds = <usize>nextInt();
  normalTable = <usize>nextInt();
  normalCells = next();
  normalTail = next();
  normalScale = normalCells / (1 - 2 * normalTail);
  tailTable = <usize>nextInt();
  decayTable = <usize>nextInt();
  gammaTable = <usize>nextInt();
}

function readTimes(): void {
  tickSeconds = next();
  knotSeconds = next();
  timeout = next();
  leastConnections = next() !== 0;
  roundRobin = next() !== 0;
  balancerCapacity = next();
  balancerUsdPerHour = next();
  bootScale = next();
  createLow = next();
  createHigh = next();
  healthCheck = next();
  drain = next();
  resizeLow = next();
  resizeHigh = next();
  databaseResizeLow = next();
  databaseResizeHigh = next();
  betweenCrashes = next();
  crashDetection = next();
  reboot = next();
  minimumSeconds = next();
  minimumUsd = next();
  capSeconds = next();
}

function readRows(): void {
  offeredRow = nextInt();
  timeRow = nextInt();
  priceRow = nextInt();
  balancerCostRow = nextInt();
  otherCostsRow = nextInt();
  resourcesRow = nextInt();
}

function readLists(): void {
  otherPrices = new StaticArray<f64>(nextInt());
  for (let k = 0; k < otherPrices.length; k++) otherPrices[k] = next();
  resources = new StaticArray<Resource>(nextInt());
  for (let k = 0; k < resources.length; k++) resources[k] = readResource();
}
