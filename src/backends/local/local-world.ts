/** Everything a local world runs on: account, provider, Terraform, load balancers, droplets, metrics. Opened together, ended together. @module */
import { join } from "node:path";
import type { DataPlane } from "../../emulator/data-plane/data-plane.js";
import type { PlaneLoadBalancer } from "../../emulator/data-plane/load-balancer/index.js";
import type { DropletState } from "../../emulator/data-plane-event.js";
import { Emulator } from "../../emulator/emulator.js";
import type { ModelTime } from "../../emulator/service/service-options.js";
import { LocalWorldError } from "../../errors.js";
import type { InfraGraph } from "../../infra/infra-graph.js";
import type { MetricsSource } from "../../metrics/server/metrics-source.js";
import { openMetricsSource } from "../../metrics/server/open-metrics-source.js";
import { modelOfGraph } from "../../simulator/from-graph.js";
import type { SimulatorModel } from "../../simulator/model.js";
import { findTerraform, type TerraformBinary, terraformName } from "../../terraform/find-terraform.js";
import { ProjectApplier } from "../../terraform/project-applier.js";
import { BuiltInProvider } from "../../terraform/provider/built-in-provider.js";
import type { Components, Episode, World } from "../backend.js";
import { GraphApplier, type GraphStatus } from "../live/graph-applier.js";
import type { LiveFleet, LiveListeners, LiveLoad, LivePlane, LiveReplica, LiveUrls } from "../live/live-plane.js";
import { type PreparedLoad, prepareOwnLoad } from "../live/own-load.js";
import { endOrphans, WorldFolder } from "../live/world-folder.js";
import { WorldMetrics } from "../live/world-metrics.js";
import { AccountTime } from "./account-time.js";
import type { DatabaseProcess } from "./database-process.js";
import { LOCAL_COMPONENTS } from "./local-components.js";
import { localLoad } from "./local-load.js";
import { chooseNetwork, type LocalNetwork } from "./local-network.js";
import type { CheckedLocalOptions } from "./local-options.js";
import {
  makeDatabases,
  makeDataPlane,
  openBalancers,
  type PartsOptions,
  placesNeeded,
  targetsOf,
} from "./local-parts.js";
import { accountTimes } from "./local-times.js";
import { WarmUp } from "./warm-up.js";

/** What the account takes for a token: it is on this machine alone. */
const TOKEN = "local";
/** How many droplets are made at a time. */
const PARALLELISM = 16;

/** The parts of a world, all of them running. */
export class LocalWorld implements LivePlane {
  readonly model: SimulatorModel;
  readonly #network: LocalNetwork;
  readonly #folder: WorldFolder;
  readonly scrapeSeconds: number;
  databases: readonly DatabaseProcess[] = [];
  source!: MetricsSource;
  /** Rejects when a part has ended by itself. */
  readonly lost: Promise<never>;
  readonly #options: CheckedLocalOptions;
  readonly #world: World;
  readonly #parts: PartsOptions;
  readonly #listeners: LiveListeners;
  /** What ends the parts, the last started first. */
  readonly #ends: (() => unknown)[] = [];
  #terraform!: TerraformBinary;
  #balancer!: PlaneLoadBalancer;
  #plane!: DataPlane;
  #applier!: GraphApplier;
  #emulator!: Emulator;
  #time!: AccountTime;
  #project!: ProjectApplier;
  readonly #warmUp = new WarmUp();
  #lose!: (error: Error) => void;
  #closed: Promise<void> | undefined;

  /** Starts all parts; where one cannot be had, those before it are ended. */
  static async open(world: World, options: CheckedLocalOptions, listeners: LiveListeners): Promise<LocalWorld> {
    const { tickSeconds: _, profile: __, timeScale: ___, model: ____, ...simulation } = world.simulation;
    const model = modelOfGraph({ ...world, ...simulation });
    endOrphans("local", options.folder);
    const network = await chooseNetwork(placesNeeded(model));
    const folder = new WorldFolder("local", options.folder);
    const modelTime = (): ModelTime => ({ seconds: listeners.now(), timeScale: options.timeScale });
    const local = new LocalWorld({ world, options, model, network, folder, modelTime }, listeners);
    try {
      await local.#start();
      return local;
    } catch (error) {
      await local.close().catch(() => undefined);
      throw error;
    }
  }

