/** The options of `run` that say how the backend `digitalocean` runs. @module */
import type { DigitalOceanOptions } from "../backends/digitalocean/digitalocean-options.js";
import { UsageError } from "../errors.js";
import type { CommandOption } from "./command.js";
import type { OptionValues } from "./option-values.js";

/** What goes with `--backend digitalocean`. The token comes from DIGITALOCEAN_TOKEN alone. */
export const DIGITALOCEAN_OPTIONS: readonly CommandOption[] = [
  { name: "budget", value: "USD", help: "digitalocean: the most that may be billed; nothing is made without it" },
  { name: "lifetime", value: "DURATION", help: "digitalocean: when all is destroyed at the latest (default 2h)" },
  { name: "runner-address", value: "IP", help: "digitalocean: this machine's IPv4 address, as the world sees it" },
  { name: "ssh-key", value: "ID,…", help: "digitalocean: keys of the account, by id or fingerprint" },
  { name: "identity", value: "FILE", help: "digitalocean: the private key for ssh" },
  { name: "connection", value: "ssh|direct", help: "digitalocean: how droplets are reached (default ssh)" },
  { name: "load-from", value: "here|droplet", help: "digitalocean: what sends the load (default here)" },
  { name: "package", value: "SPEC", help: "digitalocean: what droplets have npm install (default infra-gym)" },
];

/** The options for `make` about the backend `digitalocean`. @throws UsageError where one is given without it, or the budget lacks */
export function readDigitalOceanOptions(values: OptionValues, backend: string): Record<string, unknown> {
  const given = DIGITALOCEAN_OPTIONS.find(({ name }) => values.text(name) !== undefined);
  if (backend !== "digitalocean") {
    if (given === undefined) return {};
    throw new UsageError(`${values.source(given.name)} goes with --backend digitalocean.`);
  }
  const budgetUsd = values.positive("budget", "a number above 0 (USD)");
  if (budgetUsd === undefined) {
    throw new UsageError("--backend digitalocean costs money. Say how much at most: --budget USD, such as --budget 5.");
  }
  const optional = {
    lifetimeSeconds: values.duration("lifetime"),
    sshKeys: values.list("ssh-key"),
    identityFile: values.text("identity"),
    connection: values.choice("connection", ["ssh", "direct"]),
    load: values.choice("load-from", ["here", "droplet"]),
    package: values.text("package"),
  };
  const rest = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined));
  const digitalocean: DigitalOceanOptions = { budgetUsd, runnerAddress: values.text("runner-address") ?? "", ...rest };
  return { backend, digitalocean };
}
