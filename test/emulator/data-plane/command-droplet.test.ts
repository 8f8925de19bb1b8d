/** Droplets that run commands: how they are started, hung, slowed down and ended. @module */
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { CommandDroplet, commandOf } from "../../../src/emulator/data-plane/command-droplet.js";
import type { DropletState } from "../../../src/emulator/index.js";
import { freePort } from "../../../src/running-program.js";

const folder = mkdtempSync(join(tmpdir(), "command-droplet-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const MACHINE = { vcpus: 2, memoryBytes: 4e9 };
const SERVICE = { name: "web", resource: "digitalocean_droplet.web", serviceTimeSeconds: 0.02 };
/** Shows its environment, and pays no heed to SIGTERM. */
const SHOW = `#!/usr/bin/env node
process.on("SIGTERM", () => undefined);
require("node:http")
  .createServer((_, response) => response.end(JSON.stringify(process.env)))
  .listen(Number(process.env.PORT), process.env.HOST);
`;

async function droplet(
  script: string,
  name: string,
): Promise<{ droplet: CommandDroplet; url: string; pids: number[] }> {
  const place = { host: "127.0.0.1", port: await freePort("127.0.0.1") };
  const pids: number[] = [];
  const made = new CommandDroplet({ name, place, service: SERVICE, script, folder, onSpawn: (pid) => pids.push(pid) });
  onTestFinished(() => made.stop(0));
  return { droplet: made, url: `http://127.0.0.1:${place.port}/`, pids };
}

describe("CommandDroplet", () => {
  it("runs a command with its size and without tokens, hangs it, and ends it by force where it must", async () => {
    process.env.DIGITALOCEAN_TOKEN = "secret";
    onTestFinished(() => void delete process.env.DIGITALOCEAN_TOKEN);
    const { droplet: made, url, pids } = await droplet(SHOW, "web-0");
    expect(made.pid).toBe(0);
    await made.boot(MACHINE);
    expect(pids).toEqual([made.pid]);
    const environment = (await (await fetch(url)).json()) as Record<string, string>;
    expect(environment).toMatchObject({ VCPUS: "2", MEMORY_BYTES: "4000000000", SERVICE: "web", INSTANCE: "web-0" });
    expect(environment.DIGITALOCEAN_TOKEN).toBeUndefined();
    made.inject({ kind: "hang", seconds: 0.3 });
    const asked = performance.now();
    await fetch(url);
    expect(performance.now() - asked).toBeGreaterThan(200);
    await made.stop(0.1);
    expect(await made.ended).toBe("SIGKILL");
  });

  it("ends as a crash when it is told to crash", async () => {
    const { droplet: made } = await droplet(SHOW, "web-1");
    await made.boot(MACHINE);
    made.inject({ kind: "crash" });
    expect(await made.ended).toBe("exit code 70");
  });

  it("says how a command ended that does not come up, and where its output is", async () => {
    const { droplet: made } = await droplet("#!/bin/sh\necho broken\nexit 3\n", "web-2");
    const log = join(folder, "web-2.log");
    await expect(made.boot(MACHINE)).rejects.toThrow(
      `The process of droplet web-2 ended while it booted (exit code 3); its output is in ${log}.`,
    );
    expect(readFileSync(log, "utf8")).toBe("broken\n");
  });

  it("says that a command ran out of memory, as Node and the system do", async () => {
    const script = `#!/bin/sh\nexec ${process.execPath} --max-old-space-size=8 -e 'const all = []; for (;;) all.push([all.length].fill({}))'\n`;
    const { droplet: made } = await droplet(script, "web-4");
    await expect(made.boot(MACHINE)).rejects.toThrow(
      /^The process of droplet web-4 ended while it booted \((?:SIGABRT|SIGTRAP|exit code 134)\)/,
    );
    expect(readFileSync(join(folder, "web-4.log"), "utf8")).toMatch(/out of memory/);
  });

  it("is ended before it was started", async () => {
    const { droplet: made } = await droplet(SHOW, "web-3");
    await made.stop(1);
    expect(await made.ended).toBe("exit code 0");
    expect(existsSync(join(folder, "web-3"))).toBe(false);
  });
});

describe("commandOf", () => {
  it("makes commands of user data that begins with #!, and leaves the rest to the reference service", () => {
    const make = commandOf(folder, () => undefined);
    const place = { host: "127.0.0.1", port: 1 };
    const of = (userData: string | undefined) => make({ userData } as DropletState, "web-0", place, SERVICE);
    expect(of("#!/bin/sh\n")).toBeInstanceOf(CommandDroplet);
    expect(of("#cloud-config\n")).toBeUndefined();
    expect(of(undefined)).toBeUndefined();
  });
});
