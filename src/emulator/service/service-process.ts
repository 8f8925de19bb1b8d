/** The process of a droplet that runs the reference service: told by its parent through the channel of `fork`, and gone when the parent is. @module */
import { ReferenceService } from "./reference-service.js";
import { CRASHED, type ServiceNews, type ServiceOrder } from "./service-messages.js";

/** How long work is finished for when it is told to end. Unit: seconds. */
const DRAIN_SECONDS = 5;

let running: ReferenceService | undefined;

function tell(news: ServiceNews): void {
  if (process.connected) process.send!(news);
}

async function start(order: ServiceOrder & { readonly kind: "start" }): Promise<void> {
  running = await ReferenceService.start({ ...order.options, onCrash: () => process.exit(CRASHED) });
  tell({ kind: "listening", url: running.url });
}

function fail(error: unknown): void {
  const { cause } = error as { readonly cause?: unknown };
  const because = cause instanceof Error ? ` (${cause.message})` : "";
  tell({ kind: "failed", reason: `${error instanceof Error ? error.message : String(error)}${because}` });
}

process.on("message", (order: ServiceOrder) => {
  if (order.kind === "start") start(order).catch(fail);
  else if (order.kind === "resize") running?.resize(order.machine);
  else if (order.kind === "inject") running?.inject(order.fault);
  else running?.begin(order.seed, order.modelTime);
});
process.on("disconnect", () => process.exit());
process.on("SIGTERM", () => {
  if (running === undefined) process.exit();
  running.close(DRAIN_SECONDS).finally(() => process.exit());
});
// A terminal sends its interrupts to all: it is the parent who ends this process in order.
process.on("SIGINT", () => undefined);
