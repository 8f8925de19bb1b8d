/** Brings a world of layers to the newest configurations, in the background, in one working folder. @module */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Clock, systemClock } from "../clock.js";
import { type Catalogue, listCatalogue } from "../infra/catalogue/catalogue.js";
import { DesiredState, type DesiredStatus } from "./desired-state.js";
import { dropletSizes, dropletsWithTooMuchDisk } from "./droplets-with-too-much-disk.js";
import type { TerraformAction, TerraformEvent } from "./events.js";
import { expandConfiguration } from "./expand-configuration.js";
import { type FolderLock, lockFolder } from "./folder-lock.js";
import { readLayers } from "./layers.js";
import type { PlannedChange, TerraformResult } from "./run-outcome.js";
import { TerraformRunner, type TerraformRunnerOptions } from "./terraform-runner.js";

/** One layer as it is wanted: what `synth` gives. */
export interface DesiredLayer {
  readonly layer: string;
  /** The layers whose state it reads. */
  readonly dependsOn: readonly string[];
  /** Content of its `main.tf.json`. */
  readonly text: string;
}

/** Options of {@link ProjectApplier}. */
export interface ProjectApplierOptions
  extends Pick<TerraformRunnerOptions, "binary" | "env" | "parallelism" | "stopDeadlineSeconds" | "cleanUp"> {
  /** Working folder; it gets a folder for each layer. */
  readonly folder: string;
  /** For retries. @defaultValue that of this machine */
  readonly clock?: Clock;
  /** How long to wait for a state that a Terraform left over from a killed process is still writing. Unit: seconds. @defaultValue 120 */
  readonly lockTimeoutSeconds?: number;
  /** Wait before the first retry of what may pass. Unit: seconds. @defaultValue 2 */
  readonly retrySeconds?: number;
  /** Whether providers must be installed; the built-in one needs no `init`. @defaultValue false */
  readonly needsInit?: boolean;
  /** Sizes of droplets with their disks. @defaultValue DigitalOcean's list */
  readonly catalogue?: Catalogue;
  /** Called for every event of every layer. */
  readonly onEvent?: (layer: string, event: TerraformEvent) => void;
  /** Called for every run that changed something, or could have. */
  readonly onApplied?: (layer: string, result: TerraformResult) => void;
}

/** A change that Terraform has begun and not ended. */
export interface ChangeInFlight {
  readonly layer: string;
  readonly address: string;
  readonly action: TerraformAction;
}

const MAIN_FILE = "main.tf.json";

/**
 * Applies the newest desired layers: only those that differ from what was applied last, or that read an output that has
 * changed. One process at a time works in a folder; what an earlier one left there is gone on with.
 *
 * A droplet with more disk than the size that is wanted comes with is made anew, since the provider does not resize it.
 */
export class ProjectApplier {
  readonly #options: ProjectApplierOptions;
  readonly #lock: FolderLock;
  readonly #state: DesiredState<readonly DesiredLayer[]>;
  readonly #runners: Map<string, TerraformRunner> = new Map();
  /** The configurations that are known to be in force, by layer. */
  readonly #applied: Map<string, string> = new Map();
  readonly #inFlight: Map<string, ChangeInFlight> = new Map();

  /** @throws FolderInUseError when another process works in the folder */
  constructor(options: ProjectApplierOptions) {
    this.#options = options;
    this.#lock = lockFolder(options.folder);
    const { clock = systemClock(), retrySeconds } = options;
    const retries = retrySeconds === undefined ? {} : { retrySeconds };
    this.#state = new DesiredState({ apply: (layers) => this.#reach(layers), clock, ...retries });
  }

  /** Sets what is wanted and returns at once; a newer one replaces an older one that has not started. */
  set(layers: readonly DesiredLayer[]): { readonly generation: number } {
    return this.#state.set(layers);
  }

  /** How far it is. */
  status(): DesiredStatus {
    return this.#state.status();
  }

  /** Resolves when the newest is reached, or has failed for good. */
  settled(): Promise<DesiredStatus> {
    return this.#state.settled();
  }

