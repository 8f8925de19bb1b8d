/** `infra-gym serve` and `infra-gym load`, one against the other as processes of their own, and what they refuse. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { root } from "../package/repository.js";
import { infraGym } from "./command-line.js";

/** The command line as a program of its own, from the sources as they are. */
const folder = mkdtempSync(join(tmpdir(), "infra-gym-load-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const program = join(folder, "main.mjs");
writeFileSync(
  program,
  `import { main } from ${JSON.stringify(pathToFileURL(join(root, "src/cli/main.ts")).href)};
   process.exitCode = await main(process.argv.slice(2));`,
);
const loader = pathToFileURL(join(root, "test/fixtures/typescript-loader/register.mjs")).href;

interface Started {
  readonly process: ChildProcess;
  readonly output: () => string;
  readonly ended: Promise<number | null>;
}

function start(...args: string[]): Started {
  const { NODE_OPTIONS: _, VITEST: __, ...env } = process.env;
  const started = spawn(process.execPath, ["--import", loader, program, ...args], { env });
  let output = "";
  for (const stream of [started.stdout, started.stderr]) {
    stream.on("data", (chunk) => {
      output += chunk;
    });
  }
  const ended = new Promise<number | null>((resolve) => started.once("exit", resolve));
  return { process: started, output: () => output, ended };
}

async function startService(...args: string[]): Promise<Started & { readonly url: string }> {
  const service = start("serve", "--port", "0", ...args);
  const url = await new Promise<string>((resolve, reject) => {
    service.process.stdout!.on("data", () => {
      const [address] = /http:\/\/\S+/.exec(service.output()) ?? [];
      if (address !== undefined) resolve(address);
    });
    service.ended.then(() => reject(new Error(`It ended: ${service.output()}`)));
  });
  return { ...service, url };
}

describe("infra-gym serve and infra-gym load", () => {
  it("send, answer and count the same requests, and end in order", async () => {
    const service = await startService("--service-time", "0.002", "--vcpus", "2", "--distribution", "gamma:0.5");
    const load = start("load", service.url, "--rate", "100", "--for", "1s", "--spacing", "even", "--json", "-");
    expect([await load.ended, load.output().slice(0, 1)]).toEqual([0, "{"]);
    const report = JSON.parse(load.output()) as Record<string, unknown>;
    expect(report).toMatchObject({ asked: 99, sent: 99, answered: 99, lost: 0, unsent: 0, codes: { "200": 99 } });
    const metrics = await (await fetch(`${service.url}/metrics`)).text();
    expect(metrics).toContain('http_requests_total{service="web",code="200"} 99\n');
    service.process.kill("SIGTERM");
    expect(await service.ended).toBe(0);
  });

  it("sends the rates of a file", async () => {
    const service = await startService("--service-time", "0.001");
    const file = join(folder, "rates.json");
    writeFileSync(file, JSON.stringify({ atSeconds: [0, 0.5, 0.501], rates: [80, 80, 0] }));
    const load = start("load", service.url, "--profile", file, "--for", "1s", "--spacing", "even", "--json", "-");
    expect(await load.ended).toBe(0);
    const { asked } = JSON.parse(load.output()) as { readonly asked: number };
    expect(Math.abs(asked - 40)).toBeLessThanOrEqual(1);
    service.process.kill("SIGTERM");
    expect(await service.ended).toBe(0);
    expect(await infraGym("load", service.url, "--profile", file, "--rate", "5")).toMatchObject({
      code: 2,
      err: "INFRA_GYM_USAGE: --rate is for workloads, and goes without --profile.\n",
    });
    expect((await infraGym("load", service.url, "--profile", program)).err).toMatch(
      /^INFRA_GYM_USAGE: Could not read the rates in /,
    );
  });

  it("crashes with exit code 70 when its faults say so", async () => {
    expect(await start("serve", "--port", "0", "--faults", "crash=0.01").ended).toBe(70);
  });

  it("stops a load on SIGINT with a report of what was sent", async () => {
    const service = await startService();
    const load = start("load", service.url, "--for", "10m", "--rate", "20", "--metrics-port", "0");
    await new Promise<void>((resolve) => {
      load.process.stderr!.on("data", () => {
        if (load.output().includes("Metrics: ")) resolve();
      });
    });
    load.process.kill("SIGINT");
    expect(await load.ended).toBe(130);
    expect(load.output()).toMatch(/^requests +count +per second$/m);
    service.process.kill("SIGTERM");
    expect(await service.ended).toBe(0);
  });

  it.each([
    [
      ["serve", "--faults", "crash"],
      'INFRA_GYM_USAGE: Expected --faults to be faults such as crash=600,hang=300:5,slow=120:30:3 (mean seconds between, length, factor), got "crash".',
    ],
    [
      ["serve", "--call", "nowhere"],
      'INFRA_GYM_USAGE: Expected --call to be addresses with a number of calls above 0, such as http://127.0.0.1:8001/=2, got "nowhere".',
    ],
    [
      ["serve", "--host", "0.0.0.0"],
      'INFRA_GYM_INVALID_OPTION: Expected host to be a loopback address such as 127.0.0.1, got "0.0.0.0" (string).',
    ],
    [
      ["load"],
      "INFRA_GYM_USAGE: Expected URL, such as http://127.0.0.1:8000/, which is missing. Add --help for all options.",
    ],
    [
      ["load", "http://127.0.0.1:1/", "--offset", "31s"],
      'INFRA_GYM_USAGE: Expected --offset to be a duration of whole half minutes such as 8h or 90s, got "31s".',
    ],
    [
      ["load", "http://example.com/"],
      'INFRA_GYM_INVALID_OPTION: Expected ownHost to be "example.com", said by its owner (--i-own-this-host), as it is not loopback, got undefined.',
    ],
  ])("refuses %j with exit code 2", async (args, message) => {
    expect(await infraGym(...args)).toEqual({ code: 2, out: "", err: `${message}\n` });
  });
});
