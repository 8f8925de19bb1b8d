/** Virtual networks: the default one of each region, and addresses in them. @module */
import { unprocessable } from "../answer.js";
import type { VpcRecord } from "../records.js";
import type { World } from "../world.js";

/** The network of a new resource: the one that is named, or the region's default one, made when it is first needed. @throws Refusal */
export function vpcFor(world: World, region: string, id: string | undefined): VpcRecord {
  if (id !== undefined && id !== "") {
    const vpc = world.tables.vpcs.get(id);
    if (vpc === undefined) throw unprocessable("vpc_uuid: VPC could not be found.");
    if (vpc.region !== region) throw unprocessable(`vpc_uuid: the VPC is in ${vpc.region}, not in ${region}.`);
    return vpc;
  }
  for (const vpc of world.tables.vpcs.all()) if (vpc.isDefault && vpc.region === region) return vpc;
  const vpc: VpcRecord = {
    id: world.identity.uuid(),
    name: `default-${region}`,
    description: "",
    region,
    ipRange: freeRange(world),
    isDefault: true,
    createdAt: world.timestamp,
    addresses: 0,
  };
  world.tables.vpcs.restore(vpc);
  return vpc;
}

/** The next private address of a network. */
export function privateAddress(world: World, vpcId: string): string {
  if (world.identity.isLoopback) return world.identity.address();
  const vpc = world.tables.vpcs.peek(vpcId)!;
  const [base, bits] = rangeOf(vpc.ipRange)!;
  const room = 2 ** (32 - bits) - 3;
  const number = base + 2 + (vpc.addresses++ % room);
  return [24, 16, 8, 0].map((shift) => (number >>> shift) & 255).join(".");
}

/** Whether two ranges share addresses. */
export function overlap(a: string, b: string): boolean {
  const [baseA, bitsA] = rangeOf(a)!;
  const [baseB, bitsB] = rangeOf(b)!;
  const bits = Math.min(bitsA, bitsB);
  return Math.floor(baseA / 2 ** (32 - bits)) === Math.floor(baseB / 2 ** (32 - bits));
}

/** First address and prefix length of a range in CIDR notation; undefined where it is none. */
export function rangeOf(text: string): readonly [base: number, bits: number] | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  if (match === null) return undefined;
  const [a, b, c, d, bits] = match.slice(1).map(Number) as [number, number, number, number, number];
  if ([a, b, c, d].some((byte) => byte > 255) || bits < 1 || bits > 32) return undefined;
  const size = 2 ** (32 - bits);
  return [Math.floor((((a * 256 + b) * 256 + c) * 256 + d) / size) * size, bits];
}

/** A range of 4,096 addresses that no network has. */
export function freeRange(world: World): string {
  const taken = [...world.tables.vpcs.all()].map(({ ipRange }) => ipRange);
  for (let n = 0; n < 4096; n++) {
    const range = `10.${100 + (n >> 4)}.${(n & 15) << 4}.0/20`;
    if (!taken.some((other) => overlap(other, range))) return range;
  }
  throw unprocessable("No private range is free.");
}