  /** What Terraform is at. */
  get inFlight(): readonly ChangeInFlight[] {
    return [...this.#inFlight.values()];
  }

  /** What was changed or deleted by something else, by layer. Waits until nothing is being applied. */
  async drift(): Promise<ReadonlyMap<string, readonly PlannedChange[]>> {
    await this.settled();
    const found = new Map<string, readonly PlannedChange[]>();
    for (const { name } of readLayers(this.#options.folder)) {
      const drift = await this.#runner(name).drift();
      if (drift.length > 0) found.set(name, drift);
    }
    return found;
  }

  /** Applies the newest again although nothing is new: mends what was changed behind Terraform's back. */
  mend(layers: readonly DesiredLayer[]): { readonly generation: number } {
    this.#applied.clear();
    return this.#state.set(layers);
  }

  /**
   * Stops what is running, in order, and destroys everything in all layers that are in the folder, those that others build
   * on last. After it, only `close`.
   * @throws The errors of {@link TerraformRunner}: then something is left.
   */
  async destroy(): Promise<void> {
    await this.#stop();
    for (const { name } of [...readLayers(this.#options.folder)].reverse()) {
      const runner = this.#makeRunner(name);
      if ((await runner.state()).length > 0) await runner.destroy();
    }
  }

  /** Stops what is running, in order, and gives the folder back. Nothing is destroyed. Idempotent. */
  async close(): Promise<void> {
    await this.#stop();
    this.#lock.release();
  }

  async #stop(): Promise<void> {
    const done = this.#state.close();
    await Promise.all([...this.#runners.values()].map((runner) => runner.close()));
    await done;
  }

  async #reach(layers: readonly DesiredLayer[]): Promise<void> {
    const expanded = layers.map((wanted) => ({
      ...wanted,
      text: expandConfiguration(this.#textOnDisk(wanted.layer), wanted.text),
    }));
    const changed = new Set<string>();
    for (const { layer, dependsOn, text } of expanded) {
      const reads = dependsOn.some((other) => changed.has(other));
      if (!reads && this.#applied.get(layer) === text) continue;
      if ((await this.#apply(layer, text)).changedOutputs.length > 0) changed.add(layer);
    }
    for (const [k, { layer, text }] of [...layers.entries()].reverse()) {
      if (text !== expanded[k]!.text) await this.#apply(layer, text);
    }
  }

  async #apply(layer: string, text: string): Promise<TerraformResult> {
    const folder = join(this.#options.folder, layer);
    const before = this.#applied.get(layer);
    const wasThere = this.#textOnDisk(layer) !== undefined;
    this.#applied.delete(layer);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    // First-boot scripts may hold what nobody else should read.
    writeFileSync(join(folder, MAIN_FILE), text, { mode: 0o600 });
    const isNew = !this.#runners.has(layer);
    const runner = this.#runner(layer);
    try {
      if (isNew && this.#options.needsInit === true) await runner.init();
      const isResized = wasThere && (before === undefined || differ(dropletSizes(before), dropletSizes(text)));
      const result = await runner.apply({ replace: isResized ? await this.#tooLarge(runner, text) : [] });
      this.#applied.set(layer, text);
      this.#options.onApplied?.(layer, result);
      return result;
    } finally {
      for (const [key, change] of this.#inFlight) if (change.layer === layer) this.#inFlight.delete(key);
    }
  }

  async #tooLarge(runner: TerraformRunner, text: string): Promise<readonly string[]> {
    // A state that cannot be read is what applying complains of.
    const present = await runner.resources().catch(() => []);
    return dropletsWithTooMuchDisk(text, present, this.#options.catalogue ?? listCatalogue);
  }

  #textOnDisk(layer: string): string | undefined {
    try {
      return readFileSync(join(this.#options.folder, layer, MAIN_FILE), "utf8");
    } catch {
      return undefined;
    }
  }

  #runner(layer: string): TerraformRunner {
    const runner = this.#runners.get(layer) ?? this.#makeRunner(layer);
    this.#runners.set(layer, runner);
    return runner;
  }

  #makeRunner(layer: string): TerraformRunner {
    const { folder, lockTimeoutSeconds = 120, onEvent, ...options } = this.#options;
    return new TerraformRunner({
      ...options,
      lockTimeoutSeconds,
      folder: join(folder, layer),
      onEvent: (event) => {
        this.#follow(layer, event);
        onEvent?.(layer, event);
      },
    });
  }

  #follow(layer: string, event: TerraformEvent): void {
    if (!("address" in event) || !("action" in event)) return;
    const { type, address, action } = event;
    const key = `${layer} ${address}`;
    if (type === "started") this.#inFlight.set(key, { layer, address, action });
    if (type === "completed" || type === "failed") this.#inFlight.delete(key);
  }
}

function differ(before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>): boolean {
  return Object.entries(after).some(([name, size]) => before[name] !== size);
}
