/** Autocannon's clients, paced from outside: each is parked when it is idle, and sends when it is told to. @module */
import type { Client } from "autocannon";

/** What the clients are told. */
export interface ParkedClientsOptions {
  readonly url: string;
  /** Connections at most; they are opened as they are needed. */
  readonly connections: number;
}

/** Who is told what became of a request. */
export interface RequestListener<Request> {
  answered(request: Request, code: number): void;
  lost(request: Request): void;
  /** A connection came free. */
  idle(): void;
}

/** One client and what it does now. */
interface Parked<Request> {
  readonly client: Client;
  state: "cold" | "connecting" | "idle" | "busy" | "waiting";
  request: Request | undefined;
  /** The server said that it closes this connection after its answer. */
  isClosing: boolean;
}

/** Before a failed connection is tried again. Unit: milliseconds. */
const RECONNECT_AFTER = 100;
/** Longer than any load: autocannon's own clocks are not used. Unit: seconds. */
const NEVER = 86_400 * 7;

/**
 * Up to `connections` clients of autocannon 9.0.0, whose `_doRequest` and `_connect` are private: the version is pinned, and tested.
 *
 * Left alone it sends as soon as it is answered, and refills its rate once a second: bursts, where an open loop must have none.
 */
export class ParkedClients<Request> {
  readonly #listener: RequestListener<Request>;
  readonly #all: Parked<Request>[] = [];
  readonly #idle: Parked<Request>[] = [];
  readonly #cold: Parked<Request>[] = [];
  #connecting = 0;
  #stop: () => void = () => undefined;
  #isClosed = false;

  /** Makes the clients; autocannon is loaded now. None is connected yet. */
  static async make<Request>(
    { url, connections }: ParkedClientsOptions,
    listener: RequestListener<Request>,
  ): Promise<ParkedClients<Request>> {
    const { default: autocannon } = await import("autocannon");
    const clients = new ParkedClients(listener);
    // Without a rate of its own, so that it corrects no latency for coordinated omission.
    const options = { url, connections, duration: NEVER, timeout: NEVER, sampleInt: 100 };
    const tracker = autocannon({ ...options, setupClient: (client) => clients.#park(client) }, () => undefined);
    clients.#stop = () => tracker.stop();
    return clients;
  }

  private constructor(listener: RequestListener<Request>) {
    this.#listener = listener;
  }

  /** How many are connected and free. */
  get idle(): number {
    return this.#idle.length;
  }

  /** Opens connections until so many are free or on their way, as far as there are more. */
  warm(count: number): void {
    while (this.#idle.length + this.#connecting < count && this.#cold.length > 0) this.#connect(this.#cold.pop()!);
  }

  /** Sends one request at once. @returns Whether a connection was free for it. */
  send(request: Request): boolean {
    const parked = this.#idle.pop();
    if (parked === undefined) return false;
    parked.state = "busy";
    parked.request = request;
    prototypeOf(parked.client)._doRequest.call(parked.client);
    return true;
  }

  /** Gives up those requests in flight that a test picks: their connections are cut, as an answer may still come. */
  giveUp(isOver: (request: Request) => boolean): void {
    for (const parked of this.#all) {
      if (parked.state === "busy" && isOver(parked.request!)) this.#reconnect(parked, 0);
    }
  }

  /** Cuts every connection. Requests in flight are lost. */
  close(): void {
    this.#isClosed = true;
    for (const parked of this.#all) {
      this.#lose(parked);
      parked.client._destroyConnection();
    }
    this.#stop();
  }

  /** Takes a new client over, before it connects for the first time. */
  #park(client: Client): void {
    const parked: Parked<Request> = { client, state: "cold", request: undefined, isClosing: false };
    this.#all.push(parked);
    client._connect = () => {
      if (parked.state === "cold") this.#cold.push(parked);
      else this.#reconnect(parked, parked.isClosing || parked.state === "idle" ? 0 : RECONNECT_AFTER);
    };
    client._destroyConnection = () => {
      if (client.conn !== undefined) prototypeOf(client)._destroyConnection.call(client);
    };
    client._doRequest = () => {
      if (parked.state !== "busy") return;
      if (parked.isClosing) this.#reconnect(parked, 0);
      else this.#free(parked);
    };
    client.on("headers", ({ shouldKeepAlive }: { readonly shouldKeepAlive: boolean }) => {
      parked.isClosing = !shouldKeepAlive;
    });
    client.on("response", (code: number) => {
      const { request } = parked;
      parked.request = undefined;
      if (request !== undefined) this.#listener.answered(request, code);
    });
    client.on("connError", () => undefined);
  }

  #connect(parked: Parked<Request>): void {
    const { client } = parked;
    parked.state = "connecting";
    parked.isClosing = false;
    this.#connecting++;
    prototypeOf(client)._connect.call(client);
    const conn = client.conn!;
    conn.setNoDelay(true);
    conn.once("encrypted" in conn ? "secureConnect" : "connect", () => {
      if (parked.state !== "connecting" || client.conn !== conn) return;
      this.#connecting--;
      this.#free(parked);
    });
  }

  /** Cuts a connection and opens another; what was in flight is lost, and nothing of it stays in the client. */
  #reconnect(parked: Parked<Request>, afterMilliseconds: number): void {
    const { client } = parked;
    if (parked.state === "waiting" || this.#isClosed) return;
    if (parked.state === "connecting") this.#connecting--;
    if (parked.state === "idle") this.#idle.splice(this.#idle.indexOf(parked), 1);
    parked.state = "waiting";
    client._destroyConnection();
    client.pipelinedRequests.clear();
    client.parser.reinitialize(client.parser.type);
    this.#lose(parked);
    // Not from within the parser, which goes on after a message.
    setTimeout(() => {
      if (!this.#isClosed) this.#connect(parked);
    }, afterMilliseconds).unref();
  }

  #free(parked: Parked<Request>): void {
    parked.state = "idle";
    this.#idle.push(parked);
    this.#listener.idle();
  }

  #lose(parked: Parked<Request>): void {
    const { request } = parked;
    parked.request = undefined;
    if (request !== undefined) this.#listener.lost(request);
  }
}

function prototypeOf(client: Client): Client {
  return Object.getPrototypeOf(client) as Client;
}
