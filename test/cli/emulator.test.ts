/** `infra-gym emulator`: starts, keeps its account, ends when it is told to, and refuses what it cannot use. */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { root } from "../package/repository.js";
import { infraGym } from "./command-line.js";

const folder = mkdtempSync(join(tmpdir(), "infra-gym-emulator-command-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Starts the command in a process of its own; gives the address it names. */
async function start(...args: string[]): Promise<{ process: ChildProcess; url: string }> {
  const { NODE_OPTIONS: _, VITEST: __, ...env } = process.env;
  const started = spawn(process.execPath, [join(root, "bin", "infra-gym.js"), "emulator", ...args], { env });
  let output = "";
  const url = await new Promise<string>((resolve, reject) => {
    started.stdout.on("data", (chunk) => {
      output += chunk;
      const address = /http:\/\/\S+/.exec(output)?.[0];
      if (address !== undefined && output.includes("\n")) resolve(address);
    });
    started.stderr.on("data", (chunk) => {
      output += chunk;
    });
    started.once("exit", () => reject(new Error(`It ended: ${output}`)));
  });
  return { process: started, url };
}

function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  return new Promise((resolve) => {
    child.once("exit", resolve);
    child.kill(signal);
  });
}

/** Whether nobody listens at an address. */
function isFree(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(false);
    });
    socket.once("error", () => resolve(true));
  });
}

describe("infra-gym emulator", () => {
  it.runIf(existsSync(join(root, "dist", "cli", "emulator.js"))).each(["SIGTERM", "SIGINT"] as const)(
    "answers until it gets %s, then frees its port and leaves the account in its file",
    async (signal) => {
      const state = join(folder, `${signal}.json`);
      const headers = { authorization: "Bearer secret" };
      const first = await start("--port", "0", "--state", state, "--token", "secret", "--speed", "100");
      const body = JSON.stringify({ name: "kept" });
      expect((await fetch(`${first.url}/v2/tags`, { method: "POST", headers, body })).status).toBe(201);
      expect((await fetch(`${first.url}/v2/tags`, { headers: { authorization: "Bearer other" } })).status).toBe(401);
      expect(await ended(first.process, signal)).toBe(0);
      expect(await isFree(first.url)).toBe(true);

      const second = await start("--port", "0", "--state", state);
      const answer = await fetch(`${second.url}/v2/tags/kept`, { headers });
      expect(answer.status).toBe(200);
      await answer.text();
      expect(await ended(second.process, signal)).toBe(0);
    },
  );

  it.each([
    [["--speed", "fast"], 'INFRA_GYM_USAGE: Expected --speed to be instant, real or a number above 0, got "fast".'],
    [["--port", "70000"], 'INFRA_GYM_USAGE: Expected --port to be a port from 0 to 65535, got "70000".'],
    [
      ["--faults", "slow=2"],
      "INFRA_GYM_INVALID_OPTION: Expected faults.slow to be a number from 0 to 1, got 2 (number).",
    ],
    [
      ["--faults", "slo=1"],
      'INFRA_GYM_INVALID_OPTION: Expected faults to be faults such as "seed=7,429=0.1" (Did you mean "slow"?), got "slo=1" (string).',
    ],
  ])("refuses %j with exit code 2", async (args, message) => {
    expect(await infraGym("emulator", ...args)).toEqual({ code: 2, out: "", err: `${message}\n` });
  });
});
