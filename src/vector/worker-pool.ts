/** The worker threads of one `AsyncVectorEnv`. @module */
import { availableParallelism } from "node:os";
import type { ThreadCall, ThreadCalls, ThreadListCall, WorkerSetup } from "./thread-protocol.js";
import { WorkerLink } from "./worker-link.js";

/** Options of {@link WorkerPool}. */
export interface WorkerPoolOptions {
  readonly numWorkers?: number;
  readonly timeoutSeconds?: number | null;
  readonly execArgv?: readonly string[];
}

/** Threads with neighbouring environments each, and which environment is in which. */
export class WorkerPool {
  readonly #setup: Omit<WorkerSetup, "envs">;
  readonly #options: WorkerPoolOptions;
  readonly #links: WorkerLink[] = [];
  readonly #linkOf: number[] = [];

  constructor(setup: Omit<WorkerSetup, "envs">, options: WorkerPoolOptions) {
    this.#setup = setup;
    this.#options = options;
    const { numEnvs } = setup;
    const numWorkers = options.numWorkers ?? Math.min(numEnvs, availableParallelism());
    for (let worker = 0; worker < numWorkers; worker++) {
      const [from, to] = [worker, worker + 1].map((k) => Math.floor((k * numEnvs) / numWorkers)) as [number, number];
      const envs = Array.from({ length: to - from }, (_, k) => from + k);
      for (const env of envs) this.#linkOf[env] = worker;
      this.#links.push(this.#start(worker, envs));
    }
  }

  /** Makes the environments. */
  async open(): Promise<void> {
    await Promise.all(this.#links.map((link) => link.call("open", null)));
  }

  /** Calls the worker that has an environment. */
  call<Call extends ThreadCall>(
    env: number,
    call: Call,
    argument: ThreadCalls[Call]["argument"],
  ): Promise<ThreadCalls[Call]["result"]> {
    return this.#links[this.#linkOf[env]!]!.call(call, argument);
  }

  /**
   * Calls every worker with its part of a list, waits for all, and hands out the results.
   * @throws The first failure, after the results of the others were handed out.
   */
  async callAll<Call extends ThreadListCall>(
    call: Call,
    items: ThreadCalls[Call]["argument"],
    take: (env: number, result: never) => void,
  ): Promise<void> {
    const parts = this.#links.map((): { readonly env: number }[] => []);
    for (const item of items) parts[this.#linkOf[item.env]!]!.push(item);
    const settled = await Promise.allSettled(
      this.#links.map((link, worker) => {
        const part = parts[worker]!;
        return part.length === 0 ? [] : link.call(call, part as unknown as ThreadCalls[Call]["argument"]);
      }),
    );
    for (const [worker, outcome] of settled.entries()) {
      if (outcome.status === "rejected") continue;
      for (const [k, result] of outcome.value.entries()) take(parts[worker]![k]!.env, result as never);
    }
    const failed = settled.find((outcome) => outcome.status === "rejected");
    if (failed !== undefined) throw failed.reason;
  }

  /** @throws WorkerFailedError when the worker that has an environment is gone */
  checkAlive(env: number): void {
    const { failure } = this.#links[this.#linkOf[env]!]!;
    if (failure !== undefined) throw failure;
  }

  /** Starts failed workers anew. @returns The environments in them */
  async restart(): Promise<readonly number[]> {
    const failed = [...this.#links.entries()].filter(([, { failure }]) => failure !== undefined);
    for (const [worker, { envs }] of failed) this.#links[worker] = this.#start(worker, envs);
    await Promise.all(failed.map(([worker]) => this.#links[worker]!.call("open", null)));
    return failed.flatMap(([, { envs }]) => envs);
  }

  /** Closes the environments, then ends the threads. */
  async close(): Promise<void> {
    await Promise.all(this.#links.map((link) => link.close()));
  }

  #start(worker: number, envs: readonly number[]): WorkerLink {
    const { timeoutSeconds = null, execArgv } = this.#options;
    return new WorkerLink(worker, { ...this.#setup, envs }, { timeoutSeconds, execArgv });
  }
}
