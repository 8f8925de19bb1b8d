/** haproxy as the data plane's load balancer: started by hand in a folder of its own, changed by its runtime API. @module */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { InvalidOptionError, LoadBalancerError, PortInUseError } from "../../../errors.js";
import { freePort, isPortTaken, privateFolder, RunningProgram } from "../../../running-program.js";
import { addServerCommands, haproxyConfiguration } from "./haproxy-configuration.js";
import { HaproxySocket, parseHaproxyTable } from "./haproxy-socket.js";
import type {
  DrainOptions,
  PlaneLoadBalancer,
  PlaneServer,
  PlaneServerState,
  PlaneServerStatus,
} from "./load-balancer.js";
import { type CheckedLoadBalancer, checkServer } from "./load-balancer-options.js";
import type { BalancerProcessOptions } from "./open-load-balancer.js";
import { waitForServer } from "./wait-for-server.js";

/** A haproxy that was found. */
export interface FoundHaproxy {
  readonly path: string;
  /** Such as `2.6.12`. */
  readonly version: string;
}

/** How long it may take to listen, to let go of a server, and to end. Unit: seconds. */
const START_SECONDS = 5;
const DELETE_SECONDS = 3;
const END_SECONDS = 2;
/** Between two looks. Unit: milliseconds. */
const LOOK_EVERY = 20;
/** How often servers are looked at where nobody asks for them, and how long one is down before what it holds is cut. Unit: milliseconds. */
const WATCH_EVERY = 250;
const CUT_AFTER = 100;
/** The address of a socket has 108 bytes at most, of which haproxy needs some for a temporary name. */
const LONGEST_SOCKET = 90;

/** A running haproxy. */
export class Haproxy implements PlaneLoadBalancer {
  readonly kind = "haproxy" as const;
  readonly version: string;
  readonly url: string;
  readonly metricsUrl: string;
  readonly pid: number;
  readonly ended: Promise<Error | undefined>;
  readonly #options: CheckedLoadBalancer;
  readonly #program: RunningProgram;
  readonly #socket: HaproxySocket;
  readonly #places: Places;
  readonly #title: string;
  /** Those that were up once. */
  readonly #wereUp = new Set<string>();
  readonly #servers = new Map<string, PlaneServer>();
  /** Since when those that are down were seen so. */
  readonly #downSince = new Map<string, number>();
  readonly #watch: NodeJS.Timeout;
  #lookedAt = 0;
  #closing: Promise<void> | undefined;

