/** The bundled service: what a droplet of the local backend runs, an HTTP server whose work is a queue on a virtual clock. @module */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { InvalidOptionError } from "../../errors.js";
import { AnswerSchedule } from "./answer-schedule.js";
import { NextTiers } from "./next-tiers.js";
import { type PlannedFault, planFaults, type ServiceFault } from "./service-faults.js";
import { type ServiceMetrics, serviceMetrics } from "./service-metrics.js";
import {
  checkReferenceService,
  isLoopback,
  type MachineSize,
  type ModelTime,
  type ReferenceServiceOptions,
} from "./service-options.js";
import { ServiceState } from "./service-state.js";

/** What a service runs on unless told otherwise. */
const DEFAULT_MACHINE: MachineSize = { vcpus: 1, memoryBytes: 2 ** 30 };

/** Where load balancers ask whether it is well: the second is what the stacks' health checks name. */
const HEALTH_PATHS: ReadonlySet<string> = new Set(["/health", "/healthz"]);

/** A clock that does not go back. Unit: seconds. */
const now = (): number => performance.now() / 1000;

/**
 * A service on loopback: `/health` (or `/healthz`) and `/metrics`, and every other path is a request that takes its drawn work.
 *
 * Work is not burnt but waited for: a request is answered when the virtual queue says that it is done. More than the bound is answered 503.
 * @example
 * const service = await ReferenceService.start({
 *   service: { name: "web", resource: "digitalocean_droplet.web", serviceTimeSeconds: 0.02 },
 *   machine: { vcpus: 2, memoryBytes: 2 ** 31 },
 * });
 * await fetch(service.url);
 * await service.close();
 */
export class ReferenceService {
  readonly #options: ReferenceServiceOptions;
  readonly #server: Server;
  #state: ServiceState;
  readonly #metrics: ServiceMetrics;
  readonly #schedule = new AnswerSchedule(now);
  readonly #nextTiers: NextTiers;
  #faults: Iterator<PlannedFault, void>;
  #startedAt: number = now();
  #url = "";
  #faultTimer: NodeJS.Timeout | undefined;
  #hungUntil = Number.NEGATIVE_INFINITY;
  #isDraining = false;
  #closed: Promise<void> | undefined;

