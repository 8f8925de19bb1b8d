/** Droplets of an emulated account as processes: they come, crash, change and go with it. @module */
import { createServer } from "node:http";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { DataPlane, type DataPlaneOptions } from "../../../src/emulator/data-plane/data-plane.js";
import type { Place } from "../../../src/emulator/data-plane/droplet-process.js";
import type { DropletState } from "../../../src/emulator/index.js";
import { listCatalogue } from "../../../src/infra/catalogue/catalogue.js";
import { freePort } from "../../../src/running-program.js";
import { root } from "../../package/repository.js";

const execArgv = ["--import", pathToFileURL(join(root, "test/fixtures/typescript-loader/register.mjs")).href];
const WEB = "digitalocean_droplet.web";

async function makePlane(
  places: number,
  more: Partial<DataPlaneOptions> = {},
): Promise<{ plane: DataPlane; at: Place[] }> {
  const at = await Promise.all(
    Array.from({ length: places }, async () => ({ host: "127.0.0.1", port: await freePort("127.0.0.1") })),
  );
  const plane = new DataPlane({
    services: [
      {
        service: { name: "web", resource: WEB, serviceTimeSeconds: 0.005 },
        // biome-ignore lint/suspicious/noTemplateCurlyInString: as Terraform writes it
        dropletName: "shop-web-${count.index}",
        places: at,
        balancer: undefined,
        nextTiers: [],
        countsRequests: true,
      },
    ],
    catalogue: listCatalogue,
    times: { rebootSeconds: 0.05, drainSeconds: 1, patienceSeconds: 5 },
    modelTime: () => ({ seconds: 0, timeScale: 1 }),
    callTimeoutSeconds: 1,
    execArgv,
    ...more,
  });
  onTestFinished(() => plane.close());
  return { plane, at };
}

function tell(plane: DataPlane, change: "appear" | "change" | "go", droplet: Partial<DropletState>): void {
  const whole = { id: 1, name: "shop-web-0", status: "new", size: "s-1vcpu-2gb", userData: undefined, ...droplet };
  plane.listener({ type: "droplet", change, atSeconds: 0, droplet: whole as DropletState });
}

const settled = (plane: DataPlane): Promise<void> => plane.settled(AbortSignal.timeout(30_000));

async function slotsAt({ host, port }: Place): Promise<string | undefined> {
  const text = await (await fetch(`http://${host}:${port}/metrics`)).text();
  return /infra_gym_slots\{[^}]*\} (\d+)/.exec(text)?.[1];
}

describe("DataPlane", () => {
  it("boots, resizes, reboots and ends a droplet's process with the droplet", async () => {
    const { plane, at } = await makePlane(2);
    tell(plane, "appear", {});
    tell(plane, "appear", { id: 9, name: "shop-jump" });
    expect(plane.replicas.map(({ name, phase }) => `${name} ${phase}`)).toEqual(["web-0 booting"]);
    await expect(fetch(`http://127.0.0.1:${at[0]!.port}/health`)).rejects.toThrow();
    tell(plane, "change", { status: "active" });
    await settled(plane);
    expect(await slotsAt(at[0]!)).toBe("1");

    tell(plane, "change", { status: "off" });
    tell(plane, "change", { status: "off", size: "s-2vcpu-4gb" });
    tell(plane, "change", { status: "active", size: "s-2vcpu-4gb" });
    await settled(plane);
    expect(await slotsAt(at[0]!)).toBe("2");

    expect(plane.inject("web-0", { kind: "crash" })).toBe(true);
    while (plane.fleet(WEB)!.crashes === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(plane.replicas[0]!.phase).toBe("rebooting");
    await settled(plane);
    expect(await slotsAt(at[0]!)).toBe("2");

    tell(plane, "go", { status: "active" });
    expect(plane.replicas.map(({ phase }) => phase)).toEqual(["draining"]);
    await settled(plane);
    while (plane.replicas.length > 0) await new Promise((resolve) => setTimeout(resolve, 10));
    await expect(fetch(`http://127.0.0.1:${at[0]!.port}/health`)).rejects.toThrow();
  });

  it("keeps a droplet waiting while all places are taken", async () => {
    const { plane } = await makePlane(1);
    tell(plane, "appear", { status: "active" });
    tell(plane, "appear", { id: 2, name: "shop-web-1", status: "active" });
    expect(plane.fleet(WEB)!.size).toBe(2);
    expect(plane.replicas).toHaveLength(1);
    await settled(plane);
    tell(plane, "go", { status: "active" });
    while (plane.replicas[0]?.isLeaving !== false) await new Promise((resolve) => setTimeout(resolve, 10));
    await settled(plane);
    expect(plane.fleet(WEB)!.size).toBe(1);
  });

  it("says what keeps a droplet from coming up, and tries again", async () => {
    const { plane, at } = await makePlane(1);
    const blocker = createServer().listen(at[0]!.port, at[0]!.host);
    onTestFinished(() => void blocker.close());
    tell(plane, "appear", { status: "active" });
    await expect(settled(plane)).rejects.toThrow(
      new RegExp(`^The process of droplet web-0 could not listen on 127.0.0.1:${at[0]!.port}: .*EADDRINUSE`),
    );
    expect(plane.replicas[0]!.failure!.droplet).toBe("web-0");
    await new Promise((resolve) => blocker.close(resolve));
    while (plane.replicas[0]!.failure !== undefined) await new Promise((resolve) => setTimeout(resolve, 10));
    await settled(plane);
    expect(plane.inject("web-7", { kind: "crash" })).toBe(false);
  });
});
