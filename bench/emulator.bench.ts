/** How fast the emulator answers, what it takes, and how soon it is there: a server in a process of its own. @module */
import { type ChildProcess, spawn } from "node:child_process";
import { Agent, request } from "node:http";
import { type Measurement, measure } from "./figure.js";

const DROPLETS = 1000;
const REQUESTS = 4000;
const CONNECTIONS = 16;

/** The server: says where it listens, and answers each line of its input with what it used. */
const SERVER = `
  const { Emulator } = await import(${JSON.stringify(new URL("../src/emulator/index.js", import.meta.url).href)});
  const emulator = new Emulator({ dropletLimit: 100000 });
  await emulator.listen();
  const say = (value) => process.stdout.write(JSON.stringify(value) + "\\n");
  say({ url: emulator.url });
  process.stdin.on("data", () => {
    const { user, system } = process.cpuUsage();
    say({ cpuSeconds: (user + system) / 1e6, rssBytes: process.memoryUsage().rss });
  });`;

interface Used {
  readonly cpuSeconds: number;
  readonly rssBytes: number;
}

/** A server in a process of its own. */
class ServerProcess {
  readonly #process: ChildProcess;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  #url = new URL("http://127.0.0.1");

  private constructor() {
    this.#process = spawn(process.execPath, ["--input-type=module", "--eval", SERVER], {
      stdio: ["pipe", "pipe", "inherit"],
    });
  }

  static async start(): Promise<ServerProcess> {
    const server = new ServerProcess();
    const { url } = (await server.#line()) as { url: string };
    server.#url = new URL(url);
    return server;
  }

  /** What it has used so far. */
  used(): Promise<Used> {
    this.#process.stdin!.write("\n");
    return this.#line() as Promise<Used>;
  }

  call(method: string, path: string, body?: object): Promise<void> {
    const headers = { authorization: "Bearer any", "content-type": "application/json" };
    const { hostname, port } = this.#url;
    return new Promise((resolve, reject) => {
      const sent = request({ agent: this.#agent, hostname, port, method, path, headers }, (answer) => {
        answer.resume();
        answer.on("end", resolve);
      });
      sent.on("error", reject);
      sent.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }

  /** Does many calls, some at a time. */
  async many(count: number, call: (index: number) => Promise<void>): Promise<void> {
    let next = 0;
    const work = async (): Promise<void> => {
      while (next < count) await call(next++);
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, work));
  }

  stop(): void {
    this.#agent.destroy();
    this.#process.kill();
  }

  #line(): Promise<unknown> {
    return new Promise((resolve) => this.#process.stdout!.once("data", (text) => resolve(JSON.parse(String(text)))));
  }
}

/** A server with many droplets. */
async function filled(): Promise<ServerProcess> {
  const server = await ServerProcess.start();
  await server.many(DROPLETS / 10, (index) => {
    const names = Array.from({ length: 10 }, (_, i) => `web-${index}-${i}`);
    const body = {
      names,
      size: "s-1vcpu-1gb",
      image: "ubuntu-24-04-x64",
      region: "fra1",
      tags: [`group-${index % 50}`],
    };
    return server.call("POST", "/v2/droplets", body);
  });
  return server;
}

/** What Terraform and its like ask: mostly one droplet, at times a list by tag, at times a tag made. */
function mixedCall(server: ServerProcess, index: number): Promise<void> {
  if (index % 10 === 0) return server.call("GET", `/v2/droplets?tag_name=group-${index % 50}&per_page=200`);
  if (index % 10 === 1) return server.call("POST", "/v2/tags", { name: `tag-${index % 100}` });
  return server.call("GET", `/v2/droplets/${310_000_001 + 2 * (index % DROPLETS)}`);
}

/** Requests for each second of processor time that the server takes: what one core could answer. */
async function requestsPerCoreSecond(): Promise<number> {
  const server = await filled();
  const before = await server.used();
  await server.many(REQUESTS, (index) => mixedCall(server, index));
  const after = await server.used();
  server.stop();
  return REQUESTS / (after.cpuSeconds - before.cpuSeconds);
}

async function rssMebibytes(): Promise<number> {
  const server = await filled();
  await server.many(REQUESTS, (index) => mixedCall(server, index));
  const { rssBytes } = await server.used();
  server.stop();
  return rssBytes / 2 ** 20;
}

async function readyMilliseconds(): Promise<number> {
  const started = performance.now();
  const server = await ServerProcess.start();
  const ready = performance.now() - started;
  server.stop();
  return ready;
}

/** Figures of this file. */
export const measurements: readonly Measurement[] = [
  measure("emulator.requestsPerSecond", "requests/s of one core", requestsPerCoreSecond, { repeats: 3 }),
  measure("emulator.rssAt1000Droplets", "MiB", rssMebibytes, { repeats: 3, warmUps: 0 }),
  measure("emulator.readyMilliseconds", "ms", readyMilliseconds),
];
