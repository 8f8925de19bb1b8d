/** A droplet of the data plane: from the end of its boot until it takes traffic. @module */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { healthCheckOf } from "../src/backends/local/local-times.js";
import { DataPlane } from "../src/emulator/data-plane/data-plane.js";
import { openLoadBalancer } from "../src/emulator/data-plane/load-balancer/index.js";
import type { DropletState } from "../src/emulator/index.js";
import { listCatalogue } from "../src/infra/catalogue/catalogue.js";
import { freePort } from "../src/running-program.js";
import { type Measurement, measure } from "./figure.js";
import { SERVICE, sleep } from "./loaded.js";

/** As the local backend checks at time scale 12: every 5 s of model time, three times. */
const CHECK = healthCheckOf({ path: "/health", check_interval_seconds: 5, healthy_threshold: 3 }, 12);
/** The shortest boot at time scale 12. Unit: seconds. */
const BOOT = 2.5;

async function bootToTrafficSeconds(): Promise<number> {
  const directory = mkdtempSync(join(tmpdir(), "infra-gym-bench-"));
  const balancer = await openLoadBalancer({ directory, healthCheck: CHECK });
  const plane = new DataPlane({
    services: [
      {
        service: SERVICE,
        dropletName: "bench-web",
        places: [{ host: "127.0.0.1", port: await freePort("127.0.0.1") }],
        balancer,
        nextTiers: [],
        countsRequests: false,
      },
    ],
    catalogue: listCatalogue,
    times: { rebootSeconds: 1, drainSeconds: 1, patienceSeconds: 5 },
    modelTime: () => ({ seconds: 0, timeScale: 12 }),
    callTimeoutSeconds: 1,
  });
  const tell = (change: "appear" | "change", status: DropletState["status"]): void => {
    const droplet = { id: 1, name: "bench-web", status, size: "s-2vcpu-4gb", userData: undefined };
    plane.listener({ type: "droplet", change, atSeconds: 0, droplet: droplet as DropletState });
  };
  try {
    tell("appear", "new");
    await sleep(BOOT);
    tell("change", "active");
    const booted = performance.now();
    await plane.settled(AbortSignal.timeout(30_000));
    const response = await fetch(balancer.url);
    if (response.status !== 200) throw new Error(`Expected the droplet to answer, got status ${response.status}`);
    return (performance.now() - booted) / 1000;
  } finally {
    await plane.close();
    await balancer.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Figures of this file. */
export const measurements: readonly Measurement[] = [
  measure("local.bootToTrafficSeconds", "s", bootToTrafficSeconds, { repeats: 3, warmUps: 0 }),
];
