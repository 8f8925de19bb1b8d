/** `infra-gym serve`: the reference service on loopback. @module */
import type { ReferenceService } from "../emulator/service/reference-service.js";
import type { NextTier } from "../emulator/service/service-options.js";
import { UsageError } from "../errors.js";
import type { Command } from "./command.js";
import type { OptionValues } from "./option-values.js";
import { readServiceFaults } from "./service-faults-text.js";
import type { Terminal } from "./terminal.js";

/** Runs the reference service until it is told to end. */
export const serveCommand: Command = {
  verb: "serve",
  summary: "Run the reference service on loopback: a queue with known work behind HTTP",
  positional: null,
  options: [
    { name: "port", value: "P", help: "Where to listen (default 8000; 0 takes a free one)" },
    { name: "host", value: "ADDRESS", help: "A loopback address (default 127.0.0.1)" },
    { name: "name", value: "NAME", help: "Value of the label service on its metrics (default web)" },
    { name: "service-time", value: "SECONDS", help: "Mean work of one request on one slot (default 0.02)" },
    {
      name: "distribution",
      value: "NAME[:CV]",
      help: "exponential (default), deterministic, lognormal:CV, gamma:CV or hyperexponential:CV",
    },
    { name: "vcpus", value: "N", help: "vCPUs of the machine (default 1)" },
    { name: "slots-per-vcpu", value: "N", help: "Requests a vCPU works on at a time (default 1)" },
    { name: "memory", value: "BYTES", help: "Memory of the machine (default 1073741824)" },
    { name: "connections", value: "N", help: "Requests it holds at most; more are answered 503 (default 512)" },
    { name: "call", value: "URL[=N],…", help: "Services it calls for each request, N times in the mean (default 1)" },
    { name: "faults", value: "SPEC", help: "Faults to inject, such as crash=600,hang=300:5,slow=120:30:3 (seconds)" },
    { name: "seed", value: "N", help: "Seed of work, calls and faults (default 0)" },
    { name: "drain", value: "DURATION", help: "How long it finishes its work for when told to end (default 10s)" },
  ],
  examples: [
    "infra-gym serve --port 8000 --vcpus 2",
    "infra-gym serve --port 0 --service-time 0.05 --distribution lognormal:1.5 --call http://127.0.0.1:8000/=2",
  ],
  run: runServe,
};

async function runServe(values: OptionValues, terminal: Terminal): Promise<number> {
  const { ReferenceService } = await import("../emulator/service/reference-service.js");
  const { CRASHED } = await import("../emulator/service/service-messages.js");
  const { parseDistribution } = await import("../emulator/service/work-draws.js");
  const distribution = values.text("distribution");
  const slotsPerVcpu = values.count("slots-per-vcpu");
  const connectionsPerReplica = values.count("connections");
  const host = values.text("host");
  const service = await ReferenceService.start({
    service: {
      name: values.text("name") ?? "web",
      resource: "digitalocean_droplet.web",
      serviceTimeSeconds: values.positive("service-time", "a number above 0 (seconds)") ?? 0.02,
      ...(distribution === undefined ? {} : { serviceTimeDistribution: parseDistribution(distribution) }),
      ...(slotsPerVcpu === undefined ? {} : { slotsPerVcpu }),
      ...(connectionsPerReplica === undefined ? {} : { connectionsPerReplica }),
    },
    machine: { vcpus: values.count("vcpus") ?? 1, memoryBytes: values.count("memory") ?? 2 ** 30 },
    port: values.port("port") ?? 8000,
    ...(host === undefined ? {} : { host }),
    seed: values.seed("seed") ?? 0n,
    nextTiers: nextTiersOf(values),
    faults: readServiceFaults(values),
    onCrash: () => process.exit(CRASHED),
  });
  const ended = untilToldToEnd(service, values.duration("drain") ?? 10);
  terminal.out(`The reference service listens on ${service.url}\n`);
  terminal.err("GET /health and /metrics; any other path is work  (SIGTERM or Ctrl+C ends it)\n");
  await ended;
  return 0;
}

function nextTiersOf(values: OptionValues): NextTier[] {
  return (values.list("call") ?? []).map((text) => {
    const [, url = "", count] = /^(.*?)(?:=(\d+(?:\.\d+)?))?$/.exec(text) ?? [];
    const perRequest = Number(count ?? 1);
    if (URL.canParse(url) && perRequest > 0) return { url, perRequest };
    const expected = "addresses with a number of calls above 0, such as http://127.0.0.1:8001/=2";
    throw new UsageError(`Expected ${values.source("call")} to be ${expected}, got ${JSON.stringify(text)}.`);
  });
}

function untilToldToEnd(service: ReferenceService, drainSeconds: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (): void => {
      process.off("SIGTERM", end);
      process.off("SIGINT", end);
      service.close(drainSeconds).then(resolve, reject);
    };
    process.on("SIGTERM", end);
    process.on("SIGINT", end);
  });
}
