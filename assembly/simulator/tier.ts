/** Tiers, their sizes and calls, and groups of resources, as src/simulator/core-model.ts writes them. @module */
import { next, nextInt } from "./reader";

/** One size a tier can have. */
@final
export class Size {
  slots: i32 = 0;
  usdPerHour: f64 = 0;
  connections: f64 = 0;
  memoryBytes: f64 = 0;
  vcpus: f64 = 0;
}

/** Calls of a tier to a later one. */
@final
export class Call {
  tier: i32 = 0;
  perRequest: f64 = 0;
}

/** One tier: its model, where its state lies, and its rows. The fields are those of src/simulator: model.ts, layout.ts, rows.ts. */
@final
export class Tier {
  database: bool = false;
  maxReplicas: i32 = 0;
  serviceTime: f64 = 0;
  variation: f64 = 0;
  idleMemory: f64 = 0;
  memoryPerRequest: f64 = 0;
  swings: bool = false;
  /** Mean visits per request at the entry, and requests at the entry that fail by one failed call. */
  visits: f64 = 0;
  share: f64 = 0;
  sizes: StaticArray<Size> = new StaticArray<Size>(0);
  calls: StaticArray<Call> = new StaticArray<Call>(0);

  ints: i32 = 0;
  phase: i32 = 0;
  slotSize: i32 = 0;
  nextSize: i32 = 0;
  floats: i32 = 0;
  cohortLeft: i32 = 0;
  cohortSize: i32 = 0;
  until: i32 = 0;
  paidUntil: i32 = 0;
  createdAt: i32 = 0;
  machineSeen: i32 = 0;
  crashAt: i32 = 0;

  code200: i32 = 0;
  code503: i32 = 0;
  code504: i32 = 0;
  bucket: i32 = 0;
  sum: i32 = 0;
  count: i32 = 0;
  inFlight: i32 = 0;
  backlog: i32 = 0;
  busy: i32 = 0;
  slotsRow: i32 = 0;
  desired: i32 = 0;
  active: i32 = 0;
  ready: i32 = 0;
  pending: i32 = 0;
  draining: i32 = 0;
  cost: i32 = 0;
  crashes: i32 = 0;
  machines: i32 = 0;
  connections: i32 = 0;
  maxConnections: i32 = 0;

  /** Addresses of the tables by replicas and slots of each, shape [maxReplicas + 1, mostSlots + 1]; 0 where there are none yet. */
  tables: usize = 0;
  /** Slots of the largest size. */
  mostSlots: i32 = 1;
}

/** Resources of one type and layer. */
@final
export class Resource {
  fixed: f64 = 0;
  tiers: StaticArray<i32> = new StaticArray<i32>(0);
}

/** Reads a group of resources. */
export function readResource(): Resource {
  const resource = new Resource();
  resource.fixed = next();
  resource.tiers = new StaticArray<i32>(nextInt());
  for (let j = 0; j < resource.tiers.length; j++) resource.tiers[j] = nextInt();
  return resource;
}

/** Reads a tier. */
export function readTier(): Tier {
  const tier = new Tier();
  tier.database = next() !== 0;
  tier.maxReplicas = nextInt();
  tier.serviceTime = next();
  tier.variation = next();
  tier.idleMemory = next();
  tier.memoryPerRequest = next();
  tier.swings = next() !== 0;
  tier.visits = next();
  tier.share = next();
  tier.sizes = readSizes();
  tier.calls = readCalls();
  tier.ints = nextInt();
  tier.phase = nextInt();
  tier.slotSize = nextInt();
  tier.nextSize = nextInt();
  tier.floats = nextInt();
  tier.cohortLeft = nextInt();
  tier.cohortSize = nextInt();
  tier.until = nextInt();
  tier.paidUntil = nextInt();
  tier.createdAt = nextInt();
  tier.machineSeen = nextInt();
  tier.crashAt = nextInt();
  tier.code200 = nextInt();
  tier.code503 = nextInt();
  tier.code504 = nextInt();
  tier.bucket = nextInt();
  tier.sum = nextInt();
  tier.count = nextInt();
  tier.inFlight = nextInt();
  tier.backlog = nextInt();
  tier.busy = nextInt();
  tier.slotsRow = nextInt();
  tier.desired = nextInt();
  tier.active = nextInt();
  tier.ready = nextInt();
  tier.pending = nextInt();
  tier.draining = nextInt();
  tier.cost = nextInt();
  tier.crashes = nextInt();
  tier.machines = nextInt();
  tier.connections = nextInt();
  tier.maxConnections = nextInt();
  tier.tables = <usize>nextInt();
  for (let k = 0; k < tier.sizes.length; k++) tier.mostSlots = max(tier.mostSlots, tier.sizes[k].slots);
  return tier;
}

function readSizes(): StaticArray<Size> {
  const sizes = new StaticArray<Size>(nextInt());
  for (let k = 0; k < sizes.length; k++) {
    const size = new Size();
    size.slots = nextInt();
    size.usdPerHour = next();
    size.connections = next();
    size.memoryBytes = next();
    size.vcpus = next();
    sizes[k] = size;
  }
  return sizes;
}

function readCalls(): StaticArray<Call> {
  const calls = new StaticArray<Call>(nextInt());
  for (let k = 0; k < calls.length; k++) {
    const call = new Call();
    call.tier = nextInt();
    call.perRequest = next();
    calls[k] = call;
  }
  return calls;
}
