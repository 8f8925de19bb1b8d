/** A graph as it is applied in a real account: droplets that really serve, and nothing that the world can reach but the load balancer. @module */
import { isIPv4 } from "node:net";
import { InvalidGraphError, InvalidOptionError } from "../../errors.js";
import { addResource, composeEdits, type GraphEdit, setAttribute } from "../../infra/edits.js";
import type { InfraGraph } from "../../infra/infra-graph.js";
import type { AttributeValue } from "../../infra/resource-kind.js";
import type { Service } from "../../infra/service.js";
import { cloudInit, LOOPBACK_PORTS, NETWORK_PORTS, SERVICE_PORT } from "../../stacks/cloud-init.js";
import { loadDroplet } from "./load-droplet.js";

/** Options of {@link cloudGraph}. */
export interface CloudGraphOptions {
  /** What runs on the droplets. */
  readonly services: readonly Service[];
  /**
   * The IPv4 address that this machine is seen from: with `ssh` its public one, the only one that may come by SSH, to the jump host; with `direct`
   * its one in the network of the droplets, the only one that may scrape them.
   */
  readonly runnerAddress: string;
  /** How droplets are reached. @defaultValue "ssh" */
  readonly connection?: "ssh" | "direct";
  /** Ids or fingerprints of SSH keys in the account; with `ssh` at least one. @defaultValue none */
  readonly sshKeys?: readonly string[];
  /** What droplets have npm install: see `cloudInit`. @defaultValue "infra-gym" */
  readonly package?: string;
  /** Whether a droplet is added that sends the load. @defaultValue false */
  readonly hasLoadDroplet?: boolean;
}

/** Addresses that mean everybody. */
const EVERYWHERE = /^(?:0\.0\.0\.0\/0|::\/0)$/;
const CLOSED_PORTS = [22, SERVICE_PORT, ...Object.values(LOOPBACK_PORTS), NETWORK_PORTS.service];
const JUMP_FIREWALL = "digitalocean_firewall.jump";

/**
 * Puts user data and SSH keys on the droplets, lets this machine alone come to them or to their jump host, and checks that no firewall lets anybody to the ports of
 * SSH, services or metrics who is not named.
 *
 * @throws InvalidOptionError; InvalidGraphError when a firewall is too open, a droplet has none, or there is no jump host
 */
export function cloudGraph(graph: InfraGraph, options: CloudGraphOptions): InfraGraph {
  const { services, runnerAddress, connection = "ssh", sshKeys = [], hasLoadDroplet = false } = options;
  if (!isIPv4(runnerAddress)) {
    throw new InvalidOptionError("runnerAddress", "the IPv4 address of this machine", runnerAddress);
  }
  if (connection === "ssh" && sshKeys.length === 0) {
    throw new InvalidOptionError("sshKeys", "at least one key of the account: scrapes go by SSH", sshKeys);
  }
  if (!graph.has(JUMP_FIREWALL)) {
    throw new InvalidGraphError(
      JUMP_FIREWALL,
      "unknown-address",
      "Expected a firewall of the jump host, as the stacks have.",
    );
  }
  const all = hasLoadDroplet ? addLoadDroplet(graph, options) : graph;
  const droplets = all.resources.filter(({ kind }) => kind === "digitalocean_droplet");
  const served = services.filter(({ resource }) => graph.get(resource).kind === "digitalocean_droplet");
  const from = [`${runnerAddress}/32`];
  const edits: GraphEdit[] = [
    ...droplets.map(({ address }) => setAttribute(address, "ssh_keys", [...sshKeys])),
    ...served.map((service) => setAttribute(service.resource, "user_data", userDataOf(service, options))),
    setAttribute(
      JUMP_FIREWALL,
      "inbound_rule",
      connection === "ssh" ? [{ protocol: "tcp", port_range: "22", source_addresses: from }] : [],
    ),
    ...(connection === "ssh" ? [] : served.map(({ resource }) => letScrape(graph, resource, from))),
  ];
  const edited = composeEdits(...edits)(all);
  checkFirewalls(edited);
  return edited;
}

/** A tier's calls go to addresses that are known only when the tier behind it stands: such services are refused. */
function userDataOf(service: Service, { package: spec, connection }: CloudGraphOptions): string {
  if ((service.calls ?? []).length > 0) {
    throw new InvalidOptionError(
      "services",
      "services that call no others: their addresses are not known at boot",
      service.name,
    );
  }
  const metrics = connection === "direct" ? "network" : "loopback";
  return cloudInit(service, { metrics, ...(spec === undefined ? {} : { package: spec }) });
}

function addLoadDroplet(graph: InfraGraph, { package: spec }: CloudGraphOptions): InfraGraph {
  return composeEdits(...loadDroplet(graph, spec).map(addResource))(graph);
}

/** Lets this machine to the ports of a droplet's metrics, in the firewalls that it is behind. */
function letScrape(graph: InfraGraph, resource: string, from: readonly string[]): GraphEdit {
  const tags = new Set(tagsOf(graph.get(resource).attributes));
  const behind = graph.resources.filter(
    ({ kind, attributes }) => kind === "digitalocean_firewall" && tagsOf(attributes).some((tag) => tags.has(tag)),
  );
  const rules = Object.values(NETWORK_PORTS).map((port) => ({
    protocol: "tcp",
    port_range: `${port}`,
    source_addresses: from,
  }));
  const more = ({ inbound_rule: rule }: Readonly<Record<string, unknown>>): AttributeValue =>
    [...((rule ?? []) as unknown as readonly unknown[]), ...rules] as unknown as AttributeValue;
  return composeEdits(
    ...behind.map(({ address, attributes }) => setAttribute(address, "inbound_rule", more(attributes))),
  );
}

/** A resource's tags as texts that can be compared. */
function tagsOf(attributes: Readonly<Record<string, unknown>>): string[] {
  return ((attributes.tags ?? []) as readonly unknown[]).map((tag) => JSON.stringify(tag));
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
      const hit = CLOSED_PORTS.find((port) => covers(rule, port));
      if (isOpen && hit !== undefined) {
        throw new InvalidGraphError(
          address,
          "invalid-attribute",
          `Expected port ${hit} to be closed to everybody, got ${JSON.stringify(rule)}.`,
        );
      }
    }
  }
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
