/** The process of the built-in load balancer: told by its parent through the channel of `fork`, and gone when the parent is. @module */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { BuiltInFront } from "./built-in-front.js";
import type { BuiltInAnswers, BuiltInNews, BuiltInOrder, NumberedOrder } from "./built-in-messages.js";
import { builtInMetricsText } from "./built-in-metrics.js";
import type { CheckedLoadBalancer } from "./load-balancer-options.js";
import { type PooledServer, statusOf } from "./server-pool.js";

/** Between two looks at a server that drains. Unit: milliseconds. */
const LOOK_EVERY = 10;

let front: BuiltInFront | undefined;

async function carryOut(order: BuiltInOrder): Promise<BuiltInAnswers[keyof BuiltInAnswers]> {
  if (order.kind === "start") return start(order.options);
  if (front === undefined) throw new Error("was not started.");
  switch (order.kind) {
    case "add":
      front.add(order.server);
      return undefined;
    case "drain":
      return drain(named(front, order.name), order.timeoutSeconds);
    case "remove":
      front.remove(named(front, order.name));
      return undefined;
    case "servers":
      return front.pool.all.map((server) => {
        const { name, host, port, inFlight, requests } = server;
        return { name, host, port, status: statusOf(server), inFlight, requests };
      });
  }
}

async function start(options: CheckedLoadBalancer): Promise<BuiltInAnswers["start"]> {
  const begun = new BuiltInFront(options);
  const metrics = createServer((request, response) => {
    if (request.headers.origin !== undefined) response.writeHead(403).end();
    else if (request.url?.split("?")[0] !== "/metrics") response.writeHead(404).end();
    else {
      response.writeHead(200, { "content-type": "text/plain; version=0.0.4; charset=utf-8" });
      response.end(builtInMetricsText(options.name, begun.counts, begun.pool.all));
    }
  });
  const port = await listen(begun.server, options.address, options.port);
  const metricsPort = await listen(metrics, options.address, options.metricsPort);
  front = begun;
  return { port, metricsPort };
}

function listen(server: Server, address: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, address, () => resolve((server.address() as AddressInfo).port));
  });
}

async function drain(server: PooledServer, timeoutSeconds: number): Promise<boolean> {
  server.isDraining = true;
  const deadline = performance.now() + timeoutSeconds * 1000;
  while (server.inFlight > 0) {
    if (performance.now() >= deadline) return false;
    await sleep(LOOK_EVERY);
  }
  return true;
}

function named({ pool }: BuiltInFront, name: string): PooledServer {
  const server = pool.get(name);
  if (server === undefined) throw new Error(`has no server ${JSON.stringify(name)}.`);
  return server;
}

function tell(news: BuiltInNews): void {
  if (process.connected) process.send!(news);
}

process.on("message", ({ number, order }: NumberedOrder) => {
  carryOut(order).then(
    (answer) => tell({ number, answer }),
    (error: NodeJS.ErrnoException & { port?: number }) => {
      const taken = error.code === "EADDRINUSE" && error.port !== undefined ? { portInUse: error.port } : {};
      tell({ number, refusal: error.message, ...taken });
    },
  );
});
process.on("disconnect", () => process.exit());
// A terminal sends its signals to both: it is the parent who ends this process in order.
process.on("SIGINT", () => undefined);
process.on("SIGTERM", () => process.exit());
