/** The process that sends a load: told by its parent through the channel of `fork`, and gone when the parent is. @module */
import type { AddressInfo } from "node:net";
import type { LoadNews, LoadOrder } from "./load-messages.js";
import { serveMetrics } from "./load-metrics.js";
import type { CheckedLoad } from "./load-options.js";
import { PacedLoad } from "./paced-load.js";

/** Between two reports. Unit: milliseconds. */
const REPORT_EVERY = 250;

let running: PacedLoad | undefined;
let isStopped = false;

function tell(news: LoadNews): void {
  if (process.connected) process.send!(news);
}

function tellReport(load: PacedLoad, isLast: boolean): void {
  const { requests, ...report } = load.report();
  const whole = isLast && requests !== undefined ? { ...report, requests } : report;
  tell({ kind: "report", report: whole, rate: load.rate, isLast });
}

async function start(load: CheckedLoad): Promise<void> {
  running = await PacedLoad.start(load);
  const { tally } = running;
  const server = load.metricsPort === undefined ? undefined : await serveMetrics(load.metricsPort, tally, load.service);
  tell({ kind: "started", metricsPort: (server?.address() as AddressInfo | undefined)?.port });
  if (isStopped) running.stop();
  const timer = setInterval(() => tellReport(running!, false), REPORT_EVERY);
  await running.ended;
  clearInterval(timer);
  tellReport(running, true);
}

function fail(error: unknown): void {
  tell({ kind: "failed", reason: error instanceof Error ? error.message : String(error) });
}

process.on("message", (order: LoadOrder) => {
  if (order.kind === "start") start(order.load).catch(fail);
  else if (order.kind === "begin") running?.begin();
  else if (order.kind === "rate") running?.setRate(order.rate);
  else {
    isStopped = true;
    running?.stop();
  }
});
process.on("disconnect", () => process.exit());
// A terminal sends its signals to both: it is the parent who ends this process in order.
process.on("SIGINT", () => undefined);
process.on("SIGTERM", () => undefined);
