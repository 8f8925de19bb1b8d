/** Loads on reference services for the benches of the live plane, and what is read off them. @module */
import { type ReferenceService, ReferenceService as Services } from "../src/emulator/service/reference-service.js";
import type { Service } from "../src/infra/service.js";
import { type LoadReport, LoadRunner, type LoadRunnerOptions } from "../src/loadgen/index.js";

/** The service of the library's environments: 20 ms of work. */
export const SERVICE: Service = { name: "web", resource: "digitalocean_droplet.web", serviceTimeSeconds: 0.02 };

/** A quick one, so that what lies before it is what is measured. */
export const QUICK: Service = { ...SERVICE, serviceTimeSeconds: 0.001, serviceTimeDistribution: "deterministic" };

/** Measured once; a figure is one window. */
export const ONCE = { repeats: 1, warmUps: 0 } as const;

/** A reference service in this process. */
export function startService(slots: number, service: Service, seed = 0n): Promise<ReferenceService> {
  return Services.start({
    service,
    machine: { vcpus: slots, memoryBytes: 2 ** 30 },
    seed,
    countsRequests: false,
  });
}

/** Sends a load at one rate, from a process of its own, and keeps every request. */
export async function sendLoad(
  url: string,
  rate: number,
  seconds: number,
  options: Partial<LoadRunnerOptions> = {},
): Promise<LoadReport> {
  const profile = { atSeconds: [0], rates: [rate] };
  const runner = await LoadRunner.start({ url, profile, durationSeconds: seconds, keepsRequests: true, ...options });
  return runner.ended;
}

/** A load on a service in this process. */
export async function loadService(
  slots: number,
  rate: number,
  seconds: number,
  service: Service,
  seed: bigint,
): Promise<LoadReport> {
  const server = await startService(slots, service, seed);
  try {
    return await sendLoad(server.url, rate, seconds, { seed });
  } finally {
    await server.close(1);
  }
}

/** Latencies of the requests that were answered. Unit: seconds. */
export function latenciesOf({ requests }: LoadReport): number[] {
  return requests!.map(({ due, answered }) => answered - due).filter(Number.isFinite);
}

export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function quantileOf(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(share * values.length) - 1)]!;
}

export function sleep(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1000 * seconds));
}
