/** Real Terraform with the built-in provider and an emulated account, for tests. @module */
import { type SpawnOptionsWithoutStdio, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Emulator, type EmulatorOptions } from "../../../src/emulator/index.js";
import { type InfraGraph, synth, writeProject } from "../../../src/infra/index.js";
import type { SynthOptions } from "../../../src/infra/synth/synth.js";
import type { SpacesAccess } from "../../../src/terraform/provider/api/spaces-client.js";
import { BuiltInProvider } from "../../../src/terraform/provider/built-in-provider.js";
import { referee } from "../../emulator/file-referee.js";

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
export class TerraformWorld {
  #graph: InfraGraph | undefined;

  private constructor(
    readonly emulator: Emulator,
    private provider: BuiltInProvider,
    readonly folder: string,
    private readonly options: TerraformWorldOptions,
  ) {}

  static async open(options: TerraformWorldOptions = {}): Promise<TerraformWorld> {
    const emulator = new Emulator({ onExchange: referee.judge, ...options.emulator });
    await emulator.listen();
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
    const changed = writeProject(await synth(graph, options), this.folder);
    let output = "";
    for (const layer of changed) output += await this.applyLayer(layer);
    return output;
  }

  /** Applies one layer as it stands on disk. */
  async applyLayer(layer: string): Promise<string> {
    return mustSucceed(await this.terraform(layer, "apply", "-auto-approve", "-input=false", "-no-color"));
  }

  /** The layers whose plan is not empty. */
  async changedLayers(): Promise<readonly string[]> {
    return Object.keys(await this.plans());
  }

  /** The plans that are not empty, by layer. */
  async plans(): Promise<Readonly<Record<string, string>>> {
    const plans: Record<string, string> = {};
    for (const layer of this.#graph!.layers) {
      const { code, output } = await this.terraform(layer, "plan", "-detailed-exitcode", "-input=false", "-no-color");
      if (code === 1) throw new Error(output);
      if (code === 2) plans[layer] = output;
    }
    return plans;
  }

  /** Destroys all layers, the last first. */
  async destroy(): Promise<void> {
    for (const layer of this.#graph!.layers.toReversed()) {
      mustSucceed(await this.terraform(layer, "destroy", "-auto-approve", "-input=false", "-no-color"));
    }
  }

  /** What the account lists under a path. */
  async list(path: string, key: string): Promise<readonly Record<string, unknown>[]> {
    for (let attempt = 0; ; attempt++) {
      try {
        const body = await this.request("GET", `${path}${path.includes("?") ? "&" : "?"}per_page=200`);
        return (body[key] ?? []) as readonly Record<string, unknown>[];
      } catch (error) {
        // The faults of a test are for it, too.
        if (attempt === 20) throw error;
      }
    }
  }

  /** A request behind Terraform's back. */
  async request(method: string, path: string, body?: object): Promise<Record<string, unknown>> {
    const response = await fetch(`${this.emulator.url}${path}`, {
      method,
      headers: { authorization: "Bearer test", "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === "" ? {} : JSON.parse(text);
  }

  /** Everything left in the account, as `kind name`. The default VPC and project belong to it. */
  async leftovers(): Promise<readonly string[]> {
    const found: string[] = [];
    for (const [path, key] of LISTS) {
      for (const item of await this.list(path, key)) {
        if (item.default !== true && item.is_default !== true) found.push(`${key} ${item.name ?? item.ip}`);
      }
    }
    return found;
  }

  /** Replaces a layer's configuration by one of the test's own. */
  write(layer: string, config: object): void {
    writeFileSync(join(this.folder, layer, "main.tf.json"), JSON.stringify(config, null, 2));
  }

  async close(): Promise<void> {
    await this.provider.close();
    await this.emulator.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function startProvider({ url }: Emulator, { run, spaces }: TerraformWorldOptions): Promise<BuiltInProvider> {
  const options = { ...(run !== undefined && { run }), ...(spaces !== undefined && { spaces }) };
  return BuiltInProvider.start({ endpoint: url, token: "test", ...options });
}

const LISTS = [
  ["/v2/droplets", "droplets"],
  ["/v2/load_balancers", "load_balancers"],
  ["/v2/firewalls", "firewalls"],
  ["/v2/volumes", "volumes"],
  ["/v2/vpcs", "vpcs"],
  ["/v2/projects", "projects"],
  ["/v2/tags", "tags"],
  ["/v2/domains", "domains"],
  ["/v2/account/keys", "ssh_keys"],
] as const;

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
