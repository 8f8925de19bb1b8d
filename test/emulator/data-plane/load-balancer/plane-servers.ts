/** Small servers behind a load balancer, in this process or in one of their own. @module */
import { type ChildProcess, spawn } from "node:child_process";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** How a server answers requests other than its health check. */
export type Behaviour = (request: IncomingMessage, response: ServerResponse) => void;

/** A server in this process. */
export interface InProcessServer {
  readonly host: string;
  readonly port: number;
  /** Requests it got, checks apart. */
  readonly seen: IncomingMessage[];
  /** What `/health` answers. */
  healthCode: number;
  behaviour: Behaviour;
  close(): Promise<void>;
}

/** Starts a server; it answers its name unless told otherwise. */
export async function startServer(name: string): Promise<InProcessServer> {
  const seen: IncomingMessage[] = [];
  const server: Server = createServer((request, response) => {
    if (request.url === "/health") {
      response.writeHead(one.healthCode).end();
      return;
    }
    seen.push(request);
    one.behaviour(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const one: InProcessServer = {
    host: "127.0.0.1",
    port: (server.address() as AddressInfo).port,
    seen,
    healthCode: 200,
    behaviour: (_, response) => response.end(name),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return one;
}

/** A server in a process of its own, for being killed. It answers after 5 ms, and never on `/hold`. */
export interface ServerProcess {
  readonly host: string;
  readonly port: number;
  readonly child: ChildProcess;
}

const SOURCE = `require("node:http").createServer((request, response) => {
  if (request.url === "/health") response.end(); else if (request.url !== "/hold") setTimeout(() => response.end("ok"), 5);
}).listen(0, "127.0.0.1", function () { console.log(this.address().port); });`;

/** Starts one. */
export async function startProcess(): Promise<ServerProcess> {
  const child = spawn(process.execPath, ["-e", SOURCE], { stdio: ["ignore", "pipe", "inherit"] });
  const port = await new Promise<number>((resolve) => {
    child.stdout!.once("data", (chunk: Buffer) => resolve(Number(chunk.toString())));
  });
  return { host: "127.0.0.1", port, child };
}
