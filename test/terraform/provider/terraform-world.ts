/** Real Terraform with the built-in provider and an emulated account, for tests. @module */
import { type SpawnOptionsWithoutStdio, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Emulator, EmulatorOptions } from "../../../src/emulator/index.js";
import { type InfraGraph, listCatalogue, synth, writeProject } from "../../../src/infra/index.js";
import type { SynthOptions } from "../../../src/infra/synth/synth.js";
import { dropletSizes, dropletsWithTooMuchDisk } from "../../../src/terraform/droplets-with-too-much-disk.js";
import type { SpacesAccess } from "../../../src/terraform/provider/api/spaces-client.js";
import { BuiltInProvider } from "../../../src/terraform/provider/built-in-provider.js";
import { resourcesIn } from "../../../src/terraform/state-resources.js";
import { EmulatedWorld, startEmulator } from "./emulated-world.js";

/** Whether `terraform` is on PATH; tests that need it are skipped where it is not. */
export const hasTerraform: boolean = spawnSync("terraform", ["version"], { stdio: "ignore" }).status === 0;

/** One run of Terraform. */
export interface TerraformRun {
  readonly code: number | null;
  /** Standard output and error. */
  readonly output: string;
}

/** Options of {@link TerraformWorld.open}. */
export interface TerraformWorldOptions {
  readonly emulator?: EmulatorOptions;
  readonly run?: string;
  readonly spaces?: SpacesAccess;
  /** Further variables for Terraform. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** An emulated account, a provider for it, and a folder with one Terraform project. */
export class TerraformWorld extends EmulatedWorld {
  #graph: InfraGraph | undefined;
  /** Of the droplets, by layer. */
  readonly #sizes = new Map<string, string>();

  private constructor(
    emulator: Emulator,
    private provider: BuiltInProvider,
    readonly folder: string,
    private readonly options: TerraformWorldOptions,
  ) {
    super(emulator);
  }

  /** Starts the account and the provider. */
  static override async open(options: TerraformWorldOptions = {}): Promise<TerraformWorld> {
    const emulator = await startEmulator(options.emulator);
    const provider = await startProvider(emulator, options);
    return new TerraformWorld(emulator, provider, mkdtempSync(join(tmpdir(), "infra-gym-world-")), options);
  }

  /** A new provider that knows nothing of what the one before has seen. */
  async restartProvider(): Promise<void> {
    await this.provider.close();
    this.provider = await startProvider(this.emulator, this.options);
  }

  /** Runs Terraform in the folder of a layer. */
  terraform(layer: string, ...args: readonly string[]): Promise<TerraformRun> {
    return runTerraform(args, {
      cwd: join(this.folder, layer),
      env: { ...process.env, ...this.environment() },
    });
  }

  /** What Terraform must find in its environment. */
  environment(): Record<string, string> {
    return {
      TF_REATTACH_PROVIDERS: this.provider.reattach,
      TF_IN_AUTOMATION: "1",
      CHECKPOINT_DISABLE: "1",
      TF_CLI_CONFIG_FILE: "/dev/null",
      ...this.options.environment,
    };
  }

  /** Writes the graph and applies those layers that changed. @returns The output of the runs. */
  async apply(graph: InfraGraph, options: SynthOptions = {}): Promise<string> {
    this.#graph = graph;
    const { layers } = await synth(graph, options);
    const changed = writeProject({ layers }, this.folder);
    let output = "";
    for (const layer of changed) {
      const { text } = layers.find((one) => one.layer === layer)!;
      const replaced = await this.#withTooMuchDisk(layer, text);
      output += await this.applyLayer(layer, ...replaced.map((address) => `-replace=${address}`));
    }
    return output;
  }

  /** Applies one layer as it stands on disk. */
  async applyLayer(layer: string, ...more: readonly string[]): Promise<string> {
    return mustSucceed(await this.terraform(layer, "apply", "-auto-approve", "-input=false", "-no-color", ...more));
  }

  /** As `ProjectApplier` does. */
  async #withTooMuchDisk(layer: string, text: string): Promise<readonly string[]> {
    const sizes = JSON.stringify(dropletSizes(text));
    const isResized = (this.#sizes.get(layer) ?? sizes) !== sizes;
    this.#sizes.set(layer, sizes);
    if (!isResized) return [];
    const shown = mustSucceed(await this.terraform(layer, "show", "-json"));
    return dropletsWithTooMuchDisk(text, resourcesIn(shown), listCatalogue);
  }

  /** The layers whose plan is not empty. */
  async changedLayers(): Promise<readonly string[]> {
    return Object.keys(await this.plans());
  }

  /** The plans that are not empty, by layer. */
  async plans(): Promise<Readonly<Record<string, string>>> {
    const plans: Record<string, string> = {};
    for (const layer of this.#graph!.layers) {
      const plan = await this.#planOf(layer);
      if (plan !== undefined) plans[layer] = plan;
    }
    return plans;
  }

  /** Whether the plan of a layer is not empty. */
  async isChanged(layer: string): Promise<boolean> {
    return (await this.#planOf(layer)) !== undefined;
  }

  /** The plan of a layer, where it is not empty. */
  async #planOf(layer: string): Promise<string | undefined> {
    const { code, output } = await this.terraform(layer, "plan", "-detailed-exitcode", "-input=false", "-no-color");
    if (code === 1) throw new Error(output);
    return code === 2 ? output : undefined;
  }

  /** Destroys all layers, the last first. */
  async destroy(): Promise<void> {
    for (const layer of this.#graph!.layers.toReversed()) {
      mustSucceed(await this.terraform(layer, "destroy", "-auto-approve", "-input=false", "-no-color"));
    }
  }

  /** Replaces a layer's configuration by one of the test's own. */
  write(layer: string, config: object): void {
    writeFileSync(join(this.folder, layer, "main.tf.json"), JSON.stringify(config, null, 2));
  }

  override async close(): Promise<void> {
    await this.provider.close();
    await super.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function startProvider({ url }: Emulator, { run, spaces }: TerraformWorldOptions): Promise<BuiltInProvider> {
  const options = { ...(run !== undefined && { run }), ...(spaces !== undefined && { spaces }) };
  return BuiltInProvider.start({ endpoint: url, token: "test", ...options });
}

/** Runs Terraform without blocking: the provider answers in this process. */
export function runTerraform(args: readonly string[], options: SpawnOptionsWithoutStdio): Promise<TerraformRun> {
  return new Promise((resolve, reject) => {
    const child = spawn("terraform", args, options);
    let output = "";
    child.stdout.on("data", (text) => {
      output += text;
    });
    child.stderr.on("data", (text) => {
      output += text;
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, output }));
  });
}

function mustSucceed({ code, output }: TerraformRun): string {
  if (code !== 0) throw new Error(output);
  return output;
}
