/** What the backend `digitalocean` is refused for, before anything is made. */
import { describe, expect, it } from "vitest";
import {
  checkDigitalOceanOptions,
  type DigitalOceanOptions,
} from "../../../src/backends/digitalocean/digitalocean-options.js";
import { DigitalOceanBackend } from "../../../src/backends/index.js";
import { TokenError } from "../../../src/errors.js";
import { make } from "../../../src/index.js";
import { steady } from "../../../src/loadgen/index.js";

const options: DigitalOceanOptions = {
  budgetUsd: 5,
  runnerAddress: "203.0.113.7",
  sshKeys: ["3b:16:bf:e4"],
  identityFile: "/home/me/.ssh/id",
};
const TOKEN = { DIGITALOCEAN_TOKEN: "token-of-nobody" };

describe("checkDigitalOceanOptions", () => {
  it("takes the token from the environment or the options, and keeps it out of them", () => {
    const fromEnv = checkDigitalOceanOptions(options, TOKEN);
    expect(fromEnv.credentials).toEqual({
      endpoint: "https://api.digitalocean.com",
      token: "token-of-nobody",
      isLoopback: false,
    });
    const given = checkDigitalOceanOptions({ ...options, token: "another", apiUrl: "http://127.0.0.1:8080" }, TOKEN);
    expect(given.credentials).toEqual({ endpoint: "http://127.0.0.1:8080", token: "another", isLoopback: true });
    expect(JSON.stringify(given.checked)).not.toContain("another");
    expect(given.checked).toMatchObject({ lifetimeSeconds: 7200, connection: "ssh", load: "here", startSeconds: 1200 });
  });

  it("is refused without a token", () => {
    expect(() => checkDigitalOceanOptions(options, {})).toThrow(TokenError);
    expect(() => checkDigitalOceanOptions(options, {})).toThrow(
      "https://api.digitalocean.com: No token. Set DIGITALOCEAN_TOKEN.",
    );
  });

  it.each<[Readonly<Record<string, unknown>>, string]>([
    [{ budgetUsd: undefined }, "digitalocean.budgetUsd to be a number above 0: the most that may be billed (USD), got"],
    [{ budgetUsd: 0 }, "digitalocean.budgetUsd to be a number above 0: the most that may be billed (USD), got 0"],
    [{ budget: 5 }, "digitalocean.budget to be an option. "],
    [{ lifetimeSeconds: Number.NaN }, "digitalocean.lifetimeSeconds to be a number above 0 (seconds), got NaN"],
    [{ runnerAddress: "0.0.0.0/0" }, "digitalocean.runnerAddress to be the IPv4 address of this machine, as the world"],
    [{ runnerAddress: undefined }, "digitalocean.runnerAddress to be the IPv4 address of this machine, as the world"],
    [{ sshKeys: [] }, "digitalocean.sshKeys to be at least one key of the account: scrapes go by SSH, got"],
    [{ identityFile: undefined }, "digitalocean.identityFile to be a path without blanks, quotes, \\ and %, got"],
    [{ connection: "telnet" }, 'digitalocean.connection to be "ssh" or "direct", got "telnet"'],
    [{ load: "there" }, 'digitalocean.load to be "here" or "droplet", got "there"'],
    [{ connection: "direct", load: "droplet" }, 'digitalocean.load to be "here" with connection "direct"'],
    [{ package: "left-pad" }, "package to be infra-gym, infra-gym@ with a version, or an https address of a .tgz"],
    [{ apiUrl: "http://10.0.0.1" }, "endpoint to be an https URL, or http on this machine"],
  ])("refuses %j", (wrong, message) => {
    const given = { ...options, ...wrong } as DigitalOceanOptions;
    expect(() => checkDigitalOceanOptions(given, TOKEN)).toThrow(`Expected ${message}`);
  });
});

describe("DigitalOceanBackend before it is opened", () => {
  const emulated = { ...options, apiUrl: "http://127.0.0.1:1" };

  it("is not made by make without its options, or beside another backend", async () => {
    await expect(make("WebService-v0", { backend: "digitalocean" })).rejects.toThrow(
      "Expected digitalocean to be options with at least a budgetUsd and a runnerAddress: nothing is made without a budget, got undefined.",
    );
    await expect(make("WebService-v0", { digitalocean: emulated })).rejects.toThrow(
      'Expected digitalocean to be left out unless backend is "digitalocean", got ',
    );
  });

  it("refuses a workload with a higher peak than may be sent, and turns no time back", async () => {
    const backend = new DigitalOceanBackend(emulated);
    expect(backend.components.terraform).toBe("not opened");
    expect(() => backend.snapshot()).toThrow("snapshot() on the backend digitalocean");
    const request = { index: 0, seed: 1n, split: "train", offsetSeconds: 0, durationSeconds: 60 } as const;
    const series = steady({ level: 1 }).series({ ...request, referenceRate: 300 });
    const check = backend as unknown as { check(episode: { readonly series: typeof series }): void };
    expect(() => check.check({ series })).toThrow(
      "Expected workload to be one whose peak is at most 100 requests/s, the most that is sent to anything but loopback; scale it with atRate(workload, 50), got 300 (number).",
    );
    await backend.close();
  });
});
