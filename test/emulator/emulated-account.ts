/** An emulated account for tests: calls by operation id, resources to begin with, and the referee watching. @module */
import { afterEach, expect } from "vitest";
import { Emulator, type EmulatorOptions, operationsInScope } from "../../src/emulator/index.js";
import { referee } from "./file-referee.js";

// biome-ignore lint/suspicious/noExplicitAny: answers are JSON of many shapes; the referee judges them, tests only pick.
export type Body = any;

/** An answer. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

/** What goes with a call. */
export interface CallOptions {
  readonly params?: Readonly<Record<string, string | number>>;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

const operations = new Map(operationsInScope().map((operation) => [operation.id, operation]));
const open = new Set<EmulatedAccount>();

afterEach(async () => {
  for (const account of open) await account.close();
});

/** An emulated account, closed after the test. */
export class EmulatedAccount {
  readonly emulator: Emulator;

  private constructor(options: EmulatorOptions) {
    this.emulator = new Emulator({ onExchange: referee.judge, ...options });
  }

  /** Opens an account for one test. */
  static async open(options: EmulatorOptions = {}): Promise<EmulatedAccount> {
    const account = await EmulatedAccount.openForAll(options);
    open.add(account);
    return account;
  }

  /** Opens an account that the caller closes. */
  static async openForAll(options: EmulatorOptions = {}): Promise<EmulatedAccount> {
    const account = new EmulatedAccount(options);
    await account.emulator.listen();
    return account;
  }

  async close(): Promise<void> {
    open.delete(this);
    await this.emulator.close();
  }

  /** Calls an operation by its id. */
  call(id: string, { params = {}, query = {}, body, headers = {} }: CallOptions = {}): Promise<Reply> {
    const operation = operations.get(id);
    if (operation === undefined) throw new Error(`No operation is called ${id}.`);
    const path = operation.path.replace(/\{([^}]+)\}/g, (_, name: string) => {
      if (params[name] === undefined) throw new Error(`${id} needs ${name}.`);
      return encodeURIComponent(String(params[name]));
    });
    const search = new URLSearchParams(
      Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
    );
    return this.request(operation.method, `${path}${search.size > 0 ? `?${search}` : ""}`, body, headers);
  }

  /** Calls an operation that must succeed; gives its body. */
  async ok(id: string, options: CallOptions = {}): Promise<Body> {
    const { status, body } = await this.call(id, options);
    expect({ id, status, body: status < 300 ? "" : body }).toEqual({ id, status: expect.any(Number), body: "" });
    return body;
  }

  /** Sends a request as it is. */
  async request(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Reply> {
    const response = await fetch(`${this.emulator.url}${path}`, {
      method,
      headers: {
        authorization: "Bearer any",
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.startsWith("application/json") === true;
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  }

  /** Makes a droplet. */
  async droplet(more: object = {}): Promise<Body> {
    const { droplet } = await this.ok("droplets_create", {
      body: { name: "web-1", size: "s-1vcpu-1gb", image: "ubuntu-24-04-x64", region: "fra1", ...more },
    });
    return droplet;
  }

  /** Makes a load balancer. */
  async loadBalancer(more: object = {}): Promise<Body> {
    const rules = [{ entry_protocol: "http", entry_port: 80, target_protocol: "http", target_port: 8080 }];
    const { load_balancer } = await this.ok("loadBalancers_create", {
      body: { name: "front", region: "fra1", tag: "web", forwarding_rules: rules, ...more },
    });
    return load_balancer;
  }

  /** Makes a volume. */
  async volume(more: object = {}): Promise<Body> {
    const { volume } = await this.ok("volumes_create", {
      body: { name: "data", size_gigabytes: 10, region: "fra1", ...more },
    });
    return volume;
  }

  /** Makes a virtual network. */
  async vpc(more: object = {}): Promise<Body> {
    const { vpc } = await this.ok("vpcs_create", { body: { name: "inner", region: "fra1", ...more } });
    return vpc;
  }
}
