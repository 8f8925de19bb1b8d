/** An emulated account whose droplets and load balancer run on this machine, at the addresses that the account tells. @module */
import { type ChildProcess, spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { connect, createServer, type Server } from "node:net";
import { join } from "node:path";
import { openLoadBalancer, type PlaneLoadBalancer } from "../../../src/emulator/data-plane/load-balancer/index.js";
import { type DataPlaneEvent, type DropletState, Emulator } from "../../../src/emulator/index.js";
import { listCatalogue } from "../../../src/infra/index.js";
import { NETWORK_PORTS, SERVICE_PORT } from "../../../src/stacks/index.js";
import { referee } from "../../emulator/file-referee.js";
import { root } from "../../package/repository.js";
import { fileOf } from "../../stacks/read-cloud-config.js";
import { execArgv } from "../local/small-world.js";

/** Where the service of a droplet listens, as its first-boot text says. */
const OWN_PORT = 8081;
/** npx as far as the droplets' command uses it, and the machine's vCPUs. */
const PROGRAMS = {
  npx: `#!/bin/sh\nshift 4\nexec node ${join(root, "bin/infra-gym.js")} "$@"\n`,
  nproc: '#!/bin/sh\necho "$VCPUS"\n',
};

/** A droplet at work: the command of its first-boot text, and what haproxy and node_exporter would be. */
interface Machine {
  readonly child: ChildProcess;
  readonly servers: readonly Server[];
}

/** Runs what an account has. */
export class EmulatedDroplets {
  readonly emulator: Emulator;
  /** With the programs that the droplets find. */
  readonly folder: string;
  readonly #machines = new Map<number, Machine>();
  #balancer: Promise<PlaneLoadBalancer> | undefined;
  #work: Promise<unknown> = Promise.resolve();

  /** @param folder - For what is run. */
  static async start(folder: string): Promise<EmulatedDroplets> {
    mkdirSync(folder, { recursive: true });
    for (const [name, text] of Object.entries(PROGRAMS)) writeScript(join(folder, name), text);
    const droplets = new EmulatedDroplets(folder);
    await droplets.emulator.listen();
    return droplets;
  }

  private constructor(folder: string) {
    this.folder = folder;
    this.emulator = new Emulator({ loopback: `127.${randomInt(128, 250)}`, onExchange: referee.judge });
    this.emulator.subscribe((event) => {
      this.#work = this.#work.then(() => this.#follow(event));
    });
  }

  /** Whether the account has nothing that is billed. */
  get isEmpty(): boolean {
    const { droplets, loadBalancers } = this.emulator.dataPlane();
    return droplets.length + loadBalancers.length === 0;
  }

  /** Resolves when all that was told is done. */
  settled(): Promise<unknown> {
    return this.#work;
  }

  async close(): Promise<void> {
    await this.#work;
    for (const id of this.#machines.keys()) this.#stop(id);
    await (await this.#balancer)?.close();
    await this.emulator.close();
  }

  async #follow(event: DataPlaneEvent): Promise<void> {
    if (event.type === "load_balancer") {
      const { ip, forwardingRules } = event.loadBalancer;
      if (event.change === "go") {
        await (await this.#balancer)?.close();
        this.#balancer = undefined;
      } else if (ip !== "" && this.#balancer === undefined) await this.#balance(ip, forwardingRules[0]!.entryPort);
    } else if (event.type === "droplet" && /-web-\d+-/.test(event.droplet.name)) {
      if (event.change === "go") await this.#remove(event.droplet);
      else if (event.droplet.status === "active") await this.#boot(event.droplet);
    }
  }

  async #balance(address: string, port: number): Promise<void> {
    this.#balancer = openLoadBalancer(
      {
        binary: "built-in",
        address,
        port,
        metricsPort: 0,
        directory: join(this.folder, "balancer"),
        healthCheck: {
          path: "/healthz",
          intervalSeconds: 0.1,
          downIntervalSeconds: 0.1,
          timeoutSeconds: 1,
          rise: 1,
          fall: 2,
        },
        algorithm: "least_connections",
        name: "web",
      },
      { execArgv },
    );
    for (const { id, privateIp } of this.emulator.dataPlane().droplets) {
      if (this.#machines.has(id)) await (await this.#balancer).addServer(serverOf(id, privateIp));
    }
  }

  async #boot({ id, privateIp, userData = "", size }: DropletState): Promise<void> {
    if (this.#machines.has(id)) return;
    const text = fileOf(userData, "/opt/infra-gym/start").content;
    const start = join(this.folder, `start-${id}`);
    writeScript(start, text.replace(`--port ${OWN_PORT}`, `--host ${privateIp} --port ${OWN_PORT}`));
    const vcpus = String(listCatalogue.dropletSizes[size]!.vcpus);
    const env = { PATH: `${this.folder}:${process.env.PATH}`, VCPUS: vcpus };
    const child = spawn(start, { env, stdio: "ignore" });
    const relays = [SERVICE_PORT, NETWORK_PORTS.service].map((port) => relay(privateIp, port));
    this.#machines.set(id, { child, servers: await Promise.all([...relays, exporter(privateIp)]) });
    await (await this.#balancer)?.addServer(serverOf(id, privateIp));
  }

  async #remove({ id, privateIp }: DropletState): Promise<void> {
    if (!this.#machines.has(id)) return;
    await (await this.#balancer)?.removeServer(serverOf(id, privateIp).name).catch(() => undefined);
    this.#stop(id);
  }

  #stop(id: number): void {
    const { child, servers } = this.#machines.get(id)!;
    this.#machines.delete(id);
    child.kill("SIGKILL");
    for (const server of servers) server.close();
  }
}

function serverOf(id: number, host: string): { readonly name: string; readonly host: string; readonly port: number } {
  return { name: `web-${id}`, host, port: SERVICE_PORT };
}

function writeScript(path: string, text: string): void {
  writeFileSync(path, text);
  chmodSync(path, 0o755);
}

/** A port of a droplet that leads to its service. */
function relay(host: string, port: number): Promise<Server> {
  const server = createServer((near) => {
    const far = connect({ host, port: OWN_PORT });
    near.pipe(far).pipe(near);
    near.on("error", () => far.destroy());
    far.on("error", () => near.destroy());
    near.on("close", () => far.destroy());
    far.on("close", () => near.destroy());
  });
  return listening(server, host, port);
}

/** What stands for node_exporter. */
function exporter(host: string): Promise<Server> {
  const server = createHttpServer((_, response) => response.end("# TYPE node_load1 gauge\nnode_load1 0.25\n"));
  return listening(server, host, NETWORK_PORTS.nodeExporter);
}

function listening(server: Server, host: string, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => resolve(server));
  });
}
