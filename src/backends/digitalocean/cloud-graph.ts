/** A graph as it is applied in a real account: droplets that really serve, and nothing that the world can reach but the load balancer. @module */
import { isIPv4 } from "node:net";
import { InvalidGraphError, InvalidOptionError } from "../../errors.js";
import { composeEdits, type GraphEdit, setAttribute } from "../../infra/edits.js";
import type { InfraGraph } from "../../infra/infra-graph.js";
import type { Service } from "../../infra/service.js";
import { SERVICE_PORT } from "../../stacks/cloud-init.js";
import { dropletUserData, LOOPBACK_PORTS } from "./droplet-user-data.js";

/** Options of {@link cloudGraph}. */
export interface CloudGraphOptions {
  /** What runs on the droplets. */
  readonly services: readonly Service[];
  /** The public IPv4 address that this machine is seen from: the only one that may come by SSH, to the jump host. */
  readonly runnerAddress: string;
  /** Ids or fingerprints of SSH keys in the account, at least one: scrapes go by SSH. */
  readonly sshKeys: readonly string[];
  /** Version of the package that droplets install. */
  readonly packageVersion: string;
}

/** Addresses that mean everybody. */
const EVERYWHERE = /^(?:0\.0\.0\.0\/0|::\/0)$/;
const JUMP_FIREWALL = "digitalocean_firewall.jump";

/**
 * Puts user data and SSH keys on the droplets, opens the jump host to this machine alone, and checks that no firewall lets anybody to the ports of
 * SSH, services or metrics who is not named.
 *
 * @throws InvalidOptionError; InvalidGraphError when a firewall is too open, a droplet has none, or there is no jump host
 */
export function cloudGraph(graph: InfraGraph, options: CloudGraphOptions): InfraGraph {
  const { services, runnerAddress, sshKeys, packageVersion } = options;
  if (!isIPv4(runnerAddress)) {
    throw new InvalidOptionError("runnerAddress", "the public IPv4 address of this machine", runnerAddress);
  }
  if (sshKeys.length === 0) {
    throw new InvalidOptionError("sshKeys", "at least one key of the account: scrapes go by SSH", sshKeys);
  }
  if (!graph.has(JUMP_FIREWALL)) {
    throw new InvalidGraphError(
      JUMP_FIREWALL,
      "unknown-address",
      "Expected a firewall of the jump host, as the stacks have.",
    );
  }
  const droplets = graph.resources.filter(({ kind }) => kind === "digitalocean_droplet");
  const edits: GraphEdit[] = [
    ...droplets.map(({ address }) => setAttribute(address, "ssh_keys", [...sshKeys])),
    ...services
      .filter(({ resource }) => graph.get(resource).kind === "digitalocean_droplet")
      .map((service) => setAttribute(service.resource, "user_data", userDataOf(service, packageVersion))),
    setAttribute(JUMP_FIREWALL, "inbound_rule", [
      { protocol: "tcp", port_range: "22", source_addresses: [`${runnerAddress}/32`] },
    ]),
  ];
  const edited = composeEdits(...edits)(graph);
  checkFirewalls(edited);
  return edited;
}

/** A tier's calls go to addresses that are known only when the tier behind it stands: such services are refused. */
function userDataOf(service: Service, packageVersion: string): string {
  if ((service.calls ?? []).length > 0) {
    throw new InvalidOptionError(
      "services",
      "services that call no others: their addresses are not known at boot",
      service.name,
    );
  }
  return dropletUserData(service, { packageVersion });
}

interface InboundRule {
  readonly protocol: string;
  readonly port_range?: string;
  readonly source_addresses?: readonly string[];
}

/** Every droplet is behind a firewall, and none is open to everybody. @throws InvalidGraphError */
function checkFirewalls(graph: InfraGraph): void {
  const firewalls = graph.resources.filter(({ kind }) => kind === "digitalocean_firewall");
  for (const { address, attributes } of firewalls) {
    for (const rule of (attributes.inbound_rule ?? []) as unknown as readonly InboundRule[]) {
      const isOpen = rule.source_addresses?.some((source) => EVERYWHERE.test(source)) ?? false;
      const hit = [22, SERVICE_PORT, ...Object.values(LOOPBACK_PORTS)].find((port) => covers(rule, port));
      if (isOpen && hit !== undefined) {
        throw new InvalidGraphError(
          address,
          "invalid-attribute",
          `Expected port ${hit} to be closed to everybody, got ${JSON.stringify(rule)}.`,
        );
      }
    }
  }
  const tagsOf = (attributes: Readonly<Record<string, unknown>>): string[] =>
    ((attributes.tags ?? []) as readonly unknown[]).map((tag) => JSON.stringify(tag));
  const covered = new Set(firewalls.flatMap(({ attributes }) => tagsOf(attributes)));
  for (const { address, kind, attributes } of graph.resources) {
    if (kind !== "digitalocean_droplet" || tagsOf(attributes).some((tag) => covered.has(tag))) continue;
    throw new InvalidGraphError(
      address,
      "invalid-attribute",
      "Expected a firewall for one of its tags: without one it is open to everybody.",
    );
  }
}

/** Whether a rule is about a TCP port. */
function covers({ protocol, port_range: range = "1-65535" }: InboundRule, port: number): boolean {
  if (protocol !== "tcp") return false;
  const [from, to = from] = range === "all" ? ["1", "65535"] : range.split("-");
  return Number(from) <= port && port <= Number(to);
}
