/** `infra-gym emulator`: DigitalOcean's API on loopback. @module */
import type { Emulator, EmulatorSpeed } from "../emulator/index.js";
import { UsageError } from "../errors.js";
import type { Command } from "./command.js";
import type { OptionValues } from "./option-values.js";
import type { Terminal } from "./terminal.js";

/** Where it listens unless told otherwise. */
const DEFAULT_PORT = 8080;

/** Runs the emulator until it is told to end. */
export const emulatorCommand: Command = {
  verb: "emulator",
  summary: "Run DigitalOcean's API on loopback, without an account or a bill",
  positional: null,
  options: [
    { name: "port", value: "P", help: `Where to listen on 127.0.0.1 (default ${DEFAULT_PORT}; 0 takes a free one)` },
    { name: "state", value: "FILE", help: "Keep the account in this file, so that a restart finds it again" },
    { name: "speed", value: "SPEED", help: "How time passes: instant (default), real, or N times as fast as real" },
    { name: "faults", value: "SPEC", help: "Faults to inject, such as seed=7,429=0.1,5xx-after=0.05,capacity=fra1" },
    { name: "token", value: "T", help: "The only bearer token to take (default: any that is not empty)" },
    { name: "droplet-limit", value: "N", help: "Droplets the account may have (default 100)" },
    { name: "rate-limit", value: null, help: "Refuse what goes beyond 5000 requests an hour and 250 a minute" },
    { name: "seed", value: "N", help: "Seed of ids, addresses and durations (default 0)" },
  ],
  examples: [
    "infra-gym emulator --port 8080",
    "infra-gym emulator --port 0 --speed 12 --state account.json",
    "DIGITALOCEAN_API_URL=http://127.0.0.1:8080 DIGITALOCEAN_TOKEN=any terraform apply",
  ],
  run: runEmulator,
};

async function runEmulator(values: OptionValues, terminal: Terminal): Promise<number> {
  const { Emulator, parseFaults } = await import("../emulator/index.js");
  const port = values.port("port") ?? DEFAULT_PORT;
  const faults = values.text("faults");
  const stateFile = values.text("state");
  const token = values.text("token");
  const dropletLimit = values.count("droplet-limit");
  const emulator = new Emulator({
    speed: speedOf(values),
    seed: values.seed("seed") ?? 0n,
    ...(faults === undefined ? {} : { faults: parseFaults(faults) }),
    ...(stateFile === undefined ? {} : { stateFile }),
    ...(token === undefined ? {} : { token }),
    ...(dropletLimit === undefined ? {} : { dropletLimit }),
    ...(values.flag("rate-limit") ? { rateLimit: {} } : {}),
  });
  await emulator.listen({ port });
  const ended = untilToldToEnd(emulator);
  terminal.out(`DigitalOcean's API, emulated, listens on ${emulator.url}\n`);
  terminal.err(`DIGITALOCEAN_API_URL=${emulator.url}  (SIGTERM or Ctrl+C ends it)\n`);
  await ended;
  return 0;
}

function speedOf(values: OptionValues): EmulatorSpeed {
  const text = values.text("speed") ?? "instant";
  if (text === "instant" || text === "real") return text;
  const factor = text.trim() === "" ? Number.NaN : Number(text);
  if (Number.isFinite(factor) && factor > 0) return factor;
  throw new UsageError(
    `Expected ${values.source("speed")} to be instant, real or a number above 0, got ${JSON.stringify(text)}.`,
  );
}

function untilToldToEnd(emulator: Emulator): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (): void => {
      process.off("SIGTERM", end);
      process.off("SIGINT", end);
      emulator.close().then(resolve, reject);
    };
    process.on("SIGTERM", end);
    process.on("SIGINT", end);
  });
}
