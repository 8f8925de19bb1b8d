/** Ways to droplets, with a real small thing in the place of what they lead to. */
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { DirectWay, SshWay } from "../../../src/backends/digitalocean/ways.js";
import { freePort } from "../../../src/running-program.js";
import { temporaryFolder } from "../../terraform/terraform-folder.js";

const folder = temporaryFolder("ways");

describe("DirectWay", () => {
  it("hands a port of loopback on, and closes what is open", async () => {
    const server = createServer((_, response) => response.end("far"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    const port = await freePort("127.0.0.1");
    const way = await DirectWay.open(port, { host: "127.0.0.1", port: (server.address() as AddressInfo).port });
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe("far");
    await expect(DirectWay.open(port, { host: "127.0.0.1", port })).rejects.toThrow("the way to a droplet");
    await way.close();
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow("fetch failed");
  });

  it("ends a request where nothing is on the other side", async () => {
    const [port, nowhere] = [await freePort("127.0.0.1"), await freePort("127.0.0.1")];
    const way = await DirectWay.open(port, { host: "127.0.0.1", port: nowhere });
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow("fetch failed");
    await way.close();
  });
});

describe("SshWay", () => {
  it("starts its program again when that ends, without this process's secrets, and ends it", async () => {
    const [script, log] = [join(folder, "ssh"), join(folder, "runs")];
    writeFileSync(
      script,
      `#!/bin/sh\necho "$1 $(env | grep -c TOKEN)" >> ${log}\n[ $(wc -l < ${log}) -lt 2 ] || exec sleep 60\n`,
    );
    chmodSync(script, 0o755);
    process.env.SOME_TOKEN = "secret";
    onTestFinished(() => void delete process.env.SOME_TOKEN);
    const pids: number[] = [];
    const twice = new Promise<void>((resolve) => {
      const clock = { now: () => 0, sleep: async () => (pids.length === 2 ? resolve() : undefined) };
      const way = new SshWay({
        ...{ ssh: script, args: ["-N"], directory: folder, name: "ssh-web-0", clock },
        onSpawn: (pid) => {
          if (pids.push(pid) === 2) resolve();
        },
      });
      onTestFinished(() => way.close());
    });
    await twice;
    await expect.poll(() => readFileSync(log, "utf8")).toBe("-N 0\n-N 0\n");
  });
});