  /** Starts a service. @throws InvalidOptionError when an option is not what it must be, or the port is taken */
  static async start(options: ReferenceServiceOptions): Promise<ReferenceService> {
    checkReferenceService(options);
    const { service, machine = DEFAULT_MACHINE, seed = 0n, modelTime, host = "127.0.0.1", port = 0 } = options;
    const state = new ServiceState(service, machine, seed, now(), modelTime);
    let running: ReferenceService | undefined;
    const stateNow = (): ServiceState => (running === undefined ? state : running.#state);
    const metrics = await serviceMetrics(stateNow, now, options);
    const started = new ReferenceService(options, state, metrics);
    running = started;
    await new Promise<void>((resolve, reject) => {
      const refuse = (cause: Error): void => reject(new InvalidOptionError("port", "a free port", port, { cause }));
      started.#server.once("error", refuse);
      started.#server.listen(port, host, () => {
        started.#server.off("error", refuse);
        started.#url = urlOf(started.#server.address() as AddressInfo);
        resolve();
      });
    });
    started.#planFault();
    return started;
  }

  private constructor(options: ReferenceServiceOptions, state: ServiceState, metrics: ServiceMetrics) {
    const { nextTiers = [], callTimeoutSeconds = 10, seed = 0n, faults = {} } = options;
    this.#options = options;
    this.#state = state;
    this.#metrics = metrics;
    this.#nextTiers = new NextTiers(nextTiers, callTimeoutSeconds, seed);
    this.#faults = planFaults(faults, seed);
    this.#server = createServer((request, response) => this.#onRequest(request, response));
    // Longer than any client keeps an idle connection, so that it is the client who closes it.
    this.#server.keepAliveTimeout = 600_000;
  }

  /** Where it listens, or listened. */
  get url(): string {
    return this.#url;
  }

  /** Another size of the machine: what is left of the work is spread over the new number of slots. */
  resize(machine: MachineSize): void {
    checkReferenceService({ ...this.#options, machine });
    const at = now();
    const factor = this.#state.resize(at, machine);
    this.#schedule.reschedule((due) => at + factor * Math.max(0, due - at));
  }

  /**
   * Begins anew where it listens: what is in hand is cut off, counts are 0, and work and faults are drawn by another seed. Its size stays.
   */
  begin(seed: bigint, modelTime?: ModelTime): void {
    this.#schedule.clear();
    this.#server.closeAllConnections();
    this.#hungUntil = Number.NEGATIVE_INFINITY;
    this.#state = new ServiceState(this.#options.service, this.#state.machine, seed, now(), modelTime);
    this.#metrics.reset();
    clearTimeout(this.#faultTimer);
    this.#startedAt = now();
    this.#faults = planFaults(this.#options.faults ?? {}, seed);
    this.#planFault();
  }

  /** Makes something go wrong now. */
  inject(fault: ServiceFault): void {
    if (fault.kind === "crash") this.#crash();
    else if (fault.kind === "slow") this.#state.slowDown(now(), fault.seconds, fault.factor);
    else this.#hang(fault.seconds);
  }

  /**
   * Drains: `/health` answers 503, what was taken is answered, then nothing is listened to any more.
   *
   * @param drainSeconds - What is not answered until then is cut off. @defaultValue 10
   */
  close(drainSeconds = 10): Promise<void> {
    this.#closed ??= this.#drain(drainSeconds);
    return this.#closed;
  }

  async #drain(drainSeconds: number): Promise<void> {
    this.#isDraining = true;
    clearTimeout(this.#faultTimer);
    const ended = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeIdleConnections();
    const cut = setTimeout(() => this.#server.closeAllConnections(), drainSeconds * 1000);
    await ended;
    clearTimeout(cut);
    this.#schedule.clear();
    this.#nextTiers.close();
  }

  #onRequest(request: IncomingMessage, response: ServerResponse): void {
    request.resume();
    if (this.#isDraining) response.setHeader("connection", "close");
    const host = (request.headers.host ?? "").replace(/:\d+$/, "");
    if (!isLoopback(host) || request.headers.origin !== undefined) {
      answer(response, 403, "Loopback only.");
      return;
    }
    const path = request.url!.split("?", 1)[0];
    if (HEALTH_PATHS.has(path!)) this.#afterHang(() => answer(response, this.#isDraining ? 503 : 200, "health"));
    else if (path === "/metrics") this.#afterHang(() => this.#showMetrics(response));
    else this.#serve(response);
  }

  #serve(response: ServerResponse): void {
    const state = this.#state;
    const arrivedAt = now();
    const end = (code: number): void => {
      this.#metrics.answered(code, now() - arrivedAt);
      answer(response, code, "");
    };
    if (state.isFull) {
      this.#afterHang(() => end(503));
      return;
    }
    state.inFlight++;
    state.working++;
    const { request, finishSeconds } = state.take(arrivedAt);
    this.#schedule.add(finishSeconds, () => {
      state.working--;
      this.#nextTiers.call(request).then((code) => {
        state.inFlight--;
        end(code);
      });
    });
  }

  #showMetrics(response: ServerResponse): void {
    this.#metrics.text().then(
      (text) => response.writeHead(200, { "content-type": this.#metrics.contentType }).end(text),
      () => answer(response, 500, "The metrics cannot be shown."),
    );
  }

  /** Does something at once, or after the hang. */
  #afterHang(run: () => void): void {
    if (now() >= this.#hungUntil) run();
    else this.#schedule.add(this.#hungUntil, run);
  }

  #hang(seconds: number): void {
    const at = now();
    this.#hungUntil = Math.max(at, this.#hungUntil) + seconds;
    this.#state.hang(at, seconds);
    this.#schedule.reschedule((due) => Math.max(at, due) + seconds);
  }

  #crash(): void {
    clearTimeout(this.#faultTimer);
    if (this.#options.onCrash !== undefined) {
      this.#options.onCrash();
      return;
    }
    this.#schedule.clear();
    this.#nextTiers.close();
    this.#closed ??= new Promise((resolve) => this.#server.close(() => resolve()));
    this.#server.closeAllConnections();
  }

  #planFault(): void {
    const next = this.#faults.next();
    if (next.done) return;
    const { atSeconds, fault } = next.value;
    const wait = (): void => {
      const left = this.#startedAt + atSeconds - now();
      // In pieces: a timer takes no more than 2^31 ms.
      if (left > 0) this.#faultTimer = setTimeout(wait, Math.min(3600, left) * 1000).unref();
      else {
        this.inject(fault);
        if (fault.kind !== "crash") this.#planFault();
      }
    };
    wait();
  }
}

function urlOf({ address, port, family }: AddressInfo): string {
  return `http://${family === "IPv6" ? `[${address}]` : address}:${port}`;
}

function answer(response: ServerResponse, code: number, text: string): void {
  if (response.destroyed) return;
  response.writeHead(code, { "content-type": "text/plain; charset=utf-8" }).end(text === "" ? "" : `${text}\n`);
}
