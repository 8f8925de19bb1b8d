/** The servers of the built-in load balancer: which are up, and which one is next. Without sockets. @module */
import { createHash } from "node:crypto";
import { InvalidOptionError } from "../../../errors.js";
import type { BalanceAlgorithm, PlaneHealthCheck, PlaneServer, PlaneServerStatus } from "./load-balancer.js";

/** A server with what is known of it. */
export interface PooledServer extends PlaneServer {
  /** What a client's cookie says to come here again. */
  readonly cookie: string;
  isUp: boolean;
  wasUp: boolean;
  isDraining: boolean;
  /** Answers of the same kind in a row that speak against its state. */
  streak: number;
  inFlight: number;
  /** Requests it was given. */
  requests: number;
  /** Answers by first digit of the status code. */
  readonly responses: number[];
  checkFailures: number;
  connectionErrors: number;
  /** Requests it was given and did not answer in full. */
  responseErrors: number;
}

/** Servers in order of their coming. */
export class ServerPool {
  readonly #servers = new Map<string, PooledServer>();
  readonly #algorithm: BalanceAlgorithm;
  readonly #check: Required<PlaneHealthCheck>;
  #turn = 0;

  constructor(algorithm: BalanceAlgorithm, check: Required<PlaneHealthCheck>) {
    this.#algorithm = algorithm;
    this.#check = check;
  }

  /** All servers, in order of their names. */
  get all(): readonly PooledServer[] {
    return [...this.#servers.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  get(name: string): PooledServer | undefined {
    return this.#servers.get(name);
  }

  /** Adds a server, which is not up until its checks say so. @throws InvalidOptionError when the name is taken */
  add({ name, host, port }: PlaneServer): PooledServer {
    if (this.#servers.has(name)) throw new InvalidOptionError("name", "one that no server has yet", name);
    const server: PooledServer = {
      name,
      host,
      port,
      cookie: createHash("sha256").update(`${host}:${port}`).digest("hex").slice(0, 16),
      isUp: false,
      wasUp: false,
      isDraining: false,
      streak: 0,
      inFlight: 0,
      requests: 0,
      responses: [0, 0, 0, 0, 0, 0],
      checkFailures: 0,
      connectionErrors: 0,
      responseErrors: 0,
    };
    this.#servers.set(name, server);
    return server;
  }

  remove(name: string): void {
    this.#servers.delete(name);
  }

  /**
   * The server for a request: that of the cookie where it may have requests, else the one with the fewest in flight (the next in turn among
   * equals), or the next in turn.
   * @param tried - Those it was given to already; taken again only where there is no other.
   */
  choose(cookie: string | undefined, tried: ReadonlySet<PooledServer> = new Set()): PooledServer | undefined {
    const able = [...this.#servers.values()].filter(({ isUp, isDraining }) => isUp && !isDraining);
    const fresh = able.filter((server) => !tried.has(server));
    const candidates = fresh.length > 0 ? fresh : able;
    if (candidates.length === 0) return undefined;
    const stuck = cookie === undefined ? undefined : fresh.find((server) => server.cookie === cookie);
    if (stuck !== undefined) return stuck;
    const first = this.#turn++ % candidates.length;
    const inTurn = [...candidates.slice(first), ...candidates.slice(0, first)];
    if (this.#algorithm === "round_robin") return inTurn[0];
    return inTurn.reduce((least, server) => (server.inFlight < least.inFlight ? server : least));
  }

  /** Notes the outcome of a check. @returns Whether the server went up or down by it. */
  checked(server: PooledServer, isGood: boolean): boolean {
    if (!isGood) server.checkFailures++;
    if (isGood === server.isUp) {
      server.streak = 0;
      return false;
    }
    server.streak++;
    if (server.streak < (isGood ? this.#check.rise : this.#check.fall)) return false;
    server.streak = 0;
    server.isUp = isGood;
    server.wasUp ||= isGood;
    return true;
  }

  /** Time until the next check of a server. Unit: seconds. */
  nextCheckSeconds({ isUp, streak }: PooledServer): number {
    return isUp && streak === 0 ? this.#check.intervalSeconds : this.#check.downIntervalSeconds;
  }
}

/** A server's status in a word. */
export function statusOf({ isUp, wasUp, isDraining }: PooledServer): PlaneServerStatus {
  if (isDraining) return "draining";
  if (isUp) return "up";
  return wasUp ? "down" : "starting";
}
