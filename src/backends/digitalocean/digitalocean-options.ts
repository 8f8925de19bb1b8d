/** Options of the backend `digitalocean`, and the checks of them. @module */
import { isIPv4 } from "node:net";
import { type Credentials, PUBLIC_ENDPOINT, readCredentials } from "../../digitalocean/credentials.js";
import { InvalidOptionError } from "../../errors.js";
import { suggestion } from "../../messages.js";
import type { MetricsSourceKind } from "../../metrics/server/metrics-source.js";
import { npxCommand } from "../../stacks/cloud-init.js";

/** Options of the backend `digitalocean`. Budget, address and, for SSH, keys have no default: they are to be said. */
export interface DigitalOceanOptions {
  /** The most that may be billed, by list prices, until everything is destroyed. Unit: USD, above 0. */
  readonly budgetUsd: number;
  /** How long it may last at most, before all is destroyed. Unit: seconds. @defaultValue 7200 */
  readonly lifetimeSeconds?: number;
  /**
   * The IPv4 address that this machine is seen from: with `ssh` by the world, with `direct` in the network of the droplets. It alone may come to the
   * jump host, or to the droplets' metrics.
   */
  readonly runnerAddress: string;
  /** The token, with write scope. It is kept in memory and handed to Terraform's environment alone. @defaultValue that of DIGITALOCEAN_TOKEN */
  readonly token?: string;
  /** Where the API is: https, or an emulator on this machine. @defaultValue that of DIGITALOCEAN_API_URL, or DigitalOcean's */
  readonly apiUrl?: string;
  /**
   * How droplets are reached to be scraped: through SSH by way of the jump host; or by plain TCP, from a machine in their network (or from this one, where
   * an emulator stands for the account). @defaultValue "ssh"
   */
  readonly connection?: "ssh" | "direct";
  /** With `ssh`: ids or fingerprints of keys in the account, at least one. @defaultValue none */
  readonly sshKeys?: readonly string[];
  /** With `ssh`: the file of the private key. One with a passphrase needs an agent. */
  readonly identityFile?: string;
  /** Path or name of the `ssh` to run. @defaultValue "ssh" */
  readonly ssh?: string;
  /** What sends the load: this machine, or a droplet beside the others, which needs `ssh`. @defaultValue "here" */
  readonly load?: "here" | "droplet";
  /** What droplets have npm install: `infra-gym@0.1.0`, or the https address of such a package. @defaultValue "infra-gym" */
  readonly package?: string;
  /** Prometheus on this machine where it is installed, else `embedded`; or a server that runs already. @defaultValue "auto" */
  readonly metrics?: MetricsSourceKind;
  /** Time between two scrapes. Unit: seconds, above 0. @defaultValue a fifth of a step, at least 1 and at most 15 */
  readonly scrapeSeconds?: number;
  /** Path or name of the Terraform to run. @defaultValue the first of `terraform` and `tofu` on PATH */
  readonly terraform?: string;
  /** How long it may take until everything is up when an episode begins. Unit: seconds, above 0. @defaultValue 1200 */
  readonly startSeconds?: number;
  /** Folder for the worlds' files, each in one of its own. @defaultValue one of this user's in the system's folder for temporary files */
  readonly folder?: string;
  /** Folder of the leases. @defaultValue that of INFRA_GYM_LEASES, or ~/.infra-gym/leases */
  readonly leases?: string;
  /** Is told what it may cost before anything is made, and what an earlier run has left. @defaultValue the standard error */
  readonly print?: (line: string) => void;
  /** Arguments of Node for the processes that are started. @defaultValue none */
  readonly execArgv?: readonly string[];
}

/** The defaults, with what was given; the token is with the credentials. */
export type CheckedDigitalOceanOptions = Required<
  Omit<DigitalOceanOptions, "token" | "apiUrl" | "identityFile" | "scrapeSeconds" | "terraform" | "folder" | "leases">
> &
  Pick<DigitalOceanOptions, "scrapeSeconds" | "terraform" | "folder" | "leases" | "identityFile">;

const DEFAULTS = {
  lifetimeSeconds: 7200,
  connection: "ssh",
  sshKeys: [],
  ssh: "ssh",
  load: "here",
  package: "infra-gym",
  metrics: "auto",
  startSeconds: 1200,
  execArgv: [],
  print: (line: string) => void process.stderr.write(`${line}\n`),
} as const;
const OTHERS = [
  ...["budgetUsd", "runnerAddress", "token", "apiUrl", "identityFile"],
  ...["scrapeSeconds", "terraform", "folder", "leases"],
];
const NAMES: readonly string[] = [...Object.keys(DEFAULTS), ...OTHERS];

/**
 * Fills in the defaults, and finds the token.
 *
 * @param env - Variables that are taken where an option is not given.
 * @throws InvalidOptionError naming `digitalocean` and the option
 * @throws TokenError without a token, unless the API is an emulator on this machine
 */
export function checkDigitalOceanOptions(
  options: DigitalOceanOptions,
  env: Readonly<Record<string, string | undefined>>,
): { readonly checked: CheckedDigitalOceanOptions; readonly credentials: Credentials } {
  const unknown = Object.keys(options).find((name) => !NAMES.includes(name));
  if (unknown !== undefined) throw refusal(unknown, `an option. ${suggestion(unknown, NAMES)}`, "no such one");
  const { token, apiUrl, ...given } = options;
  const checked: CheckedDigitalOceanOptions = { ...DEFAULTS, ...given };
  const { budgetUsd, runnerAddress, connection, sshKeys, identityFile, load } = checked;
  if (!isAbove0(budgetUsd))
    throw refusal("budgetUsd", "a number above 0: the most that may be billed (USD)", budgetUsd);
  for (const name of ["lifetimeSeconds", "startSeconds", "scrapeSeconds"] as const) {
    const value = checked[name];
    if (value !== undefined && !isAbove0(value)) throw refusal(name, "a number above 0 (seconds)", value);
  }
  if (!isIPv4(runnerAddress ?? "")) {
    const where = connection === "ssh" ? "as the world sees it" : "in the network of the droplets";
    throw refusal("runnerAddress", `the IPv4 address of this machine, ${where}`, runnerAddress);
  }
  if (connection !== "ssh" && connection !== "direct") throw refusal("connection", '"ssh" or "direct"', connection);
  if (load !== "here" && load !== "droplet") throw refusal("load", '"here" or "droplet"', load);
  if (connection === "ssh" && sshKeys.length === 0) {
    throw refusal("sshKeys", "at least one key of the account: scrapes go by SSH", sshKeys);
  }
  if (connection === "ssh" && !/^[^\s"'\\%]+$/.test(identityFile ?? "")) {
    throw refusal("identityFile", "a path without blanks, quotes, \\ and %", identityFile);
  }
  if (connection === "direct" && load === "droplet") {
    throw refusal("load", '"here" with connection "direct": a load droplet is told by SSH', load);
  }
  npxCommand(checked.package);
  const endpoint = apiUrl ?? (env.DIGITALOCEAN_API_URL || PUBLIC_ENDPOINT);
  const own = token === undefined ? env : { DIGITALOCEAN_TOKEN: token };
  return { checked, credentials: readCredentials(own, endpoint) };
}

function isAbove0(value: unknown): boolean {
  return typeof value === "number" && Number.isFinite(value) && value > 0;
}

function refusal(option: string, expected: string, got: unknown): InvalidOptionError {
  return new InvalidOptionError(`digitalocean.${option}`, expected, got);
}
