/** Loopback addresses and ports for one world, which no other has. @module */
import { randomInt } from "node:crypto";
import type { Place } from "../../emulator/data-plane/droplet-process.js";
import { PortInUseError } from "../../errors.js";
import { freePort, isPortTaken } from "../../running-program.js";

/** Where the parts of a world listen. */
export interface LocalNetwork {
  /** Begin of its addresses, such as `127.81.7`; undefined where the system has 127.0.0.1 alone. */
  readonly prefix: string | undefined;
  readonly loadBalancers: readonly { readonly url: Place; readonly metrics: Place }[];
  /** By service, as many as were asked for. */
  readonly droplets: readonly (readonly Place[])[];
  /** Of the world itself. */
  readonly metrics: Place;
  /** Of the load: two, as one may still be in use when the next begins. */
  readonly loadMetrics: readonly [Place, Place];
}

/** What every droplet listens on, where it has an address of its own. */
const DROPLET_PORT = 8080;
const METRICS_PORT = 9100;
const BALANCER_METRICS_PORT = 8404;
/** First last byte of droplets; below are load balancers. */
const FIRST_DROPLET = 20;
const ATTEMPTS = 50;

/**
 * Chooses addresses: 127.x.y.z with an x.y of its own, or ports of 127.0.0.1 where the system has no other loopback address.
 *
 * @param counts - How many droplets each service may have.
 * @throws PortInUseError when no free network is found
 */
export async function chooseNetwork(counts: readonly number[]): Promise<LocalNetwork> {
  const loadMetrics = [await placeOn("127.0.0.1"), await placeOn("127.0.0.1")] as const;
  const total = counts.reduce((sum, count) => sum + count, 0);
  const isWide = total + FIRST_DROPLET < 255 && !(await isPortTaken("127.64.0.1", await freePort("127.0.0.1")));
  if (!isWide) return { ...(await portsOnly(counts)), loadMetrics };
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const prefix = `127.${randomInt(64, 128)}.${randomInt(0, 256)}`;
    const probes = [`${prefix}.1`, `${prefix}.${FIRST_DROPLET}`];
    const taken = await Promise.all(probes.map((host) => isPortTaken(host, DROPLET_PORT)));
    if (taken.includes(true)) continue;
    let next = FIRST_DROPLET;
    const droplets = counts.map((count) =>
      Array.from({ length: count }, () => ({ host: `${prefix}.${next++}`, port: DROPLET_PORT })),
    );
    const loadBalancers = counts.map((_, k) => ({
      url: { host: `${prefix}.${k + 1}`, port: DROPLET_PORT },
      metrics: { host: `${prefix}.${k + 1}`, port: BALANCER_METRICS_PORT },
    }));
    return { prefix, droplets, loadBalancers, metrics: { host: `${prefix}.1`, port: METRICS_PORT }, loadMetrics };
  }
  throw new PortInUseError("a local world", "127.64.0.0/10", DROPLET_PORT);
}

async function portsOnly(counts: readonly number[]): Promise<Omit<LocalNetwork, "loadMetrics">> {
  const one = (): Promise<Place> => placeOn("127.0.0.1");
  const droplets = await Promise.all(counts.map((count) => Promise.all(Array.from({ length: count }, one))));
  const loadBalancers = await Promise.all(counts.map(async () => ({ url: await one(), metrics: await one() })));
  return { prefix: undefined, droplets, loadBalancers, metrics: await one() };
}

async function placeOn(host: string): Promise<Place> {
  return { host, port: await freePort(host) };
}
