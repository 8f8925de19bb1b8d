/** The books of a live world: what its droplets and everything else are billed, and what it shows of that. @module */
import type { DataPlaneEvent, DropletState } from "../../emulator/data-plane-event.js";
import type { InfraGraph } from "../../infra/infra-graph.js";
import { Ledger } from "../../reward/ledger.js";
import { desiredStateOf } from "../../simulator/from-graph.js";
import type { SimulatorModel } from "../../simulator/model.js";
import { DropletBill } from "./droplet-bill.js";

/** Bills in model time. */
export class WorldBooks {
  readonly #model: SimulatorModel;
  readonly #ledger = new Ledger();
  readonly #droplets: DropletBill;
  readonly #serviceOf: (droplet: DropletState) => string | undefined;
  #graph: InfraGraph;
  #paidUntil = 0;

  /**
   * @param drainSeconds - How long a droplet is billed after it was deleted. Unit: seconds of model time.
   * @param serviceOf - Address of the resource of a droplet that runs a service.
   */
  constructor(
    model: SimulatorModel,
    graph: InfraGraph,
    drainSeconds: number,
    serviceOf: (droplet: DropletState) => string | undefined,
  ) {
    this.#model = model;
    this.#graph = graph;
    this.#serviceOf = serviceOf;
    this.#droplets = new DropletBill(this.#ledger, drainSeconds);
  }

  /** List price of all droplets that run services. Unit: USD per hour. */
  get dropletsUsdPerHour(): number {
    return this.#droplets.usdPerHour;
  }

  /** What was billed by address, since the episode began. */
  entries(): Iterable<readonly [address: string, usd: number]> {
    return this.#ledger.entries();
  }

  /** Billed since the episode began. Unit: USD. */
  get totalUsd(): number {
    return this.#ledger.totalUsd;
  }

  /** An episode begins: nothing is billed yet. */
  begin(now: number, graph: InfraGraph): void {
    this.#ledger.clear();
    this.#graph = graph;
    this.#droplets.begin(now);
    this.#paidUntil = now;
    this.until(now);
  }

  /** Another graph is desired; the load balancer's nodes are billed as desired. */
  set(graph: InfraGraph, now: number): void {
    this.until(now);
    this.#graph = graph;
  }

  /** Something happened in the account. */
  follow(event: DataPlaneEvent, now: number): void {
    if (event.type !== "droplet") return;
    const { droplet, change } = event;
    const address = this.#serviceOf(droplet);
    if (address === undefined) return;
    const price = this.#graph.catalogue.dropletSizes[droplet.size]!.priceUsdPerHour;
    if (change === "appear") this.#droplets.create(droplet.id, address, price, now);
    else if (change === "go") this.#droplets.remove(droplet.id, now);
    else this.#droplets.change(droplet.id, price, now);
  }

  /** Bills everything until now. @returns What was billed since the episode began. Unit: USD. */
  until(now: number): number {
    const { loadBalancer, loadBalancerUsdPerHour, otherPrices, tiers } = this.#model;
    const hours = Math.max(0, now - this.#paidUntil) / 3600;
    const nodes = desiredStateOf(this.#graph, this.#model).loadBalancerNodes;
    this.#paidUntil = Math.max(now, this.#paidUntil);
    this.#droplets.until(now);
    this.#ledger.record(loadBalancer, hours * nodes * loadBalancerUsdPerHour);
    for (const { address, usdPerHour } of otherPrices) this.#ledger.record(address, hours * usdPerHour);
    for (const { kind, service } of tiers) {
      // A tier is shown before anything is billed for it.
      const price = kind === "database" ? this.#graph.priceOf(service.resource) : 0;
      this.#ledger.record(service.resource, hours * price);
    }
    return this.#ledger.totalUsd;
  }
}
