/** The load runner: an open loop in a process of its own. @module */
import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { LoadRunnerError } from "../../errors.js";
import { checkRange } from "../option-check.js";
import type { LoadNews, LoadOrder } from "./load-messages.js";
import { type CheckedLoad, checkLoad, type LoadRunnerOptions } from "./load-options.js";
import type { LoadReport } from "./load-tally.js";

/** What a runner shows while it runs. */
export interface LoadProgress {
  readonly report: LoadReport;
  /** The rate asked for now. Unit: requests per second. */
  readonly rate: number;
}

/** How a runner's process is started. */
export interface LoadProcessOptions {
  /** Arguments of Node for it. @defaultValue those of this process */
  readonly execArgv?: readonly string[];
  /** Told about four times a second. */
  readonly onProgress?: (progress: LoadProgress) => void;
}

/**
 * Sends requests when they are due, whatever became of those before: an open loop on autocannon's clients, in a process of its own, so that
 * neither this process nor the service slows it down.
 *
 * @example
 * const runner = await LoadRunner.start({ url: "http://127.0.0.1:8000/", profile: { atSeconds: [0], rates: [200] }, durationSeconds: 60 });
 * runner.setRate(300);
 * const { latencySeconds } = await runner.ended;
 */
export class LoadRunner {
  /** The last report; rejects with {@link LoadRunnerError} when the process ends before its time. */
  readonly ended: Promise<LoadReport>;
  /** Where the client's metrics are, when a port was asked for. */
  metricsUrl: string | undefined;
  readonly #load: CheckedLoad;
  readonly #child: ChildProcess;
  readonly #started: Promise<void>;
  #newest: LoadProgress | undefined;

  /**
   * Starts a load.
   * @throws InvalidOptionError, and LoadRunnerError when the process cannot begin
   */
  static async start(options: LoadRunnerOptions, process: LoadProcessOptions = {}): Promise<LoadRunner> {
    const runner = new LoadRunner(checkLoad(options), process);
    await runner.#started;
    return runner;
  }

  private constructor(load: CheckedLoad, { execArgv, onProgress }: LoadProcessOptions) {
    this.#load = load;
    // The sources run as they are under a loader; then the process's file is a source as well.
    const file = import.meta.url.endsWith(".ts") ? "./load-process.ts" : "./load-process.js";
    const argv = execArgv === undefined ? {} : { execArgv: [...execArgv] };
    const stdio = ["ignore", "ignore", "inherit", "ipc"] as const;
    const child = fork(fileURLToPath(new URL(file, import.meta.url)), {
      ...argv,
      stdio: [...stdio],
      serialization: "advanced",
    });
    this.#child = child;
    const started = deferred<void>();
    const ended = deferred<LoadReport>();
    const fail = (reason: string, options?: ErrorOptions): void => {
      const error = new LoadRunnerError(load.url, reason, options);
      started.reject(error);
      ended.reject(error);
      if (child.connected) child.disconnect();
    };
    child.on("message", (news: LoadNews) => {
      if (news.kind === "failed") {
        fail(`could not begin: ${news.reason}`);
      } else if (news.kind === "started") {
        if (news.metricsPort !== undefined) this.metricsUrl = `http://127.0.0.1:${news.metricsPort}/metrics`;
        started.resolve();
      } else {
        this.#newest = { report: news.report, rate: news.rate };
        onProgress?.(this.#newest);
        if (!news.isLast) return;
        ended.resolve(news.report);
        child.disconnect();
      }
    });
    child.once("error", (cause) => fail(`could not begin: ${cause.message}`, { cause }));
    child.once("exit", (code, signal) =>
      fail(`ended before its time (${signal ?? `exit code ${code}`}). Start it again.`),
    );
    this.#started = started.promise;
    this.ended = ended.promise;
    // Whoever waits for neither hears of a failure by the other.
    this.ended.catch(() => undefined);
    this.#tell({ kind: "start", load });
  }

  /** What was reported last, up to a quarter of a second ago; undefined before the first. */
  get progress(): LoadProgress | undefined {
    return this.#newest;
  }

  /** Lets a load begin that was held; the first request can be due a moment later. */
  begin(): void {
    this.#tell({ kind: "begin" });
  }

  /** Another rate from now on, instead of the profile; cut at the highest allowed. Unit: requests per second, from 0. */
  setRate(rate: number): void {
    checkRange("rate", rate, 0, Number.MAX_VALUE, "requests per second");
    this.#tell({ kind: "rate", rate: Math.min(rate, this.#load.maxRate) });
  }

  /** Asks for no more, and waits for what is in flight. @returns The last report. */
  stop(): Promise<LoadReport> {
    this.#tell({ kind: "stop" });
    return this.ended;
  }

  /** The process, for whoever must end it where nothing else did. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Ends it at once, with what is in flight. {@link LoadRunner.ended} rejects if it had not ended. */
  async abort(): Promise<void> {
    const isGone = this.#child.exitCode !== null || this.#child.signalCode !== null;
    if (isGone || !this.#child.kill("SIGKILL")) return;
    await new Promise((resolve) => this.#child.once("exit", resolve));
  }

  #tell(order: LoadOrder): void {
    if (this.#child.connected) this.#child.send(order);
  }
}

interface Deferred<T> {
  readonly promise: Promise<T>;
  resolve(value: T): void;
  reject(reason: Error): void;
}

function deferred<T>(): Deferred<T> {
  let resolve!: (value: T) => void;
  let reject!: (reason: Error) => void;
  const promise = new Promise<T>((onValue, onError) => {
    resolve = onValue;
    reject = onError;
  });
  return { promise, resolve, reject };
}
