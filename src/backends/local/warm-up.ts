/** Requests before an episode: a new process compiles its code on the first of them, and connections are opened. @module */
import { Pool } from "undici";

/** Requests for each replica: about what it takes until they are answered as fast as later ones. */
const REQUESTS = 40;
/** In flight for each of them. */
const AT_A_TIME = 8;

/** Remembers which replicas have answered requests. */
export class WarmUp {
  readonly #warm = new WeakSet<object>();

  /**
   * Sends requests where a replica is new, and waits for the answers, whatever they are.
   * @param url - Of the load balancer.
   * @param replicas - All that are behind it.
   */
  async run(url: string, replicas: readonly object[], signal: AbortSignal): Promise<void> {
    const isNeeded = replicas.some((replica) => !this.#warm.has(replica));
    for (const replica of replicas) this.#warm.add(replica);
    if (!isNeeded) return;
    const clients = replicas.length * AT_A_TIME;
    let left = replicas.length * REQUESTS;
    const pool = new Pool(url, { connections: clients });
    const client = async (): Promise<void> => {
      while (left-- > 0 && !signal.aborted) {
        await pool
          .request({ method: "GET", path: "/", signal })
          .then(({ body }) => body.dump())
          .catch(() => undefined);
      }
    };
    await Promise.all(Array.from({ length: clients }, client));
    await pool.destroy();
  }
}
