/** The layers of one environment on disk, each with a Terraform of its own, applied and destroyed in order. @module */
import { InvalidOptionError, LayerInUseError } from "../errors.js";
import type { TerraformEvent } from "./events.js";
import { type Layer, readLayers } from "./layers.js";
import type { PlannedChange, TerraformPlan, TerraformResult } from "./run-outcome.js";
import { TerraformRunner, type TerraformRunnerOptions } from "./terraform-runner.js";

/** Options of {@link LayeredEnvironment}. */
export interface LayeredEnvironmentOptions
  extends Pick<
    TerraformRunnerOptions,
    "binary" | "env" | "parallelism" | "lockTimeoutSeconds" | "stopDeadlineSeconds"
  > {
  /** Folder with one folder for each layer. */
  readonly folder: string;
  /** The command that destroys a layer, for messages. */
  readonly cleanUp?: (layer: string) => string;
  /** Called for every event of every layer. */
  readonly onEvent?: (layer: string, event: TerraformEvent) => void;
}

/** What is done to a layer, and what came of it. */
export interface LayerOutcome<T> {
  readonly layer: string;
  readonly outcome: T;
}

/** Name that stands for all layers. */
export const ALL_LAYERS = "all";

/** The layers of one environment. States and locks are separate: two processes may work on two layers at once. */
export class LayeredEnvironment {
  /** Each after those it depends on. */
  readonly layers: readonly Layer[];
  readonly #runners: ReadonlyMap<string, TerraformRunner>;

  /**
   * @throws InvalidOptionError when the folder is not there, or holds no layer
   * @throws InvalidGraphError when layers depend on each other in a circle
   */
  constructor({ folder, cleanUp, onEvent, ...shared }: LayeredEnvironmentOptions) {
    this.layers = readLayers(folder);
    if (this.layers.length === 0) {
      throw new InvalidOptionError("folder", "a folder with a folder of Terraform files for each layer", folder);
    }
    const runners = this.layers.map((layer): [string, TerraformRunner] => {
      const command = cleanUp?.(layer.name);
      const options = {
        ...shared,
        folder: layer.folder,
        ...(command !== undefined && { cleanUp: command }),
        ...(onEvent !== undefined && { onEvent: (event: TerraformEvent) => onEvent(layer.name, event) }),
      };
      return [layer.name, new TerraformRunner(options)];
    });
    this.#runners = new Map(runners);
  }

  /** The Terraform of one layer. @throws InvalidOptionError when there is no such layer */
  runner(layer: string): TerraformRunner {
    const runner = this.#runners.get(layer);
    if (runner !== undefined) return runner;
    const names = [...this.#runners.keys(), ALL_LAYERS];
    throw new InvalidOptionError("layer", `one of ${names.join(", ")}`, layer);
  }

  /** The layers a name stands for, in order. @throws InvalidOptionError when there is no such layer */
  chosen(name: string): readonly string[] {
    if (name === ALL_LAYERS) return this.layers.map((layer) => layer.name);
    this.runner(name);
    return [name];
  }

  /** Installs the providers of layers. */
  async init(name: string, options: { readonly upgrade?: boolean } = {}): Promise<void> {
    for (const layer of this.chosen(name)) await this.runner(layer).init(options);
  }

  /** Plans layers; the plan of one whose predecessors are not there yet is null. */
  async plan(name: string): Promise<readonly LayerOutcome<TerraformPlan | null>[]> {
    const outcomes: LayerOutcome<TerraformPlan | null>[] = [];
    for (const layer of this.chosen(name)) {
      const isReady = await this.#isReady(layer);
      outcomes.push({ layer, outcome: isReady ? await this.runner(layer).plan() : null });
    }
    return outcomes;
  }

  /** What was changed behind Terraform's back. */
  async drift(name: string): Promise<readonly LayerOutcome<readonly PlannedChange[]>[]> {
    const outcomes: LayerOutcome<readonly PlannedChange[]>[] = [];
    for (const layer of this.chosen(name)) {
      const isThere = (await this.runner(layer).state()).length > 0;
      outcomes.push({ layer, outcome: isThere ? await this.runner(layer).drift() : [] });
    }
    return outcomes;
  }

  /** Applies layers in order; a failure leaves those after it as they were. */
  async *apply(name: string): AsyncGenerator<LayerOutcome<TerraformResult>> {
    for (const layer of this.chosen(name)) yield { layer, outcome: await this.runner(layer).apply() };
  }

  /**
   * Destroys layers, those that others depend on last. Layers without resources are passed over.
   * @throws LayerInUseError when layers that are not destroyed as well still refer to one
   */
  async *destroy(name: string): AsyncGenerator<LayerOutcome<TerraformResult>> {
    for (const layer of [...this.chosen(name)].reverse()) {
      const users = await this.usersOf(layer);
      if (users.length > 0) throw new LayerInUseError(layer, users);
      if ((await this.runner(layer).state()).length === 0) continue;
      yield { layer, outcome: await this.runner(layer).destroy() };
    }
  }

  /** The layers with resources that refer to a layer. */
  async usersOf(layer: string): Promise<readonly string[]> {
    const users: string[] = [];
    for (const { name, dependsOn } of this.layers) {
      if (dependsOn.includes(layer) && (await this.runner(name).state()).length > 0) users.push(name);
    }
    return users;
  }

  /** Stops what is running and waits for it; nothing is destroyed. Idempotent. */
  async close(): Promise<void> {
    await Promise.all([...this.#runners.values()].map((runner) => runner.close()));
  }

  /** Whether all that a layer reads is there. */
  async #isReady(layer: string): Promise<boolean> {
    const { dependsOn } = this.layers.find(({ name }) => name === layer)!;
    for (const other of dependsOn) {
      const runner = this.runner(other);
      if ((await runner.state()).length === 0 && Object.keys(await runner.output()).length === 0) return false;
    }
    return true;
  }
}
