/** The built-in load balancer: on undici, in a process of its own, for where haproxy is not installed. @module */
import { type ChildProcess, fork } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { InvalidOptionError, LoadBalancerError, PortInUseError } from "../../../errors.js";
import { privateFolder } from "../../../running-program.js";
import type { BuiltInAnswers, BuiltInNews, BuiltInOrder, NumberedOrder } from "./built-in-messages.js";
import type { DrainOptions, PlaneLoadBalancer, PlaneServer, PlaneServerState } from "./load-balancer.js";
import { type CheckedLoadBalancer, checkServer } from "./load-balancer-options.js";
import type { BalancerProcessOptions } from "./open-load-balancer.js";
import { waitForServer } from "./wait-for-server.js";

const TITLE = "The built-in load balancer";

interface Waiting {
  resolve(answer: never): void;
  reject(error: Error): void;
}

/** The built-in load balancer, seen from the process that uses it. */
export class BuiltIn implements PlaneLoadBalancer {
  readonly kind = "built-in" as const;
  readonly version: string;
  url = "";
  metricsUrl = "";
  readonly pid: number;
  readonly ended: Promise<Error | undefined>;
  readonly #child: ChildProcess;
  readonly #options: CheckedLoadBalancer;
  readonly #waiting = new Map<number, Waiting>();
  readonly #names = new Set<string>();
  #number = 0;
  #isClosing = false;

  private constructor(options: CheckedLoadBalancer, execArgv: readonly string[] | undefined) {
    this.#options = options;
    // The sources run as they are under a loader; then the process's file is a source as well.
    const file = import.meta.url.endsWith(".ts") ? "./built-in-process.ts" : "./built-in-process.js";
    this.#child = fork(fileURLToPath(new URL(file, import.meta.url)), {
      ...(execArgv === undefined ? {} : { execArgv: [...execArgv] }),
      env: { PATH: process.env.PATH ?? "" },
      stdio: ["ignore", "ignore", "inherit", "ipc"],
      serialization: "advanced",
    });
    this.pid = this.#child.pid ?? 0;
    this.version = undiciVersion();
    this.#child.on("message", (news: BuiltInNews) => this.#hear(news));
    this.ended = new Promise((resolve) => {
      const end = (reason: string): void => {
        const error = new LoadBalancerError(TITLE, `${reason} Open it again.`);
        for (const { reject } of this.#waiting.values()) reject(error);
        this.#waiting.clear();
        resolve(this.#isClosing ? undefined : error);
      };
      this.#child.once("error", ({ message }) => end(`could not begin: ${message}.`));
      this.#child.once("exit", (code, signal) => end(`ended by itself (${signal ?? `exit code ${code}`}).`));
    });
  }

  /** Starts its process and waits until it listens. @throws PortInUseError, LoadBalancerError */
  static async start(
    options: CheckedLoadBalancer,
    { execArgv, onSpawn }: BalancerProcessOptions = {},
  ): Promise<BuiltIn> {
    privateFolder(options.directory);
    const builtIn = new BuiltIn(options, execArgv);
    if (builtIn.pid !== 0) onSpawn?.(builtIn.pid);
    try {
      const { port, metricsPort } = await builtIn.#ask({ kind: "start", options });
      builtIn.url = `http://${options.address}:${port}`;
      builtIn.metricsUrl = `http://${options.address}:${metricsPort}/metrics`;
      return builtIn;
    } catch (error) {
      await builtIn.close();
      throw error;
    }
  }

  async addServer(server: PlaneServer): Promise<void> {
    checkServer(server);
    const { name, host, port } = server;
    if (this.#names.has(name)) throw new InvalidOptionError("name", "one that no server has yet", name);
    this.#names.add(name);
    await this.#ask({ kind: "add", server: { name, host, port } });
  }

  waitForServer(name: string, timeoutSeconds: number): Promise<void> {
    return waitForServer(this, TITLE, name, timeoutSeconds);
  }

  drainServer(name: string, { timeoutSeconds }: DrainOptions): Promise<boolean> {
    return this.#ask({ kind: "drain", name, timeoutSeconds });
  }

  async removeServer(name: string): Promise<void> {
    await this.#ask({ kind: "remove", name });
    this.#names.delete(name);
  }

  servers(): Promise<readonly PlaneServerState[]> {
    return this.#ask({ kind: "servers" });
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    if (this.#child.connected) this.#child.disconnect();
    await this.ended;
  }

  #ask<K extends BuiltInOrder["kind"]>(order: Extract<BuiltInOrder, { kind: K }>): Promise<BuiltInAnswers[K]> {
    return new Promise((resolve, reject) => {
      if (!this.#child.connected) {
        reject(new LoadBalancerError(TITLE, "has ended. Open it again."));
        return;
      }
      const number = this.#number++;
      this.#waiting.set(number, { resolve, reject });
      this.#child.send({ number, order } satisfies NumberedOrder);
    });
  }

  #hear(news: BuiltInNews): void {
    const waiting = this.#waiting.get(news.number);
    this.#waiting.delete(news.number);
    if ("answer" in news) waiting?.resolve(news.answer as never);
    else if (news.portInUse !== undefined) {
      waiting?.reject(new PortInUseError("the load balancer", this.#options.address, news.portInUse));
    } else waiting?.reject(new LoadBalancerError(TITLE, news.refusal));
  }
}

function undiciVersion(): string {
  const { version } = createRequire(import.meta.url)("undici/package.json") as { version: string };
  return `undici ${version}`;
}
