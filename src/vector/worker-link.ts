/** One worker thread as `AsyncVectorEnv` sees it: calls and answers, time-outs, and how it ended. @module */
import { Worker } from "node:worker_threads";
import { WorkerFailedError } from "../errors.js";
import { fromPlainError } from "./thread-error.js";
import type { ThreadCall, ThreadCalls, ThreadReply, WorkerSetup } from "./thread-protocol.js";

/** How long closing the environments may take where no time-out is set. Unit: seconds. */
const CLOSE_SECONDS = 10;

/** Options of {@link WorkerLink}. */
export interface WorkerLinkOptions {
  /** How long an answer may take. Unit: seconds; null for any time. */
  readonly timeoutSeconds: number | null;
  /** Node's own arguments for the thread; undefined for those of the process. */
  readonly execArgv: readonly string[] | undefined;
}

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout | undefined;
}

/** A worker thread and the calls it has not answered. It keeps the process alive only while there are some. */
export class WorkerLink {
  /** Which environments are in it. */
  readonly envs: readonly number[];
  /** Why it is gone; undefined while it works. */
  failure: WorkerFailedError | undefined;
  readonly #index: number;
  readonly #worker: Worker;
  readonly #timeoutSeconds: number | null;
  readonly #waiting = new Map<number, Waiting>();
  #calls = 0;

  constructor(index: number, setup: WorkerSetup, { timeoutSeconds, execArgv }: WorkerLinkOptions) {
    this.envs = setup.envs;
    this.#index = index;
    this.#timeoutSeconds = timeoutSeconds;
    // The sources run as they are under a loader; then the worker's file is a source as well.
    const file = import.meta.url.endsWith(".ts") ? "./async-worker.ts" : "./async-worker.js";
    const argv = execArgv === undefined ? {} : { execArgv: [...execArgv] };
    this.#worker = new Worker(new URL(file, import.meta.url), { workerData: setup, ...argv });
    this.#worker.unref();
    this.#worker.on("message", (reply: ThreadReply) => this.#answer(reply));
    this.#worker.on("error", (cause) => {
      const text = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
      this.#fail(`crashed: ${text.replace(/\.?$/, ".")}`, cause);
    });
    this.#worker.on("exit", (code) => this.#fail(`ended by itself with exit code ${code}.`));
  }

  /** Calls the worker. @throws {@link WorkerFailedError} when it is gone or does not answer in time. */
  call<Call extends ThreadCall>(
    call: Call,
    argument: ThreadCalls[Call]["argument"],
  ): Promise<ThreadCalls[Call]["result"]> {
    return new Promise((resolve, reject) => {
      if (this.failure !== undefined) {
        reject(this.failure);
        return;
      }
      const id = this.#calls++;
      this.#worker.ref();
      this.#waiting.set(id, { resolve: resolve as Waiting["resolve"], reject, timer: this.#startTimer(call) });
      this.#worker.postMessage({ id, call, argument });
    });
  }

  /** Closes the environments and ends the thread; one that does not answer is ended as it is. */
  async close(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise((resolve) => {
      timer = setTimeout(resolve, (this.#timeoutSeconds ?? CLOSE_SECONDS) * 1000);
    });
    await Promise.race([this.call("close", null).catch(() => null), late]);
    clearTimeout(timer);
    this.#fail("was closed.");
    await this.#worker.terminate();
  }

  #startTimer(call: ThreadCall): NodeJS.Timeout | undefined {
    if (this.#timeoutSeconds === null) return undefined;
    const seconds = this.#timeoutSeconds;
    return setTimeout(() => {
      this.#fail(`did not answer ${call} within ${seconds} s and was stopped.`);
      void this.#worker.terminate();
    }, seconds * 1000);
  }

  #answer({ id, result, error }: ThreadReply): void {
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) return;
    this.#waiting.delete(id);
    clearTimeout(waiting.timer);
    if (this.#waiting.size === 0) this.#worker.unref();
    if (error === undefined) waiting.resolve(result);
    else waiting.reject(fromPlainError(error));
  }

  #fail(reason: string, cause?: unknown): void {
    if (this.failure !== undefined) return;
    const options = cause === undefined ? {} : { cause };
    this.failure = new WorkerFailedError(this.#index, this.envs, reason, options);
    for (const { reject, timer } of this.#waiting.values()) {
      clearTimeout(timer);
      reject(this.failure);
    }
    this.#waiting.clear();
    this.#worker.unref();
  }
}
