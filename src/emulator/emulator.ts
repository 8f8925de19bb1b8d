/** DigitalOcean's API on loopback. @module */
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type Clock, systemClock } from "../clock.js";
import { ClosedError, InvalidOptionError } from "../errors.js";
import { type Catalogue, listCatalogue } from "../infra/catalogue/catalogue.js";
import { checkSeed } from "../rng.js";
import type { DataPlaneListener, DataPlaneState } from "./data-plane-event.js";
import { Dispatcher } from "./dispatcher.js";
import { checkTimes, type EmulatedTimes } from "./emulated-times.js";
import { type EmulatorSpeed, EmulatorTime } from "./emulator-time.js";
import { FaultInjector } from "./fault-injector.js";
import { checkFaults, type FaultOptions } from "./fault-options.js";
import { handlers, transitions } from "./handlers.js";
import { type Exchange, httpFront } from "./http-front.js";
import { Identity } from "./identity.js";
import { LaggingReplica } from "./lagging-replica.js";
import { operationsInScope } from "./operations-in-scope.js";
import { RateLimit, type RateLimitOptions } from "./rate-limit.js";
import { dataPlaneState } from "./resources/data-plane-state.js";
import { addBaseImages } from "./resources/images.js";
import { pushImage } from "./resources/registry-images.js";
import { StateFile } from "./state-file.js";
import { type MetricSource, World, type WorldParts } from "./world.js";

/** Timers overflow beyond 24 days; waking for nothing once an hour costs nothing. */
const LONGEST_SLEEP_SECONDS = 3600;

/** Options of {@link Emulator}. */
export interface EmulatorOptions {
  /** How time passes. @defaultValue "instant" */
  readonly speed?: EmulatorSpeed;
  /** Ids, addresses and durations follow from it. @defaultValue 0 */
  readonly seed?: number | bigint;
  /** The bearer token that is taken. @defaultValue any that is not empty */
  readonly token?: string;
  /** File in which the account is kept, so that a restart finds it again. @defaultValue none */
  readonly stateFile?: string;
  /** Faults to inject. @defaultValue none */
  readonly faults?: FaultOptions;
  /** How long changes take. @defaultValue as at the provider */
  readonly times?: EmulatedTimes;
  /** Limits on requests; without them all are answered, and the headers are those of an untouched account. */
  readonly rateLimit?: RateLimitOptions;
  /** Droplets the account may have. @defaultValue 100 */
  readonly dropletLimit?: number;
  /** Sizes, regions and prices. @defaultValue listCatalogue */
  readonly catalogue?: Catalogue;
  /**
   * First two bytes of the addresses of droplets and load balancers, such as `127.81`: what runs in their place on this machine can then be
   * reached where the API says. @defaultValue none: their addresses lead nowhere
   */
  readonly loopback?: string;
  /** Measured values for the monitoring operations. @defaultValue made-up steady ones */
  readonly metrics?: MetricSource;
  /** Wall time. @defaultValue that of this machine */
  readonly clock?: Clock;
  /** Is told of every request and its answer. */
  readonly onExchange?: (exchange: Exchange) => void;
}

/** Where to listen: always on 127.0.0.1. */
export interface ListenOptions {
  /** 0 takes a free one. @defaultValue 0 */
  readonly port?: number;
}

/**
 * DigitalOcean's API on loopback: a stateful account with a time of its own.
 *
 * @example
 * const emulator = new Emulator({ speed: "instant" });
 * await emulator.listen();
 * // DIGITALOCEAN_API_URL=emulator.url DIGITALOCEAN_TOKEN=any terraform apply
 * await emulator.close();
 */
export class Emulator implements AsyncDisposable {
  readonly #world: World;
  readonly #server: Server;
  readonly #clock: Clock;
  readonly #state: StateFile | undefined;
  readonly #ending = new AbortController();
  #waking: AbortController | undefined;
  #closing: Promise<void> | undefined;

