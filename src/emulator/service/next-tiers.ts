/** The calls a request makes to other services. @module */
import { Agent, request } from "node:http";
import { streamKey, uniform53At } from "../../simulator/stream.js";
import type { NextTier } from "./service-options.js";

/** Calls to the next tiers, one after another. */
export class NextTiers {
  readonly #tiers: readonly NextTier[];
  readonly #timeoutSeconds: number;
  readonly #keys: readonly (readonly [number, number])[];
  readonly #agent = new Agent({ keepAlive: true });

  constructor(tiers: readonly NextTier[], timeoutSeconds: number, seed: bigint) {
    this.#tiers = tiers;
    this.#timeoutSeconds = timeoutSeconds;
    this.#keys = tiers.map((_, tier) => streamKey(seed, `calls/${tier}`));
  }

  /**
   * Makes the calls of one request: whole numbers of them always, and the rest by chance.
   *
   * @returns What to answer: 200, 503 when a call failed, 504 when one took too long.
   */
  async call(number: number): Promise<200 | 503 | 504> {
    for (const [tier, { url, perRequest }] of this.#tiers.entries()) {
      const [high, low] = this.#keys[tier]!;
      const isOneMore = uniform53At(high, low, number) < perRequest % 1;
      const count = Math.floor(perRequest) + (isOneMore ? 1 : 0);
      for (let i = 0; i < count; i++) {
        const code = await this.#callOnce(url);
        if (code !== 200) return code;
      }
    }
    return 200;
  }

  /** Cuts the connections. */
  close(): void {
    this.#agent.destroy();
  }

  #callOnce(url: string): Promise<200 | 503 | 504> {
    return new Promise((resolve) => {
      const timeout = setTimeout(() => {
        resolve(504);
        call.destroy();
      }, this.#timeoutSeconds * 1000);
      const end = (code: 200 | 503 | 504): void => {
        clearTimeout(timeout);
        resolve(code);
      };
      const call = request(url, { agent: this.#agent }, (response) => {
        const { statusCode = 503 } = response;
        response.on("error", () => end(503));
        response.on("end", () => end(statusCode < 400 ? 200 : statusCode === 504 ? 504 : 503));
        response.resume();
      });
      call.on("error", () => end(503));
      call.end();
    });
  }
}
