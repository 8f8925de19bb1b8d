/** What a running service has in hand, and what its machine has done: without sockets, on a clock that is passed in. @module */
import type { Service } from "../../infra/service.js";
import { workFactor } from "../../simulator/daily-swing.js";
import { DEFAULT_CONNECTIONS, type MachineSize, type ModelTime } from "./service-options.js";
import { VirtualQueue } from "./virtual-queue.js";
import { workDraws } from "./work-draws.js";

/** Memory of the idle process, unless a service says otherwise. Unit: bytes. */
const DEFAULT_IDLE_MEMORY = 200 * 2 ** 20;

/** Queue, bound, machine and slow times of one service. */
export class ServiceState {
  readonly service: Service;
  /** Requests taken and not answered yet, waiting, in work or calling others. */
  inFlight = 0;
  /** Requests that wait or are in work. */
  working = 0;
  readonly #queue: VirtualQueue;
  readonly #draw: (request: number) => number;
  /** What work is multiplied by at a time of the day. */
  readonly #swing: (now: number) => number;
  #machine: MachineSize;
  #requests = 0;
  #slow = { until: Number.NEGATIVE_INFINITY, factor: 1 };
  /** Slot-seconds that could have been worked until `since`. */
  #capacity = { slotSeconds: 0, since: 0 };

  /** @param now - The start. Unit: seconds. @param modelTime - At the start; without it work is the same all day. */
  constructor(service: Service, machine: MachineSize, seed: bigint, now: number, modelTime?: ModelTime) {
    this.service = service;
    const { dailySwing } = service;
    this.#swing = (at) =>
      dailySwing === undefined || modelTime === undefined
        ? 1
        : workFactor(dailySwing, modelTime.seconds + (at - now) * modelTime.timeScale);
    this.#machine = machine;
    this.#queue = new VirtualQueue(this.#slotsOf(machine));
    this.#draw = workDraws(service, seed);
    this.#capacity.since = now;
  }

  get machine(): MachineSize {
    return this.#machine;
  }

  get slots(): number {
    return this.#queue.slots;
  }

  /** Whether one more request would be too many. */
  get isFull(): boolean {
    return this.inFlight >= (this.#machine.connections ?? this.service.connectionsPerReplica ?? DEFAULT_CONNECTIONS);
  }

  /** Takes a request. @returns Its number, from 0, and when its work will be done. */
  take(now: number): { readonly request: number; readonly finishSeconds: number } {
    const request = this.#requests++;
    const factor = this.#swing(now) * (now < this.#slow.until ? this.#slow.factor : 1);
    return { request, finishSeconds: this.#queue.arrive(now, factor * this.#draw(request)) };
  }

  /** Work that arrives from now on takes longer for a time. */
  slowDown(now: number, seconds: number, factor: number): void {
    this.#slow = { until: now + seconds, factor };
  }

  /** Nothing is worked on for a time. */
  hang(now: number, seconds: number): void {
    this.#queue.pause(now, seconds);
  }

  /** Another size. @returns By what the time left of every request is to be multiplied. */
  resize(now: number, machine: MachineSize): number {
    this.#capacity = { slotSeconds: this.#slotSeconds(now), since: now };
    this.#machine = machine;
    return this.#queue.resize(now, this.#slotsOf(machine));
  }

  /** Time that slots spent in work. Unit: slot-seconds. */
  busySeconds(now: number): number {
    return this.#queue.busySeconds(now);
  }

  /** Time of the vCPUs: in work, and not. Unit: CPU-seconds. */
  cpuSeconds(now: number): { readonly user: number; readonly idle: number } {
    const perVcpu = this.service.slotsPerVcpu ?? 1;
    const busy = this.busySeconds(now);
    return { user: busy / perVcpu, idle: Math.max(0, this.#slotSeconds(now) - busy) / perVcpu };
  }

  /** Memory that is not in use: the model of the simulator, not of this process. Unit: bytes, from 0. */
  availableBytes(): number {
    const { idleMemoryBytes = DEFAULT_IDLE_MEMORY, memoryPerRequestBytes = 0 } = this.service;
    return Math.max(0, this.#machine.memoryBytes - idleMemoryBytes - memoryPerRequestBytes * this.inFlight);
  }

  #slotSeconds(now: number): number {
    return this.#capacity.slotSeconds + this.slots * (now - this.#capacity.since);
  }

  #slotsOf({ vcpus }: MachineSize): number {
    return vcpus * (this.service.slotsPerVcpu ?? 1);
  }
}