  /**
   * @throws {@link InvalidOptionError} naming an option that is not what it must be.
   * @throws {@link EmulatorStateError} when the state file is there and cannot be read.
   */
  constructor(options: EmulatorOptions = {}) {
    const { speed = "instant", clock = systemClock(), dropletLimit = 100 } = options;
    checkSpeed(speed);
    if (!Number.isSafeInteger(dropletLimit) || dropletLimit < 0) {
      throw new InvalidOptionError("dropletLimit", "an integer from 0", dropletLimit);
    }
    if (options.token === "") throw new InvalidOptionError("token", "a text that is not empty", "");
    if (options.loopback !== undefined && !/^127\.(?:\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-5])$/.test(options.loopback)) {
      throw new InvalidOptionError("loopback", "two bytes such as 127.81", options.loopback);
    }
    this.#clock = clock;
    const state = options.stateFile === undefined ? undefined : new StateFile(options.stateFile);
    const saved = state?.read();
    // Time never goes back: what was saved may come from a time that ran ahead of the wall's.
    const start = saved && (speed === "virtual" ? saved.time : Math.max(saved.time, clock.now()));
    const faults = new FaultInjector(checkFaults(options.faults));
    const seed = checkSeed(options.seed ?? 0);
    const parts: WorldParts = {
      catalogue: options.catalogue ?? listCatalogue,
      time: new EmulatorTime(speed, clock, start),
      faults,
      transitions,
      seed,
      dropletLimit,
      times: checkTimes(options.times ?? {}),
      metrics: options.metrics,
      loopback: options.loopback,
    };
    this.#world = new World(parts);
    if (saved === undefined) addBaseImages(this.#world);
    else this.#world.restore(saved);
    this.#state = state;
    const dispatcherOf = (world: World) => new Dispatcher(world, operationsInScope(), handlers, options.token);
    const replica = new LaggingReplica({
      world: this.#world,
      faults,
      restore: (state) => {
        const copy = new World({ ...parts, faults: new FaultInjector(checkFaults()) });
        copy.restore(state);
        return dispatcherOf(copy);
      },
    });
    this.#server = httpFront({
      world: this.#world,
      dispatcher: dispatcherOf(this.#world),
      replica,
      faults,
      rateLimit: new RateLimit(options.rateLimit),
      wallNow: () => clock.now(),
      identity: new Identity(seed + 1n),
      onExchange: (exchange) => {
        options.onExchange?.(exchange);
        this.#state?.saveSoon(this.#world);
      },
    });
    this.#world.onSooner = (): void => this.#wake();
  }

  /** Where it listens, such as `http://127.0.0.1:40123`: what clients take as `DIGITALOCEAN_API_URL`. @throws {@link ClosedError} when it does not listen. */
  get url(): string {
    const address = this.#server.address() as AddressInfo | null;
    if (address === null) throw new ClosedError("The emulator");
    return `http://127.0.0.1:${address.port}`;
  }

  /** Seconds since 1970-01-01 UTC, in the time of the account. */
  get now(): number {
    return this.#world.time.now();
  }

  /** Begins to listen on 127.0.0.1. @throws {@link InvalidOptionError} when the port is taken or not a port. */
  async listen({ port = 0 }: ListenOptions = {}): Promise<void> {
    if (this.#closing !== undefined) throw new ClosedError("The emulator");
    if (!Number.isInteger(port) || port < 0 || port > 65_535) {
      throw new InvalidOptionError("port", "an integer from 0 to 65535", port);
    }
    await new Promise<void>((resolve, reject) => {
      const onError = (cause: NodeJS.ErrnoException): void => {
        reject(new InvalidOptionError("port", "a port that is free on 127.0.0.1", port, { cause }));
      };
      this.#server.once("error", onError);
      this.#server.listen({ port, host: "127.0.0.1" }, () => {
        this.#server.off("error", onError);
        resolve();
      });
    });
    this.#wake();
  }

  /** Is told of droplets, load balancers and pools that appear, change and go. @returns What ends it. */
  subscribe(listener: DataPlaneListener): () => void {
    return this.#world.subscribe(listener);
  }

  /** What there is for a data plane to run: for one that comes later, or after a restart. */
  dataPlane(): DataPlaneState {
    return dataPlaneState(this.#world);
  }

  /**
   * Puts a tagged image into a container registry, as a push would.
   *
   * @param sizeBytes - Unit: bytes.
   * @returns The digest of its manifest.
   * @throws {@link InvalidOptionError} when there is no such registry.
   */
  pushImage(registry: string, repository: string, tag: string, sizeBytes: number): string {
    if (this.#world.tables.registries.peek(registry) === undefined) {
      throw new InvalidOptionError("registry", "the name of a registry of the account", registry);
    }
    return pushImage(this.#world, registry, repository, tag, sizeBytes);
  }

  /**
   * Moves a virtual time on, letting everything happen on its way at its own time.
   *
   * @param seconds - A finite number from 0.
   * @throws {@link InvalidOptionError} when the time is not virtual, or seconds are not such a number.
   */
  advance(seconds: number): void {
    const { time } = this.#world;
    if (time.speed !== "virtual")
      throw new InvalidOptionError("speed", '"virtual", since advance() was called', time.speed);
    if (!Number.isFinite(seconds) || seconds < 0) {
      throw new InvalidOptionError("seconds", "a finite number from 0", seconds);
    }
    const target = time.now() + seconds;
    for (let next = this.#world.nextAt; next !== undefined && next <= target; next = this.#world.nextAt) {
      time.moveTo(Math.max(next, time.now()));
      this.#world.runDue();
    }
    time.moveTo(target);
    this.#state?.saveSoon(this.#world);
  }

  /** Ends all connections, saves the account where it is kept, and frees the port. Idempotent. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  /** Like {@link Emulator.close}, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(): Promise<void> {
    this.#ending.abort();
    this.#waking?.abort();
    if (this.#server.listening) {
      await new Promise<void>((resolve) => {
        this.#server.close(() => resolve());
        this.#server.closeAllConnections();
      });
    }
    this.#state?.close(this.#world);
  }

  /** Waits for the next transition, so that the data plane hears of it also while nobody asks. */
  #wake(): void {
    this.#waking?.abort();
    const { nextAt, time } = this.#world;
    if (nextAt === undefined || time.factor === 0 || this.#ending.signal.aborted) return;
    if (!this.#server.listening) return;
    const waking = new AbortController();
    this.#waking = waking;
    const seconds = Math.min(Math.max(0, (nextAt - time.now()) / time.factor), LONGEST_SLEEP_SECONDS);
    this.#clock.sleep(seconds, waking.signal).then(
      () => {
        this.#world.runDue();
        this.#state?.saveSoon(this.#world);
        this.#wake();
      },
      () => {},
    );
  }
}

function checkSpeed(speed: EmulatorSpeed): void {
  const isWord = speed === "instant" || speed === "real" || speed === "virtual";
  if (isWord || (typeof speed === "number" && Number.isFinite(speed) && speed > 0)) return;
  throw new InvalidOptionError("speed", '"instant", "real", "virtual" or a finite number above 0', speed);
}
