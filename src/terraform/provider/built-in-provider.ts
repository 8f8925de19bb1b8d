/** A Terraform provider inside this process: DigitalOcean's resources, for an emulator on this machine. @module */
import type { ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type {
  Server,
  ServerUnaryCall,
  ServiceDefinition,
  sendUnaryData,
  UntypedServiceImplementation,
} from "@grpc/grpc-js";
import { ClosedError } from "../../errors.js";
import type { Catalogue } from "../../infra/catalogue/catalogue.js";
import type { SpacesAccess } from "./api/spaces-client.js";
import { startDecoy } from "./decoy-process.js";
import { ProviderHandlers } from "./handlers.js";
import { PROCEDURES, type Procedure, type ProcedureName } from "./protocol/messages.js";
import { decodeMessage, encodeMessage, type Message } from "./protocol/protobuf.js";

/** Options of {@link BuiltInProvider.start}. */
export interface BuiltInProviderOptions {
  /** Where the emulator is, such as `http://127.0.0.1:8080`. A loopback address. */
  readonly endpoint: string;
  /** The API's token. */
  readonly token: string;
  /**
   * A tag that every resource of the run has. With it, what an interrupted run has made is taken over, not made again.
   * @defaultValue none
   */
  readonly run?: string;
  /**
   * The object store that buckets are in: one on this machine that speaks S3.
   * @defaultValue none; buckets are refused
   */
  readonly spaces?: SpacesAccess;
  /**
   * How long something may take until it is done, unless `timeouts` in the configuration say it. Unit: seconds.
   * @defaultValue 600
   */
  readonly waitSeconds?: number;
  /** Sizes and regions that there are. @defaultValue DigitalOcean's list */
  readonly catalogue?: Catalogue;
}

/**
 * Serves the stock `terraform` with DigitalOcean's resources, over plugin protocol 5. There is nothing to download and no
 * `init`: Terraform finds it by the variable `TF_REATTACH_PROVIDERS`.
 *
 * One for each environment: Terraform configures it anew in every run.
 *
 * @example
 * const provider = await BuiltInProvider.start({ endpoint: "http://127.0.0.1:8080", token: "any" });
 * spawn("terraform", ["apply"], { env: { ...process.env, TF_REATTACH_PROVIDERS: provider.reattach } });
 */
export class BuiltInProvider {
  readonly #server: Server;
  readonly #folder: string;
  readonly #handlers: ProviderHandlers;
  #decoy: ChildProcess;
  #isClosed = false;

  private constructor(server: Server, folder: string, handlers: ProviderHandlers) {
    this.#server = server;
    this.#folder = folder;
    this.#handlers = handlers;
    this.#decoy = startDecoy();
  }

  /** @throws PublicEndpointError when the endpoint is not on this machine. */
  static async start(options: BuiltInProviderOptions): Promise<BuiltInProvider> {
    const handlers = new ProviderHandlers(options);
    const { Server, ServerCredentials } = await import("@grpc/grpc-js");
    const server = new Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
    server.addService(serviceDefinition(), implementation(handlers));
    // A folder of its own, for this user only: no stale socket can be in it.
    const folder = mkdtempSync(join(tmpdir(), "infra-gym-provider-"));
    await new Promise<void>((resolve, reject) => {
      server.bindAsync(`unix:${socketIn(folder)}`, ServerCredentials.createInsecure(), (error) => {
        if (error === null) resolve();
        else reject(error);
      });
    });
    return new BuiltInProvider(server, folder, handlers);
  }

  /** The value for `TF_REATTACH_PROVIDERS`. Read it anew for every run of Terraform. @throws ClosedError */
  get reattach(): string {
    if (this.#isClosed) throw new ClosedError("The built-in provider");
    if (this.#decoy.exitCode !== null || this.#decoy.signalCode !== null) this.#decoy = startDecoy();
    const provider = {
      Protocol: "grpc",
      ProtocolVersion: 5,
      Pid: this.#decoy.pid,
      Test: true,
      Addr: { Network: "unix", String: socketIn(this.#folder) },
    };
    // OpenTofu knows the same provider under another registry.
    const sources = ["digitalocean/digitalocean", "registry.opentofu.org/digitalocean/digitalocean"];
    return JSON.stringify(Object.fromEntries(sources.map((source) => [source, provider])));
  }

  /** Stops serving and leaves nothing behind. Calling it again does nothing. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#server.forceShutdown();
    this.#handlers.close();
    this.#decoy.kill("SIGKILL");
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** The same as {@link BuiltInProvider.close}. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}

function socketIn(folder: string): string {
  return join(folder, "socket");
}

/** The service `tfplugin5.Provider`. */
function serviceDefinition(): ServiceDefinition {
  const entries = Object.entries<Procedure>(PROCEDURES).map(([name, { request, response }]) => [
    name,
    {
      path: `/tfplugin5.Provider/${name}`,
      requestStream: false,
      responseStream: false,
      requestSerialize: (message: Message) => encodeMessage(request, message),
      requestDeserialize: (bytes: Buffer) => decodeMessage(request, bytes),
      responseSerialize: (message: Message) => encodeMessage(response, message),
      responseDeserialize: (bytes: Buffer) => decodeMessage(response, bytes),
    },
  ]);
  return Object.fromEntries(entries) as ServiceDefinition;
}

function implementation(handlers: ProviderHandlers): UntypedServiceImplementation {
  const entries = (Object.keys(PROCEDURES) as ProcedureName[]).map((name) => [
    name,
    (call: ServerUnaryCall<Message, Message>, done: sendUnaryData<Message>): void => {
      handlers.answer(name, call.request).then((answer) => done(null, answer), done);
    },
  ]);
  return Object.fromEntries(entries) as UntypedServiceImplementation;
}
