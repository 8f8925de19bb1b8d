/** Threads that do a suite's work: whole pieces at a time, each as if it were alone. @module */
import { Worker } from "node:worker_threads";
import { InvalidOptionError } from "../../errors.js";
import { fromPlainError, type PlainError } from "../../vector/thread-error.js";
import { doWork, type SuiteWork, type WorkResults } from "./suite-work.js";

type Reply = { readonly result: unknown } | { readonly error: PlainError };

/** Does work in threads, or in this one. */
export class WorkPool {
  readonly #size: number;
  readonly #workers: (Worker | undefined)[];

  /** @param size - How many threads; 0 does the work in this one. @throws InvalidOptionError */
  constructor(size: number) {
    if (!Number.isSafeInteger(size) || size < 0)
      throw new InvalidOptionError("workers", "an integer of at least 0", size);
    this.#size = size;
    this.#workers = new Array(size).fill(undefined);
  }

  /**
   * Does all, the first ones first.
   *
   * @param done - Told of each result as it comes.
   * @param signal - Ends the threads when it is aborted, and rejects with its reason.
   * @throws What the work throws
   */
  async doAll<W extends SuiteWork>(
    works: readonly W[],
    done: (index: number, result: WorkResults[W["kind"]]) => void,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    let next = 0;
    const lane = async (worker: number): Promise<void> => {
      while (next < works.length) {
        signal?.throwIfAborted();
        const index = next++;
        done(index, await this.#do(worker, works[index]!, signal));
      }
    };
    const lanes = Array.from({ length: Math.max(1, Math.min(this.#size, works.length)) }, (_, worker) => lane(worker));
    try {
      await Promise.all(lanes);
    } catch (error) {
      next = works.length;
      await this.close();
      throw error;
    }
  }

  /** Ends the threads, whatever they do. */
  async close(): Promise<void> {
    const workers = this.#workers.splice(0);
    this.#workers.push(...workers.map(() => undefined));
    await Promise.all(workers.map((worker) => worker?.terminate()));
  }

  async #do<W extends SuiteWork>(
    lane: number,
    work: W,
    signal: AbortSignal | undefined,
  ): Promise<WorkResults[W["kind"]]> {
    if (this.#size === 0) return doWork(work, signal);
    // The sources run as they are under a loader; then the worker's file is a source as well.
    const file = import.meta.url.endsWith(".ts") ? "./suite-worker.ts" : "./suite-worker.js";
    const worker = this.#workers[lane] ?? new Worker(new URL(file, import.meta.url));
    this.#workers[lane] = worker;
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        worker.off("error", onError);
        worker.off("message", onReply);
        signal?.removeEventListener("abort", onAbort);
      };
      const onAbort = (): void => {
        leave();
        reject(signal!.reason);
      };
      const onError = (cause: unknown): void => {
        leave();
        this.#workers[lane] = undefined;
        reject(cause);
      };
      const onReply = (reply: Reply): void => {
        leave();
        if ("error" in reply) reject(fromPlainError(reply.error));
        else resolve(reply.result as WorkResults[W["kind"]]);
      };
      signal?.addEventListener("abort", onAbort);
      worker.on("error", onError);
      worker.on("message", onReply);
      worker.postMessage(work);
    });
  }
}
