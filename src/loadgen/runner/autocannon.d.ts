/** The part of autocannon 9.0.0 that the load runner uses; the members with an underscore are its private ones. @module */
declare module "autocannon" {
  import type { EventEmitter } from "node:events";
  import type { Socket } from "node:net";

  /** One connection, with one request at a time. */
  interface Client extends EventEmitter {
    conn: Socket | undefined;
    readonly pipelinedRequests: { clear(): void };
    readonly parser: { readonly type: string; reinitialize(type: string): void };
    _connect(): void;
    _doRequest(): void;
    _destroyConnection(): void;
    destroy(): void;
  }

  interface Options {
    readonly url: string;
    readonly connections: number;
    readonly duration: number;
    readonly timeout: number;
    readonly sampleInt: number;
    readonly setupClient: (client: Client) => void;
  }

  function autocannon(options: Options, ended: () => void): { stop(): void };
  namespace autocannon {
    export type { Client, Options };
  }
  export = autocannon;
}
