/** One droplet of a service: its process, its place behind the load balancer, and what it goes through. @module */
import type { Clock } from "../../clock.js";
import { DropletProcessError } from "../../errors.js";
import type { DropletState } from "../data-plane-event.js";
import type { ServiceFault } from "../service/service-faults.js";
import type { MachineSize, ModelTime } from "../service/service-options.js";
import type { DropletProcess, Place } from "./droplet-process.js";
import type { PlaneLoadBalancer, PlaneServerStatus } from "./load-balancer/load-balancer.js";

/** What a replica is at. All but `ready` and `draining` are on their way to `ready`. */
export type ReplicaPhase = "booting" | "checking" | "ready" | "rebooting" | "resizing" | "draining";

/** How long things take. Unit: seconds of the wall. */
export interface ReplicaTimes {
  /** From the crash of a process until it is started again. */
  readonly rebootSeconds: number;
  /** How long requests in flight are waited for on the way out. */
  readonly drainSeconds: number;
  /** How long a process may take to end when it is asked. */
  readonly patienceSeconds: number;
}

/** What a replica is made of. */
export interface ReplicaParts {
  /** Its name behind the load balancer, and the value of `instance` on its metrics. */
  readonly name: string;
  readonly place: Place;
  readonly times: ReplicaTimes;
  readonly clock: Clock;
  /** Starts the process of its droplet. */
  readonly makeProcess: () => DropletProcess;
  /** What a size of droplets has. */
  readonly machineOf: (size: string) => MachineSize;
  readonly modelTime: () => ModelTime;
  /** Sends it requests; undefined where it is called directly. */
  readonly balancer: PlaneLoadBalancer | undefined;
  /** Is told when it is gone for good. */
  readonly onGone: () => void;
}

type Goal = "wait" | "run" | "off" | "gone";

/** Follows the state of its droplet, one thing after another. */
export class Replica {
  readonly name: string;
  readonly place: Place;
  phase: ReplicaPhase = "booting";
  size: string;
  /** Times that its process ended by itself. */
  crashes = 0;
  /** Why it could not be brought up, until it could. */
  failure: DropletProcessError | undefined;
  readonly #parts: ReplicaParts;
  #goal: Goal = "wait";
  #reached: Goal | "crashed" = "wait";
  #process: DropletProcess | undefined;
  /** The size its process was told last. */
  #booted: string | undefined;
  #isBalanced = false;
  #work: Promise<void> | undefined;
  #pause: AbortController | undefined;

  constructor(parts: ReplicaParts, droplet: DropletState) {
    this.#parts = parts;
    this.name = parts.name;
    this.place = parts.place;
    this.size = droplet.size;
    // The process loads while its droplet boots.
    this.#start();
    this.follow(droplet);
  }

  /** Whether it is as it is wanted, and answers where it should. */
  get isSettled(): boolean {
    return this.#goal === "run" ? this.phase === "ready" : this.#work === undefined;
  }

  /** Whether its process listens. */
  get isPresent(): boolean {
    return this.#reached === "run";
  }

  /** Whether it is on its way out. */
  get isLeaving(): boolean {
    return this.#goal === "gone";
  }

  /** What its droplet has become. */
  follow({ status, size }: DropletState): void {
    if (status === "active") {
      if (this.#reached === "run" && size !== this.size) this.phase = "resizing";
      this.#aim("run", size);
    } else if (status !== "new") this.#aim("off", size);
  }

  /** Its droplet is deleted. */
  leave(): void {
    this.phase = "draining";
    this.#aim("gone", this.size);
  }

  /** What its load balancer says of it. */
  see(status: PlaneServerStatus): void {
    if (this.#reached !== "run" || this.#goal !== "run") return;
    if (status === "up") this.phase = "ready";
    else if (this.phase === "ready") this.phase = "checking";
  }

  /** An episode begins. */
  begin(seed: bigint): void {
    this.crashes = 0;
    this.#process?.begin(seed, this.#parts.modelTime());
  }

  /** Makes something go wrong. */
  inject(fault: ServiceFault): void {
    this.#process?.inject(fault);
  }

  /** Resolves when it is gone, after {@link leave}. */
  async gone(): Promise<void> {
    while (this.#work !== undefined) await this.#work;
  }

  #aim(goal: Goal, size: string): void {
    this.#goal = goal;
    this.size = size;
    this.#pause?.abort();
    this.#work ??= this.#reach();
  }

  async #reach(): Promise<void> {
    // What is begun in one turn is not seen half done by whoever aims.
    await Promise.resolve();
    while (this.#reached !== this.#goal || (this.#goal === "run" && this.#booted !== this.size)) {
      const goal = this.#goal;
      try {
        if (goal === "run") await this.#up();
        else await this.#down(goal);
        this.failure = undefined;
      } catch (error) {
        this.failure = failureOf(this.name, error);
        await this.#wait();
      }
    }
    this.#work = undefined;
    if (this.#goal === "gone") this.#parts.onGone();
  }

  async #up(): Promise<void> {
    const { balancer, machineOf, modelTime } = this.#parts;
    if (this.#reached === "crashed") await this.#wait();
    if (this.#goal !== "run") return;
    const process = this.#process ?? this.#start();
    const { size } = this;
    if (this.#reached === "run") process.resize(machineOf(size));
    else await process.boot(machineOf(size), modelTime());
    this.#booted = size;
    if (balancer !== undefined && !this.#isBalanced) {
      await balancer.addServer({ name: this.name, ...this.place });
      this.#isBalanced = true;
    }
    this.phase = balancer === undefined ? "ready" : "checking";
    this.#reached = "run";
  }

  async #down(goal: "off" | "gone" | "wait"): Promise<void> {
    const { balancer, times } = this.#parts;
    this.phase = goal === "gone" ? "draining" : "resizing";
    if (balancer !== undefined && this.#isBalanced) {
      this.#isBalanced = false;
      try {
        await balancer.drainServer(this.name, { timeoutSeconds: times.drainSeconds });
        await balancer.removeServer(this.name);
      } catch {
        // A load balancer that is lost, as its `ended` says, sends nothing more.
      }
    }
    const process = this.#process;
    this.#process = undefined;
    await process?.stop(times.patienceSeconds);
    this.#reached = goal;
  }

  #start(): DropletProcess {
    const process = this.#parts.makeProcess();
    this.#process = process;
    void process.ended.then(() => this.#onEnd(process));
    return process;
  }

  /** A process that was not asked to end: its droplet boots again. */
  #onEnd(process: DropletProcess): void {
    if (this.#process !== process) return;
    this.#process = undefined;
    if (this.#reached !== "run") return;
    this.crashes++;
    this.#reached = "crashed";
    if (this.#goal === "run") this.phase = "rebooting";
    this.#work ??= this.#reach();
  }

  async #wait(): Promise<void> {
    const pause = new AbortController();
    this.#pause = pause;
    await this.#parts.clock.sleep(this.#parts.times.rebootSeconds, pause.signal).catch(() => undefined);
    this.#pause = undefined;
  }
}

function failureOf(name: string, error: unknown): DropletProcessError {
  if (error instanceof DropletProcessError) return error;
  return new DropletProcessError(name, `could not be put behind the load balancer: ${String(error)}`, { cause: error });
}
