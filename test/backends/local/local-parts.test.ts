/** Parts of a local world from its graph: a load balancer with the graph's sticky sessions. @module */
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WorldFolder } from "../../../src/backends/live/world-folder.js";
import { chooseNetwork } from "../../../src/backends/local/local-network.js";
import { checkLocalOptions } from "../../../src/backends/local/local-options.js";
import { openBalancers, placesNeeded } from "../../../src/backends/local/local-parts.js";
import type { PlaneLoadBalancer } from "../../../src/emulator/data-plane/load-balancer/index.js";
import { type InfraGraph, setAttribute } from "../../../src/infra/index.js";
import { findProgram } from "../../../src/running-program.js";
import { modelOfGraph } from "../../../src/simulator/from-graph.js";
import { execArgv, graphWith, smallWorld } from "./small-world.js";

const folder = mkdtempSync(join(tmpdir(), "local-parts-"));
const servers: Server[] = [];
beforeAll(async () => {
  for (const name of ["a", "b"]) {
    const server = createServer((_, response) => response.end(name));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    servers.push(server);
  }
});
afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  rmSync(folder, { recursive: true, force: true });
});

/** The load balancer that a world's graph asks for, with two servers. */
async function balancerOf(graph: InfraGraph, kind: string): Promise<PlaneLoadBalancer> {
  const world = smallWorld(graph);
  const model = modelOfGraph({ ...world });
  const [balancer] = await openBalancers({
    world,
    model,
    options: checkLocalOptions({ loadBalancer: kind, timeScale: 60, execArgv }),
    network: await chooseNetwork(placesNeeded(model)),
    folder: new WorldFolder("local", folder),
    modelTime: () => ({ seconds: 0, timeScale: 12 }),
  });
  for (const [k, server] of servers.entries()) {
    const { port } = server.address() as AddressInfo;
    await balancer!.addServer({ name: `web-${k}`, host: "127.0.0.1", port });
    await balancer!.waitForServer(`web-${k}`, 10);
  }
  return balancer!;
}

describe.each(findProgram("haproxy", ["/usr/sbin"]) === undefined ? ["built-in"] : ["haproxy", "built-in"])(
  "openBalancers with %s",
  (kind) => {
    it("leads a client back to its droplet where the graph has sticky sessions", async () => {
      const sticky = { type: "cookies", cookie_name: "HOME", cookie_ttl_seconds: 300 };
      const balancer = await balancerOf(
        setAttribute("digitalocean_loadbalancer.main", "sticky_sessions", sticky)(graphWith(1)),
        kind,
      );
      const first = await fetch(balancer.url);
      const home = await first.text();
      const cookie = first.headers.get("set-cookie")!.split(";")[0]!;
      expect(cookie).toMatch(/^HOME=/);
      const again = await Promise.all(
        Array.from({ length: 6 }, async () => (await fetch(balancer.url, { headers: { cookie } })).text()),
      );
      expect(again).toEqual(Array<string>(6).fill(home));
      await balancer.close();
    });

    it("spreads clients where it has none", async () => {
      const balancer = await balancerOf(graphWith(1), kind);
      const answers = await Promise.all(
        Array.from({ length: 12 }, async () => {
          const response = await fetch(balancer.url);
          expect(response.headers.get("set-cookie")).toBeNull();
          return response.text();
        }),
      );
      expect(new Set(answers)).toEqual(new Set(["a", "b"]));
      await balancer.close();
    });
  },
);