  private constructor(parts: PartsOptions, listeners: LiveListeners) {
    const { world, options, model, network, folder } = parts;
    this.#world = world;
    this.#options = options;
    this.#listeners = listeners;
    this.#parts = parts;
    this.model = model;
    this.#network = network;
    this.#folder = folder;
    const stepSeconds = world.stepSeconds / options.timeScale;
    this.scrapeSeconds = options.scrapeSeconds ?? Math.min(15, Math.max(0.2, stepSeconds / 5));
    this.lost = new Promise((_, reject) => {
      this.#lose = reject;
    });
    // Whoever waits for nothing hears of it at the next step.
    this.lost.catch(() => undefined);
  }

  get components(): Components {
    const { kind, version } = this.#balancer;
    return {
      ...LOCAL_COMPONENTS,
      terraform: terraformName(this.#terraform),
      prometheus: this.source.version,
      loadBalancer: kind === "haproxy" ? `haproxy ${version}` : kind,
    };
  }

  get urls(): LiveUrls {
    const present = this.replicas.filter(({ isPresent }) => isPresent);
    const places = [this.#network.metrics, ...[...present, ...this.databases].map(({ place }) => place)];
    const metrics = places.map(({ host, port }) => `http://${host}:${port}/metrics`);
    return { loadBalancer: this.#balancer.url, prometheus: this.source.url, metrics };
  }

  get replicas(): readonly LiveReplica[] {
    return this.#plane.replicas;
  }

  fleet(resource: string): LiveFleet | undefined {
    return this.#plane.fleet(resource);
  }

  resourceOf(droplet: DropletState): string | undefined {
    return this.#plane.resourceOf(droplet);
  }

  apply(graph: InfraGraph): { readonly generation: number } {
    return this.#applier.set(graph);
  }

  status(): GraphStatus {
    return this.#applier.status();
  }

  /** Brings a graph about at once. @throws The first failure */
  async become(graph: InfraGraph, signal: AbortSignal): Promise<void> {
    this.#time.isJumping = true;
    try {
      await this.#applier.settled();
      this.#applier.set(graph);
      const { failures } = await this.#applier.settled();
      this.followGraph(graph);
      if (failures.length > 0) {
        const { address, message } = failures[0]!;
        throw new LocalWorldError("resources", `${address}: ${message}`);
      }
      await this.#plane.settled(signal);
      this.#applier.restart();
      await this.#warmUp.run(this.#balancer.url, this.#plane.replicas, signal);
    } finally {
      this.#time.isJumping = false;
    }
  }

  /** Databases have the size that was applied, once it was. */
  followGraph(graph: InfraGraph): void {
    const { desiredGeneration, appliedGeneration } = this.#applier.status();
    if (desiredGeneration !== appliedGeneration) return;
    for (const database of this.databases) {
      const { size } = graph.get(database.address).attributes;
      if (database.size !== size) database.resize(size as string);
    }
  }

  /** An episode begins: work and faults are drawn by another seed. */
  begin(seed: bigint): void {
    this.#plane.begin(seed);
    for (const database of this.databases) database.begin(seed);
  }

  /** It is sent from a process of its own; the next one has another port, as the first may still be on its way out. */
  prepareLoad(episode: Episode, number: number): Promise<PreparedLoad> {
    const { timeScale, execArgv } = this.#options;
    const metricsPort = this.#network.loadMetrics[number % 2]!.port;
    const about = { world: this.#world, url: `${this.#balancer.url}/`, timeScale, metricsPort };
    return prepareOwnLoad(localLoad(episode, about), { execArgv, onSpawn: this.#folder.note });
  }

  async startLoad(episode: Episode, number: number): Promise<LiveLoad> {
    return (await this.prepareLoad(episode, number))();
  }

  /** Destroys everything by Terraform, ends all parts, and proves that nothing is left. Idempotent. */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #start(): Promise<void> {
    const options = this.#options;
    const parts = this.#parts;
    this.#terraform = await findTerraform(options.terraform === undefined ? {} : { binary: options.terraform });
    const metrics = await WorldMetrics.start(this.#network.metrics, this.#listeners.samples);
    this.#ends.push(() => metrics.close());
    // Both are waited for, so that what one has started is known when the other fails.
    const started = await Promise.allSettled([this.#startMetrics(parts), this.#startPlane(parts)]);
    const failed = started.find((result) => result.status === "rejected");
    if (failed !== undefined) throw failed.reason;
  }

  async #startMetrics(parts: PartsOptions): Promise<void> {
    this.source = await openMetricsSource({
      kind: this.#options.metrics,
      directory: join(this.#folder.path, "metrics"),
      scrapeSeconds: this.scrapeSeconds,
      targets: targetsOf(parts),
      onSpawn: this.#folder.note,
    });
    this.#ends.push(() => this.source.close());
    void this.source.ended.then((error) => error !== undefined && this.#lose(error));
  }

  async #startPlane(parts: PartsOptions): Promise<void> {
    const { timeScale } = this.#options;
    this.#emulator = new Emulator({
      speed: "virtual",
      dropletLimit: 500,
      times: accountTimes(this.model.lifecycle),
      catalogue: this.#world.graph.catalogue,
    });
    await this.#emulator.listen();
    this.#ends.push(() => this.#emulator.close());
    const balancers = await openBalancers(parts);
    for (const balancer of balancers) {
      if (balancer === undefined) continue;
      this.#ends.push(() => balancer.close());
      void balancer.ended.then((error) => error !== undefined && this.#lose(error));
    }
    this.#balancer = balancers[0]!;
    this.databases = makeDatabases(parts);
    for (const database of this.databases) {
      this.#ends.push(() => database.close());
      database.lost.catch((error: Error) => this.#lose(error));
      await database.boot();
    }
    this.#plane = makeDataPlane(parts, balancers);
    this.#ends.push(() => this.#plane.close());
    this.#emulator.subscribe((event) => {
      this.#listeners.onEvent(event);
      this.#plane.listener(event);
    });
    const provider = await BuiltInProvider.start({
      endpoint: this.#emulator.url,
      token: TOKEN,
      catalogue: this.#world.graph.catalogue,
    });
    this.#ends.push(() => provider.close());
    this.#project = new ProjectApplier({
      binary: this.#terraform,
      folder: join(this.#folder.path, "terraform"),
      env: () => ({ TF_REATTACH_PROVIDERS: provider.reattach, DIGITALOCEAN_TOKEN: TOKEN }),
      parallelism: PARALLELISM,
      retrySeconds: 1,
    });
    this.#applier = new GraphApplier(this.#project, []);
    this.#ends.push(() => this.#destroy());
    // Slower where changes are to take longer.
    this.#time = new AccountTime(this.#emulator, timeScale / this.model.lifecycle.bootScale);
    this.#ends.unshift(() => this.#time.end());
  }

  async #destroy(): Promise<void> {
    this.#time.isJumping = true;
    try {
      await this.#project.destroy();
    } finally {
      await this.#project.close();
    }
    const { droplets, loadBalancers, pools } = this.#emulator.dataPlane();
    const left = droplets.length + loadBalancers.length + pools.length;
    if (left > 0) throw new LocalWorldError("account", "something is left in it after all was destroyed.");
  }

  async #close(): Promise<void> {
    const errors: unknown[] = [];
    for (const end of this.#ends.reverse()) {
      try {
        await end();
      } catch (error) {
        errors.push(error);
      }
    }
    const left = this.#folder.alive();
    for (const { pid } of left) process.kill(pid, "SIGKILL");
    this.#folder.remove();
    if (errors.length > 0) throw errors[0];
  }
}
