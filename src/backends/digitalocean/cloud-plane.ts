/** What a world in an account runs on: the account itself, Terraform, ways to its droplets, load, metrics. @module */
import { join } from "node:path";
import { systemClock } from "../../clock.js";
import type { DropletState } from "../../emulator/data-plane-event.js";
import { CloudWorldError, InfraGymError } from "../../errors.js";
import type { InfraGraph } from "../../infra/infra-graph.js";
import type { MetricsSource } from "../../metrics/server/metrics-source.js";
import { openMetricsSource } from "../../metrics/server/open-metrics-source.js";
import type { SimulatorModel } from "../../simulator/model.js";
import { terraformName } from "../../terraform/find-terraform.js";
import type { Failure } from "../../terraform/index.js";
import type { Components, Episode } from "../backend.js";
import type { GraphApplier, GraphStatus } from "../live/graph-applier.js";
import type { LiveFleet, LiveListeners, LiveLoad, LivePlane, LiveReplica, LiveUrls } from "../live/live-plane.js";
import { WorldMetrics } from "../live/world-metrics.js";
import type { AccountSide } from "./account-side.js";
import { AccountWatch } from "./account-watch.js";
import type { CloudFleet } from "./cloud-fleet.js";
import {
  answers,
  type CloudPorts,
  cloudTargets,
  loadBalancerUrl,
  makeFleets,
  sshOf,
  type WayParts,
} from "./cloud-parts.js";
import { LOAD_DROPLET } from "./load-droplet.js";
import { startCloudLoad } from "./start-cloud-load.js";
import { startCloudTerraform } from "./start-cloud-terraform.js";

/** Between two looks at the account: well below its 250 requests a minute. Unit: seconds. */
const LOOK_EVERY = { account: 5, emulator: 0.1 };
/** The jump host's resource, in the stacks. */
const JUMP = "digitalocean_droplet.jump";

/** A world's parts, from its run's start to the proof that nothing of it is left. */
export class CloudPlane implements LivePlane {
  readonly model: SimulatorModel;
  readonly scrapeSeconds: number;
  readonly databases: readonly [] = [];
  source!: MetricsSource;
  /** Rejects when a part has ended by itself, the budget is used up, or the time is over. */
  readonly lost: Promise<never>;
  readonly #side: AccountSide;
  readonly #ports: CloudPorts;
  readonly #fleets: readonly CloudFleet[];
  readonly #parts: WayParts;
  /** Name of the jump host in the account. */
  readonly #jumpName: string;
  /** Name of the load droplet, where there is one. */
  readonly #loadName: string | undefined;
  /** What ends the parts, the last started first. */
  readonly #ends: (() => unknown)[] = [];
  readonly #ending = new AbortController();
  #applier!: GraphApplier;
  #watch!: AccountWatch;
  #refusal: Failure | undefined;
  #loads = 0;
  #lose!: (error: Error) => void;
  #closed: Promise<void> | undefined;

  /** Starts the parts of a run that has been let in; where one cannot be had, the run is ended. */
  static async open(side: AccountSide, ports: CloudPorts, listeners: LiveListeners): Promise<CloudPlane> {
    const plane = new CloudPlane(side, ports);
    try {
      await plane.#start(listeners);
      return plane;
    } catch (error) {
      await plane.close().catch(() => undefined);
      throw error;
    }
  }

  private constructor(side: AccountSide, ports: CloudPorts) {
    const { world, model, options, folder } = side;
    this.#side = side;
    this.#ports = ports;
    this.model = model;
    this.scrapeSeconds = options.scrapeSeconds ?? Math.min(15, Math.max(1, world.stepSeconds / 5));
    const named = side.named(world.graph);
    this.#jumpName = String(named.get(JUMP).attributes.name);
    this.#loadName = named.has(LOAD_DROPLET) ? String(named.get(LOAD_DROPLET).attributes.name) : undefined;
    this.#parts = { options, folder: folder.path, jumpAddress: () => this.#jumpAddress, onSpawn: folder.note };
    this.#fleets = makeFleets(model, named, ports, this.#parts);
    this.lost = new Promise((_, reject) => {
      this.#lose = reject;
    });
    // Whoever waits for nothing hears of it at the next step.
    this.lost.catch(() => undefined);
  }

