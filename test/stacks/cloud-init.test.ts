/** What a droplet does at its first boot: read, and run as far as it can be without the droplet. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { findProgram } from "../../src/running-program.js";
import { type CloudInitOptions, cloudInit } from "../../src/stacks/index.js";
import { root } from "../package/repository.js";
import { temporaryFolder } from "../terraform/terraform-folder.js";
import { fileOf, readCloudConfig } from "./read-cloud-config.js";

const web = { name: "web", resource: "digitalocean_droplet.web", serviceTimeSeconds: 0.002 } as const;
const START = "/opt/infra-gym/start";
const FRONT = "/etc/haproxy/haproxy.cfg";

const folder = temporaryFolder("cloud-init");
const running: ChildProcess[] = [];
afterAll(() => {
  for (const child of running) child.kill("SIGKILL");
});

/** A file that can be run. @returns Its path. */
function script(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  chmodSync(path, 0o755);
  return path;
}

describe("cloudInit", () => {
  it("installs Node, node_exporter and haproxy, and keeps the service and its metrics to the droplet's loopback", () => {
    const text = cloudInit(web);
    expect(text.startsWith("#cloud-config\n")).toBe(true);
    expect(readCloudConfig(text)).toMatchObject({
      packages: ["prometheus-node-exporter", "haproxy"],
      snap: { commands: ["snap install node --classic --channel=22/stable"] },
    });
    expect(fileOf(text, "/etc/default/prometheus-node-exporter").content).toBe(
      'ARGS="--web.listen-address=127.0.0.1:9100"\n',
    );
    expect(fileOf(text, "/etc/systemd/system/infra-gym.service").content).toContain(
      `ExecStart=${START}\nRestart=always`,
    );
    expect(fileOf(text, START)).toMatchObject({ permissions: "0755" });
    expect(fileOf(text, FRONT).content).toContain("http-request deny deny_status 404 if { path /metrics }");
    expect(fileOf(text, FRONT).content).not.toContain("8082");
  });

  it("opens the metrics to the network where it is asked to, and to a firewall's care", () => {
    const text = cloudInit(web, { metrics: "network" });
    expect(fileOf(text, "/etc/default/prometheus-node-exporter").content).toBe('ARGS="--web.listen-address=:9100"\n');
    expect(fileOf(text, FRONT).content).toContain("bind :8082\n  http-request deny deny_status 404 unless");
  });

  it("names package, distribution, limits and calls in the command", () => {
    const service = {
      ...web,
      serviceTimeDistribution: { kind: "lognormal", coefficientOfVariation: 1.5 } as const,
      slotsPerVcpu: 2,
      connectionsPerReplica: 64,
    };
    const calls = [{ url: "http://10.0.0.9:8080/", perRequest: 2 }];
    expect(fileOf(cloudInit(service, { package: "infra-gym@0.1.0", calls }), START).content).toContain(
      "exec npx --yes --package=infra-gym@0.1.0 -- infra-gym serve --port 8081 --name web --service-time 0.002 --distribution lognormal:1.5 --slots-per-vcpu 2 --connections 64 --call http://10.0.0.9:8080/=2 --vcpus ",
    );
  });

  it.each<[string, CloudInitOptions, string]>([
    ["a package of another name", { package: "other@1.0.0" }, "Expected package to be infra-gym, infra-gym@ with a"],
    ["a package over plain HTTP", { package: "http://example.com/a.tgz" }, "Expected package to be infra-gym,"],
    [
      "an address that is more than a word",
      { calls: [{ url: "a; b", perRequest: 1 }] },
      "Expected service to be names",
    ],
  ])("refuses %s", (_, options, message) => {
    expect(() => cloudInit(web, options)).toThrow(message);
  });

  it("runs a service that answers, with the slots and memory of the machine", async () => {
    // npx as far as the command uses it; another port, as a droplet's own may be taken here.
    script(
      "npx",
      `#!/bin/sh\n[ "$1 $2 $3 $4" = "--yes --package=infra-gym -- infra-gym" ] || exit 64\nshift 4\nexec node ${join(root, "bin/infra-gym.js")} "$@"\n`,
    );
    const text = fileOf(cloudInit({ ...web, slotsPerVcpu: 3 }), START).content.replace("--port 8081", "--port 0");
    const path = `${folder}:${process.env.PATH}`;
    const child = spawn(script("start", text), { env: { PATH: path }, stdio: ["ignore", "pipe", "ignore"] });
    running.push(child);
    const [, url] = await new Promise<RegExpExecArray>((resolve, reject) => {
      let said = "";
      child.once("exit", () => reject(new Error(`It ended: ${said}`)));
      child.stdout.on("data", (chunk: Buffer) => {
        said += chunk.toString();
        const match = /listens on (http:\S+)/.exec(said);
        if (match !== null) resolve(match);
      });
    });
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect((await fetch(`${url}/any`)).status).toBe(200);
    const metrics = await (await fetch(`${url}/metrics`)).text();
    const vcpus = Number(execFileSync("nproc", { encoding: "utf8" }));
    expect(metrics).toContain(`infra_gym_slots{service="web"} ${3 * vcpus}\n`);
  });

  const haproxy = findProgram("haproxy", ["/usr/sbin"]);
  it.skipIf(haproxy === undefined)("gives haproxy a configuration that it takes (needs haproxy)", () => {
    const text = fileOf(cloudInit(web, { metrics: "network" }), FRONT).content.replace(/^ {2}(user|group) .*\n/gm, "");
    const file = join(folder, "haproxy.cfg");
    writeFileSync(file, text);
    expect(() => execFileSync(haproxy!, ["-c", "-f", file], { stdio: "pipe" })).not.toThrow();
  });
});
