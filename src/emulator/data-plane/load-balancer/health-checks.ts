/** Active checks of the built-in load balancer's servers. @module */
import { get } from "node:http";
import type { PlaneHealthCheck } from "./load-balancer.js";
import type { PooledServer, ServerPool } from "./server-pool.js";

/** Asks servers again and again until they are let go. */
export class HealthChecks {
  readonly #pool: ServerPool;
  readonly #check: Required<PlaneHealthCheck>;
  readonly #onDown: (server: PooledServer) => void;
  readonly #timers = new Map<PooledServer, NodeJS.Timeout>();

  /** @param onDown - Told when a server goes down. */
  constructor(pool: ServerPool, check: Required<PlaneHealthCheck>, onDown: (server: PooledServer) => void) {
    this.#pool = pool;
    this.#check = check;
    this.#onDown = onDown;
  }

  /** Checks a server from now on. */
  watch(server: PooledServer): void {
    this.#plan(server, 0);
  }

  /** Checks a server no more. */
  forget(server: PooledServer): void {
    clearTimeout(this.#timers.get(server));
    this.#timers.delete(server);
  }

  #plan(server: PooledServer, seconds: number): void {
    const ask = async (): Promise<void> => {
      const started = performance.now();
      const isGood = await isHealthy(server, this.#check);
      if (!this.#timers.has(server)) return;
      if (this.#pool.checked(server, isGood) && !isGood) this.#onDown(server);
      const next = this.#pool.nextCheckSeconds(server) - (performance.now() - started) / 1000;
      this.#plan(server, Math.max(0, next));
    };
    this.#timers.set(server, setTimeout(ask, seconds * 1000));
  }
}

/** Asks once, on a connection of its own. */
function isHealthy(
  { host, port }: PooledServer,
  { path, timeoutSeconds }: Required<PlaneHealthCheck>,
): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get({ host, port, path, agent: false });
    // Where this process was held up itself, an answer may be there that was not read yet: it is, before the time counts as over.
    const timer = setTimeout(() => setImmediate(() => request.destroy()), timeoutSeconds * 1000);
    request.once("response", ({ statusCode = 0 }) => {
      resolve(statusCode >= 200 && statusCode < 400);
      request.destroy();
    });
    request.once("error", () => undefined);
    request.once("close", () => {
      clearTimeout(timer);
      resolve(false);
    });
  });
}
