/** Load balancers of the data plane: one suite for both, and what is special about opening them. */
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { type LoadBalancerOptions, openLoadBalancer } from "../../../../src/emulator/data-plane/load-balancer/index.js";
import {
  InvalidOptionError,
  LoadBalancerError,
  PortInUseError,
  ProgramNotFoundError,
  ProgramVersionError,
} from "../../../../src/errors.js";
import { parseExposition } from "../../../../src/metrics/index.js";
import { findProgram } from "../../../../src/running-program.js";
import { root } from "../../../package/repository.js";
import { loadBalancerContract, type Open } from "./load-balancer-contract.js";

const folder = mkdtempSync(join(tmpdir(), "infra-gym-balancer-"));
afterAll(() => rmSync(folder, { recursive: true }));
let count = 0;
const execArgv = ["--import", pathToFileURL(join(root, "test/fixtures/typescript-loader/register.mjs")).href];
const noHaproxy = findProgram("haproxy", ["/usr/sbin"]) === undefined;

function openWith(binary: string): Open {
  return (options: Partial<LoadBalancerOptions> = {}) =>
    openLoadBalancer(
      {
        binary,
        directory: join(folder, String(count++)),
        healthCheck: { path: "/health", intervalSeconds: 0.1, timeoutSeconds: 5 },
        ...options,
      },
      { execArgv },
    );
}

describe.skipIf(noHaproxy)("openLoadBalancer with haproxy", () => {
  loadBalancerContract(openWith("haproxy"), execArgv);

  it("is what auto finds, keeps its files to itself, and leaves no socket", async () => {
    const directory = join(folder, "own");
    const balancer = await openWith("auto")({ directory });
    expect([balancer.kind, balancer.version]).toEqual(["haproxy", expect.stringMatching(/^\d+\.\d+\.\d+/)]);
    expect(statSync(directory).mode & 0o777).toBe(0o700);
    expect(statSync(join(directory, "haproxy.cfg")).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(directory, "haproxy.cfg"), "utf8")).toContain("balance leastconn");
    await balancer.close();
    await balancer.close();
    expect(existsSync(join(directory, "haproxy.sock"))).toBe(false);
    expect(await balancer.ended).toBeUndefined();
  });

  it("puts the socket elsewhere where the folder's name is too long for one, and takes any folder", async () => {
    const directory = join(folder, `it's a "very" long name ${"x".repeat(120)}`);
    const balancer = await openWith("haproxy")({ directory });
    expect(await balancer.servers()).toEqual([]);
    await balancer.close();
  });

  it("says when it ended by itself", async () => {
    const balancer = await openWith("haproxy")();
    process.kill(balancer.pid, "SIGKILL");
    expect(await balancer.ended).toMatchObject({ code: "INFRA_GYM_LOAD_BALANCER" });
    await expect(balancer.addServer({ name: "a", host: "127.0.0.1", port: 1 })).rejects.toThrow(LoadBalancerError);
    await balancer.close();
  });

  it("shows nothing under the built-in one's names that the built-in one lacks labels of", async () => {
    const [one, other] = await Promise.all([openWith("haproxy")(), openWith("built-in")()]);
    const shapes = await Promise.all(
      [one, other].map(async (balancer) => {
        await balancer.addServer({ name: "a", host: "127.0.0.1", port: 1 });
        const families = parseExposition(await (await fetch(balancer.metricsUrl)).text(), { format: "text" });
        await balancer.close();
        return families.flatMap(({ samples, type }) =>
          samples.map((sample) => `${type} ${sample.name} ${JSON.stringify([...sample.labels])}`),
        );
      }),
    );
    expect(shapes[1]!.filter((shape) => !shapes[0]!.includes(shape))).toEqual([]);
  });

  it("hands on haproxy's own words when it refuses its configuration", async () => {
    const path = join(folder, "refusing");
    writeFileSync(path, `#!/bin/sh\n[ "$1" = -v ] && exec haproxy -v\necho "[ALERT] unknown keyword" >&2\nexit 1\n`);
    chmodSync(path, 0o700);
    await expect(openWith(path)()).rejects.toThrow(
      /^haproxy [\d.]+ refuses its configuration: \[ALERT\] unknown keyword$/,
    );
  });
});

describe("openLoadBalancer with the built-in one", () => {
  loadBalancerContract(openWith("built-in"), execArgv);

  it("says when its process ended, and which it is at once", async () => {
    const pids: number[] = [];
    const directory = join(folder, "spawned");
    const options = { binary: "built-in", directory, healthCheck: { path: "/health" } };
    const balancer = await openLoadBalancer(options, { execArgv, onSpawn: (pid) => pids.push(pid) });
    expect(pids).toEqual([balancer.pid]);
    expect(balancer.kind).toBe("built-in");
    process.kill(balancer.pid, "SIGKILL");
    expect((await balancer.ended)?.message).toBe(
      "The built-in load balancer ended by itself (SIGKILL). Open it again.",
    );
    await expect(balancer.servers()).rejects.toThrow("The built-in load balancer has ended. Open it again.");
    await balancer.close();
  });
});

describe("openLoadBalancer", () => {
  it("names a program that is not there, or is something else", async () => {
    await expect(openWith("/no/haproxy")()).rejects.toThrow(
      new ProgramNotFoundError("haproxy", "/no/haproxy", 'Install it, or choose "built-in".').message,
    );
    const old = join(folder, "old");
    writeFileSync(old, '#!/bin/sh\necho "HAProxy version 2.4.22 2022/12/14"\n');
    chmodSync(old, 0o700);
    await expect(openWith(old)()).rejects.toThrow(
      new ProgramVersionError("haproxy", old, "2.6 or later", "HAProxy version 2.4.22 2022/12/14").message,
    );
  });

  it.each(noHaproxy ? ["built-in"] : ["haproxy", "built-in"])("names a port that is taken: %s", async (binary) => {
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as { port: number };
    await expect(openWith(binary)({ port })).rejects.toThrow(PortInUseError);
    await expect(openWith(binary)({ metricsPort: port })).rejects.toMatchObject({ address: "127.0.0.1", port });
    server.close();
  });

  it.each([
    [{ address: "0.0.0.0" }, 'Expected address to be a loopback address such as 127.0.0.1, got "0.0.0.0" (string).'],
    [{ name: "a b" }, /^Expected name to be 1 to 64 letters/],
    [{ healthCheck: { path: "/a b" } }, /^Expected healthCheck.path to be a path such as \/healthz, without blanks/],
    [
      { healthCheck: { path: "/", fall: 0 } },
      "Expected healthCheck.fall to be an integer from 1 to 1000, got 0 (number).",
    ],
    [{ stickySessions: { cookieName: "a;b" } }, /^Expected stickySessions.cookieName to be 1 to 64 letters/],
    [{ port: 5000, metricsPort: 5000 }, "Expected metricsPort to be another port than 5000 (port), got 5000 (number)."],
    [{ serverTimeoutSeconds: 0 }, "Expected serverTimeoutSeconds to be from 0.001 to 86400 (seconds), got 0 (number)."],
  ])("refuses %j", async (options, message) => {
    const refused = openWith("built-in")(options);
    await expect(refused).rejects.toThrow(InvalidOptionError);
    await expect(refused).rejects.toThrow(message);
  });
});