  get components(): Components {
    const { client, options } = this.#side;
    const where = client.isLoopback ? `DigitalOcean's API at ${client.endpoint}` : "DigitalOcean";
    return {
      terraform: terraformName(this.#side.terraform),
      provider: client.isLoopback ? "built-in" : "digitalocean/digitalocean",
      prometheus: this.source.version,
      loadBalancer: where,
      load: options.load === "here" ? "autocannon 9.0.0" : "autocannon 9.0.0 on a droplet",
      droplets: where,
    };
  }

  get urls(): LiveUrls {
    const present = this.replicas.filter(({ isPresent }) => isPresent).map(({ place }) => place.port);
    const metrics = [this.#ports.world, ...present].map((port) => `http://127.0.0.1:${port}/metrics`);
    return { loadBalancer: this.#loadBalancerUrl ?? "", prometheus: this.source.url, metrics };
  }

  get replicas(): readonly LiveReplica[] {
    return this.#fleets.flatMap(({ replicas }) => replicas);
  }

  fleet(resource: string): LiveFleet | undefined {
    return this.#fleets.find((fleet) => fleet.resource === resource);
  }

  resourceOf(droplet: DropletState): string | undefined {
    return this.#fleets.find((fleet) => fleet.owns(droplet))?.resource;
  }

  /** What could cost more than the budget is not applied: what was wanted before stays. */
  apply(graph: InfraGraph): { readonly generation: number } {
    try {
      return this.#admit(graph);
    } catch (error) {
      if (!(error instanceof InfraGymError)) throw error;
      const { code, message } = error;
      this.#refusal = { address: "budget", code, message, retryable: false };
      return { generation: this.#applier.status().desiredGeneration };
    }
  }

  status(): GraphStatus {
    const status = this.#applier.status();
    return this.#refusal === undefined ? status : { ...status, failures: [...status.failures, this.#refusal] };
  }

  async become(graph: InfraGraph, signal: AbortSignal): Promise<void> {
    await this.#applier.settled();
    this.#admit(graph);
    const { failures } = await this.#applier.settled();
    if (failures.length > 0) {
      const { address, message } = failures[0]!;
      throw new CloudWorldError("resources", `${address}: ${message}`);
    }
    const clock = systemClock();
    while (!(this.#isUp(graph) && (await answers(this.#side.world, this.#loadBalancerUrl, signal))))
      await clock.sleep(this.#lookEvery, signal);
    this.#applier.restart();
  }

  /** Everything of the graph is Terraform's to bring about. */
  followGraph(): void {}

  /** The work of an account's droplets is drawn by their own seed. */
  begin(): void {}

  startLoad(episode: Episode): Promise<LiveLoad> {
    const { world, options, folder } = this.#side;
    return startCloudLoad(episode, {
      ...{ world, options, folder: folder.path },
      loadBalancerUrl: () => this.#loadBalancerUrl,
      loadDropletAddress: () => this.#named(this.#loadName)?.privateIp,
      hop: () => sshOf(this.#parts),
      nextPort: () => this.#ports.load[this.#loads++ % 2]!,
      onSpawn: folder.note,
    });
  }

  /** Destroys everything by Terraform, deletes what is left all the same, proves by listing that nothing is, and ends all parts. Idempotent. */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #start({ onEvent, samples }: LiveListeners): Promise<void> {
    const { options, client, run, folder, model } = this.#side;
    const { applier, end } = await startCloudTerraform(this.#side);
    this.#applier = applier;
    this.#ends.push(end);
    const metrics = await WorldMetrics.start({ host: "127.0.0.1", port: this.#ports.world }, samples);
    this.#ends.push(() => metrics.close());
    this.source = await openMetricsSource({
      kind: options.metrics,
      directory: join(folder.path, "metrics"),
      scrapeSeconds: this.scrapeSeconds,
      targets: cloudTargets(model, this.#ports),
      onSpawn: folder.note,
    });
    this.#ends.push(() => this.source.close());
    void this.source.ended.then((error) => error !== undefined && this.#lose(error));
    this.#ends.push(() => Promise.all(this.#fleets.map((fleet) => fleet.close())));
    this.#watch = new AccountWatch({
      ...{ client, tag: run.mark.tag, run: run.mark.run, everySeconds: this.#lookEvery },
      onEvent: (event) => {
        onEvent(event);
        if (event.type !== "droplet" || event.change !== "go") return;
        for (const fleet of this.#fleets) fleet.remove(event.droplet);
      },
      onLook: () => this.#see(),
    });
    this.#ends.push(() => this.#watch.close());
    this.#watch.lost.catch((error: Error) => this.#lose(error));
    void this.#untilOver();
  }

  /** Looks which droplets answer, and opens ways to those that have come. */
  async #see(): Promise<void> {
    const { droplets } = this.#watch;
    const hasWay = this.#side.options.connection === "direct" || this.#jumpAddress !== undefined;
    for (const droplet of droplets) {
      if (hasWay) this.#fleets.find((fleet) => fleet.owns(droplet))?.follow(droplet);
    }
    const { data } = await this.source.query("up == 1");
    const up = new Set(data.resultType === "vector" ? data.result.map(({ metric }) => metric.instance ?? "") : []);
    for (const fleet of this.#fleets) fleet.see(up);
  }

  #isUp(graph: InfraGraph): boolean {
    return this.#fleets.every(({ resource, replicas }) => {
      const isThere = replicas.length === graph.count(resource);
      return (
        isThere &&
        replicas.every(({ phase, size }) => phase === "ready" && size === graph.get(resource).attributes.size)
      );
    });
  }

  get #loadBalancerUrl(): string | undefined {
    return loadBalancerUrl(this.#side.world, this.#watch.loadBalancerAddress);
  }

  get #jumpAddress(): string | undefined {
    return this.#named(this.#jumpName)?.publicIp;
  }

  #named(name: string | undefined): DropletState | undefined {
    return this.#watch.droplets.find((droplet) => droplet.name === name);
  }

  get #lookEvery(): number {
    return this.#side.client.isLoopback ? LOOK_EVERY.emulator : LOOK_EVERY.account;
  }

  #admit(graph: InfraGraph): { readonly generation: number } {
    const admitted = this.#side.run.admit(this.#side.served(graph));
    this.#refusal = undefined;
    return this.#applier.set(admitted);
  }

  /** Takes everything down when the budget is used up or the time is over, whether or not anybody takes a step. */
  async #untilOver(): Promise<void> {
    const why = await this.#side.run.guard.untilOver(this.#ending.signal).catch(() => undefined);
    if (why === undefined) return;
    const part = why === "budget" ? "budget" : "time";
    this.#lose(new CloudWorldError(part, why === "budget" ? "it is used up." : "it is over."));
    await this.close().catch((error: unknown) => this.#side.options.print(String(error)));
  }

  async #close(): Promise<void> {
    const { run, folder } = this.#side;
    this.#ending.abort();
    const errors: unknown[] = [];
    const attempt = async (end: () => unknown): Promise<void> => {
      try {
        await end();
      } catch (error) {
        errors.push(error);
      }
    };
    for (const end of this.#ends.reverse()) await attempt(end);
    await attempt(() => run.end());
    for (const { pid } of folder.alive()) process.kill(pid, "SIGKILL");
    folder.remove();
    if (errors.length > 0) throw errors[0];
  }
}
