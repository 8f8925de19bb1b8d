/** Scrapes of droplets in a real account: through SSH, by way of the jump host, so that no metric crosses the network in the clear. @module */
import { isIPv4 } from "node:net";
import { InvalidOptionError } from "../../errors.js";
import type { MetricsTarget } from "../../metrics/server/metrics-source.js";
import { LOOPBACK_PORTS } from "../../stacks/cloud-init.js";

/** A droplet to scrape. */
export interface ScrapedDroplet {
  /** Value of the label `service`. */
  readonly service: string;
  /** Value of the label `instance`, such as `web-0`. */
  readonly instance: string;
  /** Its address in the network. */
  readonly privateIp: string;
}

/** Options of {@link scrapeTunnels}. */
export interface ScrapeTunnelOptions {
  /** Public address of the jump host. */
  readonly jumpAddress: string;
  readonly droplets: readonly ScrapedDroplet[];
  /** The first of the ports of this machine's loopback that lead to droplets, two for each. */
  readonly firstPort: number;
  /** File of the private key. */
  readonly identityFile: string;
  /** Path or name of the `ssh` that comes to the jump host. @defaultValue "ssh" */
  readonly ssh?: string;
  /** File in which the hosts' keys are kept: one for each run, as addresses are used again. */
  readonly knownHostsFile: string;
}

/** The way to one droplet. */
export interface ScrapeTunnel {
  /** Arguments of `ssh`, to be run without a shell. It ends when the way is cut, or cannot be opened. */
  readonly args: readonly string[];
  /** What is scraped through it. */
  readonly targets: readonly MetricsTarget[];
}

/**
 * Ways to the metrics of droplets, one `ssh` for each: it authenticates both sides and encrypts, and the ports it leads to listen on the droplet's loopback.
 *
 * @throws InvalidOptionError
 */
export function scrapeTunnels(options: ScrapeTunnelOptions): readonly ScrapeTunnel[] {
  const { jumpAddress, droplets, firstPort, identityFile, knownHostsFile, ssh = "ssh" } = options;
  checkAddress("jumpAddress", jumpAddress);
  const last = firstPort + 2 * droplets.length - 1;
  if (!(Number.isInteger(firstPort) && firstPort >= 1024 && last <= 65_535)) {
    throw new InvalidOptionError("firstPort", `from 1024 to ${65_536 - 2 * droplets.length}`, firstPort);
  }
  for (const [option, file] of Object.entries({ identityFile, knownHostsFile, ssh })) {
    if (!/^[^\s"'\\%]+$/.test(file)) {
      throw new InvalidOptionError(option, "a path without blanks, quotes, \\ and %", file);
    }
  }
  return droplets.map(({ service, instance, privateIp }, i) => {
    checkAddress("droplets.privateIp", privateIp);
    const [own, machine] = [firstPort + 2 * i, firstPort + 2 * i + 1];
    const forwards = [
      [own, LOOPBACK_PORTS.service],
      [machine, LOOPBACK_PORTS.nodeExporter],
    ] as const;
    return {
      args: ["-N", ...sshArguments({ jumpAddress, identityFile, knownHostsFile, ssh }, privateIp, forwards)],
      targets: [
        { job: service, host: "127.0.0.1", port: own, labels: { instance, service }, isPlace: true },
        // Beside what the service shows of its own machine, and not counted with it.
        { job: "node", host: "127.0.0.1", port: machine, labels: { instance: `${instance}:node` }, isPlace: true },
      ],
    };
  });
}

/** What every `ssh` of a world has in common. */
export type SshHop = Required<Pick<ScrapeTunnelOptions, "jumpAddress" | "identityFile" | "knownHostsFile" | "ssh">>;

/**
 * Arguments of an `ssh` to a droplet by way of the jump host, the droplet's name last.
 *
 * @param forwards - Ports of this machine's loopback, each with the one of the droplet's loopback that it leads to.
 */
export function sshArguments(
  { jumpAddress, identityFile, knownHostsFile, ssh }: SshHop,
  privateIp: string,
  forwards: readonly (readonly [from: number, to: number])[],
): readonly string[] {
  const common = sshOptions(identityFile, knownHostsFile);
  const proxy = [ssh, ...common, "-W", "%h:%p", `root@${jumpAddress}`].join(" ");
  return [
    ...common,
    ...["-o", "ExitOnForwardFailure=yes", "-o", `ProxyCommand=${proxy}`],
    ...forwards.flatMap(([from, to]) => ["-L", `127.0.0.1:${from}:127.0.0.1:${to}`]),
    `root@${privateIp}`,
  ];
}

/** Never asks, knows hosts by this run's file alone, and notices within a minute when the other side is gone. */
function sshOptions(identityFile: string, knownHostsFile: string): string[] {
  return [
    "-F/dev/null",
    ...["-o", "BatchMode=yes", "-o", "IdentitiesOnly=yes", "-i", identityFile],
    ...["-o", "StrictHostKeyChecking=accept-new", "-o", `UserKnownHostsFile=${knownHostsFile}`],
    ...["-o", "ServerAliveInterval=15", "-o", "ServerAliveCountMax=3", "-o", "ConnectTimeout=15"],
  ];
}

function checkAddress(option: string, address: string): void {
  if (!isIPv4(address)) throw new InvalidOptionError(option, "an IPv4 address", address);
}
