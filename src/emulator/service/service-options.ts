/** What the reference service is told, and the checks of it. @module */
import { InvalidOptionError } from "../../errors.js";
import type { Service } from "../../infra/service.js";
import { checkServiceFaults, type ServiceFaults } from "./service-faults.js";

/** The machine a service runs on, as its size says. */
export interface MachineSize {
  /** An integer from 1. */
  readonly vcpus: number;
  /** Unit: bytes, above 0. */
  readonly memoryBytes: number;
  /** Requests it holds at most. An integer from 1. @defaultValue what the service says */
  readonly connections?: number;
}

/** A service that is called for each request, and where it is. */
export interface NextTier {
  /** `http://` on loopback. */
  readonly url: string;
  /** Mean number of calls per request; above 0. Whole calls always, and the rest by chance. */
  readonly perRequest: number;
}

/** Where model time is, and how fast it passes. */
export interface ModelTime {
  /** Now. Unit: seconds since 1970-01-01 UTC. */
  readonly seconds: number;
  /** Seconds of model time in one of the wall. */
  readonly timeScale: number;
}

/** Options of {@link ReferenceService.start}. */
export interface ReferenceServiceOptions {
  /** Name, work, slots per vCPU, memory and bound. Its `calls` name services; `nextTiers` says where they are. */
  readonly service: Service;
  /** @defaultValue 1 vCPU, 1 GiB */
  readonly machine?: MachineSize;
  /** Seed of the work, of the calls and of the faults. @defaultValue 0n */
  readonly seed?: bigint;
  /** For work that changes over the day. @defaultValue none: it is the same all day */
  readonly modelTime?: ModelTime;
  /** Loopback address to listen on. @defaultValue "127.0.0.1" */
  readonly host?: string;
  /** From 0 to 65535; 0 takes a free one. @defaultValue 0 */
  readonly port?: number;
  /** What is called for each request. @defaultValue nothing */
  readonly nextTiers?: readonly NextTier[];
  /** How long a call to another tier may take. Unit: seconds, above 0. @defaultValue 10 */
  readonly callTimeoutSeconds?: number;
  /** @defaultValue none */
  readonly faults?: ServiceFaults;
  /** Whether requests are counted and timed here as well; false where the client's own counts have the same names. @defaultValue true */
  readonly countsRequests?: boolean;
  /** Whether requests in flight are shown as the connections of a database, under postgres_exporter's name. @defaultValue false */
  readonly isDatabase?: boolean;
  /** Told when a crash is due. @defaultValue every connection is cut and nothing is listened to any more */
  readonly onCrash?: () => void;
}

/** Requests that one replica holds at most, unless a service says otherwise; the simulator's default. */
export const DEFAULT_CONNECTIONS = 512;

/** Whether a name or an address is this machine's alone. */
export function isLoopback(host: string): boolean {
  return /^(?:localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[?::1\]?)$/i.test(host);
}

/** Refuses what the service cannot be. @throws InvalidOptionError */
export function checkReferenceService(options: ReferenceServiceOptions): void {
  const { service, machine, host = "127.0.0.1", port = 0, nextTiers = [], callTimeoutSeconds = 10 } = options;
  checkCount("machine.vcpus", machine?.vcpus ?? 1);
  checkCount("machine.connections", machine?.connections ?? 1);
  checkCount("slotsPerVcpu", service.slotsPerVcpu ?? 1);
  checkCount("connectionsPerReplica", service.connectionsPerReplica ?? DEFAULT_CONNECTIONS);
  checkPositive("machine.memoryBytes", machine?.memoryBytes ?? 1, "bytes");
  checkPositive("callTimeoutSeconds", callTimeoutSeconds, "seconds");
  if (!isLoopback(host)) throw new InvalidOptionError("host", "a loopback address such as 127.0.0.1", host);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new InvalidOptionError("port", "an integer from 0 to 65535", port);
  }
  for (const { url, perRequest } of nextTiers) {
    if (!isLoopbackUrl(url))
      throw new InvalidOptionError("nextTiers", "addresses that begin with http:// on loopback", url);
    checkPositive("nextTiers.perRequest", perRequest, "calls");
  }
  checkServiceFaults(options.faults ?? {});
}

function isLoopbackUrl(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url?.protocol === "http:" && isLoopback(url.hostname);
}

function checkCount(option: string, value: number): void {
  if (!Number.isInteger(value) || value < 1) throw new InvalidOptionError(option, "an integer of at least 1", value);
}

function checkPositive(option: string, value: number, unit: string): void {
  if (!Number.isFinite(value) || value <= 0) {
    throw new InvalidOptionError(option, `a finite number above 0 (${unit})`, value);
  }
}