  private constructor(options: CheckedLoadBalancer, found: FoundHaproxy, places: Places, program: RunningProgram) {
    this.version = found.version;
    this.url = `http://${options.address}:${places.port}`;
    this.metricsUrl = `http://${options.address}:${places.metricsPort}/metrics`;
    this.pid = program.pid;
    this.#title = `haproxy ${found.version}`;
    this.#options = options;
    this.#program = program;
    this.#places = places;
    this.#socket = new HaproxySocket(places.socket, this.#title);
    this.#watch = setInterval(() => {
      if (performance.now() - this.#lookedAt >= WATCH_EVERY) this.servers().catch(() => undefined);
    }, WATCH_EVERY).unref();
    this.ended = program.ended.then(({ wasStopped, code, signal }) => {
      clearInterval(this.#watch);
      if (wasStopped) return undefined;
      return new LoadBalancerError(this.#title, `ended by itself (${signal ?? `exit code ${code}`}). ${program.log()}`);
    });
  }

  /** Starts haproxy and waits until it listens. @throws PortInUseError, LoadBalancerError */
  static async start(
    options: CheckedLoadBalancer,
    found: FoundHaproxy,
    { onSpawn }: Pick<BalancerProcessOptions, "onSpawn"> = {},
  ): Promise<Haproxy> {
    if (/[\r\n]/.test(options.directory)) {
      throw new InvalidOptionError("directory", "a path on one line", options.directory);
    }
    privateFolder(options.directory);
    const places = await placesOf(options);
    const file = join(options.directory, "haproxy.cfg");
    writeFileSync(places.drainingFile, "", { mode: 0o600 });
    writeFileSync(file, haproxyConfiguration(options, places), { mode: 0o600 });
    const { directory } = options;
    const args = ["-f", file, "-db"];
    const program = await RunningProgram.start({ path: found.path, args, directory, name: "haproxy" });
    onSpawn?.(program.pid);
    const haproxy = new Haproxy(options, found, places, program);
    try {
      await haproxy.#listens();
    } catch (error) {
      await haproxy.close();
      throw error;
    }
    return haproxy;
  }

  async addServer(server: PlaneServer): Promise<void> {
    checkServer(server);
    const { name, host, port } = server;
    if (this.#servers.has(name)) throw new InvalidOptionError("name", "one that no server has yet", name);
    this.#servers.set(name, { name, host, port });
    const answer = await this.#socket.send(...addServerCommands(this.#options, server));
    if (answer.trim() === "New server registered.") return;
    this.#servers.delete(name);
    throw new LoadBalancerError(this.#title, `refused the server ${name}: ${answer.trim()}`);
  }

  waitForServer(name: string, timeoutSeconds: number): Promise<void> {
    return waitForServer(this, this.#title, name, timeoutSeconds);
  }

  async drainServer(name: string, { timeoutSeconds }: DrainOptions): Promise<boolean> {
    const row = await this.#rowOf(name);
    const cookie = row.get("cookie") ?? "";
    const sticky =
      this.#options.stickySessions === undefined || cookie === ""
        ? []
        : [`add acl ${this.#places.drainingFile} ${cookie}`];
    await this.#tell(`set server ${this.#at(name)} state drain`, ...sticky);
    const deadline = performance.now() + timeoutSeconds * 1000;
    for (;;) {
      const now = await this.#rowOf(name);
      if (countOf(now, "scur") === 0) return true;
      if (performance.now() >= deadline) return false;
      await sleep(LOOK_EVERY);
    }
  }

  async removeServer(name: string): Promise<void> {
    const row = await this.#rowOf(name);
    const cookie = row.get("cookie") ?? "";
    await this.#tell(`set server ${this.#at(name)} state maint`);
    const deadline = performance.now() + DELETE_SECONDS * 1000;
    for (;;) {
      const answer = await this.#socket.send(`del server ${this.#at(name)}`);
      if (answer.trim() === "Server deleted.") break;
      if (performance.now() >= deadline) {
        throw new LoadBalancerError(this.#title, `does not let go of the server ${name}: ${answer.trim()}`);
      }
      await this.#socket.send(`shutdown sessions server ${this.#at(name)}`);
      await sleep(LOOK_EVERY);
    }
    this.#servers.delete(name);
    this.#wereUp.delete(name);
    this.#downSince.delete(name);
    if (this.#options.stickySessions !== undefined && row.get("status") === "DRAIN") {
      await this.#socket.send(`del acl ${this.#places.drainingFile} ${cookie}`);
    }
  }

  async servers(): Promise<readonly PlaneServerState[]> {
    this.#lookedAt = performance.now();
    const rows = await this.#rows();
    for (const row of rows) this.#cutWhereDown(row);
    return rows
      .flatMap((row): PlaneServerState[] => {
        const server = this.#servers.get(row.get("svname") ?? "");
        if (server === undefined) return [];
        const status = this.#statusOf(server.name, row.get("status") ?? "");
        return [{ ...server, status, inFlight: countOf(row, "scur"), requests: countOf(row, "stot") }];
      })
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  close(): Promise<void> {
    this.#closing ??= this.#end();
    return this.#closing;
  }

  async #end(): Promise<void> {
    await this.#program.stop(END_SECONDS);
    rmSync(this.#places.socket, { force: true });
    rmSync(this.#places.drainingFile, { force: true });
    if (this.#places.socketFolder !== undefined) rmSync(this.#places.socketFolder, { recursive: true, force: true });
  }

  async #listens(): Promise<void> {
    const deadline = performance.now() + START_SECONDS * 1000;
    const isAnswering = (): Promise<boolean> =>
      this.#socket.send("show info").then(
        () => true,
        () => false,
      );
    while (!(await isAnswering())) {
      if (!this.#program.isRunning) throw this.#startError();
      if (performance.now() >= deadline) {
        throw new LoadBalancerError(this.#title, `did not listen within ${START_SECONDS} s. ${this.#program.log()}`);
      }
      await sleep(LOOK_EVERY);
    }
  }

  /** Why it did not begin, in its own words. */
  #startError(): Error {
    const log = this.#program.log();
    const taken = /\(Address already in use\) \[[^\]]*:(\d+)\]/.exec(log);
    if (taken !== null) return new PortInUseError(this.#title, this.#options.address, Number(taken[1]));
    return new LoadBalancerError(this.#title, `refuses its configuration: ${log}`);
  }

  #at(name: string): string {
    return `${this.#options.name}/${name}`;
  }

  async #tell(...commands: readonly string[]): Promise<void> {
    const answer = (await this.#socket.send(...commands)).trim();
    if (answer !== "") throw new LoadBalancerError(this.#title, `refused ${commands.join("; ")}: ${answer}`);
  }

  async #rowOf(name: string): Promise<ReadonlyMap<string, string>> {
    const row = (await this.#rows()).find((one) => one.get("svname") === name);
    if (row !== undefined && this.#servers.has(name)) return row;
    throw new LoadBalancerError(this.#title, `has no server ${JSON.stringify(name)}.`);
  }

  async #rows(): Promise<readonly ReadonlyMap<string, string>[]> {
    // All proxies, servers only.
    return parseHaproxyTable(await this.#socket.send("show stat -1 4 -1"));
  }

  /**
   * Cuts what a server holds that is down. haproxy would do so itself (`on-marked-down shutdown-sessions`), but at that instant, and with
   * requests that are on their way from it to another server.
   */
  #cutWhereDown(row: ReadonlyMap<string, string>): void {
    const name = row.get("svname") ?? "";
    if (!this.#wereUp.has(name) || this.#statusOf(name, row.get("status") ?? "") !== "down") {
      this.#downSince.delete(name);
      return;
    }
    const now = performance.now();
    const since = this.#downSince.get(name) ?? now;
    this.#downSince.set(name, since);
    if (now - since < CUT_AFTER || countOf(row, "scur") === 0) return;
    this.#socket.send(`shutdown sessions server ${this.#at(name)}`).catch(() => undefined);
  }

  #statusOf(name: string, text: string): PlaneServerStatus {
    if (text.startsWith("UP")) {
      this.#wereUp.add(name);
      return "up";
    }
    if (text === "DRAIN" || text.startsWith("MAINT")) return "draining";
    return this.#wereUp.has(name) ? "down" : "starting";
  }
}

interface Places {
  readonly port: number;
  readonly metricsPort: number;
  readonly socket: string;
  readonly socketFolder: string | undefined;
  readonly drainingFile: string;
}

async function placesOf({ address, port, metricsPort, directory }: CheckedLoadBalancer): Promise<Places> {
  for (const given of [port, metricsPort]) {
    if (given !== 0 && (await isPortTaken(address, given))) throw new PortInUseError("haproxy", address, given);
  }
  const inside = join(directory, "haproxy.sock");
  const isTooLong = Buffer.byteLength(inside) > LONGEST_SOCKET;
  const socketFolder = isTooLong ? mkdtempSync(join(tmpdir(), "infra-gym-")) : undefined;
  return {
    port: port === 0 ? await freePort(address) : port,
    metricsPort: metricsPort === 0 ? await freePort(address) : metricsPort,
    socket: socketFolder === undefined ? inside : join(socketFolder, "haproxy.sock"),
    socketFolder,
    drainingFile: join(directory, "draining.acl"),
  };
}

function countOf(row: ReadonlyMap<string, string>, column: string): number {
  return Number(row.get(column) ?? 0);
}
