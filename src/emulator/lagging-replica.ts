/** Reads that are behind: for some requests after a change, the account is shown as it was before it. @module */
import type { Dispatcher } from "./dispatcher.js";
import type { FaultInjector } from "./fault-injector.js";
import type { World } from "./world.js";

/** What a {@link LaggingReplica} is made of. */
export interface LaggingReplicaParts {
  readonly world: World;
  readonly faults: FaultInjector;
  /** Makes an account of its own as it was saved, and what answers from it. */
  readonly restore: (state: ReturnType<World["toJSON"]>) => Dispatcher;
}

/** A copy of the account from before a change, from which reads are answered until it has caught up. */
export class LaggingReplica {
  readonly #parts: LaggingReplicaParts;
  #copy: Dispatcher | undefined;
  /** Number of the last request that it answers. */
  #until = 0;

  constructor(parts: LaggingReplicaParts) {
    this.#parts = parts;
  }

  /**
   * What answers a request, where that is not the account itself. Whatever may change something is answered by the account,
   * which is copied before.
   *
   * @param number - Number of the request.
   */
  answering(method: string, number: number): Dispatcher | undefined {
    const isBehind = number <= this.#until;
    if (method === "GET") return isBehind ? this.#copy : undefined;
    const { faults, world, restore } = this.#parts;
    const delay = faults.staleReads(number);
    if (delay === 0 || isBehind) return undefined;
    this.#copy = restore(structuredClone(world.toJSON()));
    this.#until = number + delay;
    return undefined;
  }
}
