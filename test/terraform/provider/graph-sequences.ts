/** Random sequences of edits, applied in the simulator and, by the built-in provider without Terraform, in an emulated account. @module */
import { SimulatedBackend } from "../../../src/backends/simulated-backend.js";
import { type CompiledEnv, compile } from "../../../src/envs/compile.js";
import { threeTierDefinition, webServiceDefinition } from "../../../src/envs/index.js";
import { composeEdits, type GraphEdit, type InfraGraph, setAttribute, synth } from "../../../src/infra/index.js";
import { steady } from "../../../src/loadgen/index.js";
import { createRng, type Generator } from "../../../src/rng.js";
import { EmulatedWorld } from "./emulated-world.js";
import { InProcessTerraform } from "./in-process-terraform.js";
import { instancesIn, instancesOf } from "./instances.js";

/** Where a sequence has led. */
export interface SequenceEnd {
  /** Droplets, load balancers and databases that the graph asks for. */
  readonly wanted: readonly string[];
  /** What the emulated account has of them. */
  readonly present: readonly string[];
  /** Size and number of ready replicas by tier, as the simulator has them and as the account does. */
  readonly simulated: readonly string[];
  readonly emulated: readonly string[];
  /** Addresses that a plan of the graph, synthesised anew, would change. */
  readonly changed: readonly string[];
}

/** One of the environments, in both worlds. */
class TwoWorlds {
  readonly #compiled: CompiledEnv;
  readonly #backend: SimulatedBackend;
  #graph: InfraGraph;

  private constructor(
    definition: ReturnType<typeof webServiceDefinition>,
    readonly account: EmulatedWorld,
    readonly terraform: InProcessTerraform,
  ) {
    this.#compiled = compile(definition);
    this.#backend = new SimulatedBackend(this.#compiled.prepared);
    this.#backend.openNow(this.#compiled.world);
    this.#graph = definition.graph;
    const series = steady({ level: 0.3 }).series({
      ...{ index: 0, seed: 0n, split: "train", offsetSeconds: 0, durationSeconds: 1e9 },
      referenceRate: 100,
    });
    this.#backend.reset({ seed: 0n, series, graph: this.#graph });
  }

  static async open(definition: ReturnType<typeof webServiceDefinition>): Promise<TwoWorlds> {
    const account = await EmulatedWorld.open();
    const terraform = new InProcessTerraform({ endpoint: account.emulator.url, token: "test" });
    return new TwoWorlds(definition, account, terraform);
  }

  /** Applies one to four random edits, until both worlds have come to rest. */
  async sequence(rng: Generator): Promise<SequenceEnd> {
    const edits = Array.from({ length: 1 + integer(rng, 4) }, () => this.#edit(rng));
    this.#graph = composeEdits(...edits)(this.#graph);
    await this.terraform.apply(await synth(this.#graph));
    this.#backend.apply(this.#graph);
    do this.#backend.advance();
    while (this.#isMoving());
    const tiers = this.#backend.resources();
    const present = await instancesIn(this.account);
    return {
      wanted: instancesOf(this.#graph),
      present,
      simulated: tiers.map(({ address, size, ready }) => `${address} ${size} ${ready}`),
      emulated: await Promise.all(tiers.map(({ address }) => this.#emulated(address))),
      changed: await this.terraform.plan(await synth(this.#graph)),
    };
  }

  async close(): Promise<void> {
    this.terraform.close();
    await this.account.close();
    await this.#backend.close();
  }

  #isMoving(): boolean {
    const { desiredGeneration, appliedGeneration } = this.#backend.status();
    const tiers = this.#backend.resources();
    return (
      desiredGeneration > appliedGeneration ||
      tiers.some(({ ready, desired, pending }) => pending > 0 || ready !== desired)
    );
  }

  /** One edit of what a control may change, or of what only the account knows of. */
  #edit(rng: Generator): GraphEdit {
    const { controls } = this.#compiled.definition;
    const balancer = "digitalocean_loadbalancer.main";
    const which = integer(rng, controls.length + 3);
    if (which === controls.length) return setAttribute(balancer, "size_unit", 1 + integer(rng, 4));
    if (which === controls.length + 1) {
      return setAttribute(balancer, "algorithm", one(rng, ["round_robin", "least_connections"]));
    }
    const { target, attribute, domain } = controls[which] ?? controls[0]!;
    if (which > controls.length) return setAttribute(target, "image", one(rng, ["ubuntu-24-04-x64", "debian-12-x64"]));
    if ("values" in domain) return setAttribute(target, attribute, one(rng, domain.values));
    const { min, max } = domain as { readonly min: number; readonly max: number };
    return setAttribute(target, attribute, min + integer(rng, max - min + 1));
  }

  async #emulated(address: string): Promise<string> {
    const { kind, name, attributes } = this.#graph.get(address);
    if (kind === "digitalocean_droplet") {
      const droplets = await this.account.list(`/v2/droplets?tag_name=service:${name}`, "droplets");
      const ready = droplets.filter(({ status }) => status === "active");
      const sizes = [...new Set(ready.map(({ size_slug }) => size_slug))].join("+") || attributes.size;
      return `${address} ${sizes} ${ready.length}`;
    }
    const [database] = await this.account.list("/v2/databases", "databases");
    return `${address} ${database!.size} ${database!.status === "online" ? 1 : 0}`;
  }
}

function integer(rng: Generator, below: number): number {
  return rng.integers(0, below) as number;
}

function one<T>(rng: Generator, values: readonly T[]): T {
  return values[integer(rng, values.length)]!;
}

/** Goes through random sequences, in one environment and the other by turns, each from where the one before has led. */
export async function* graphSequences(seed: number, count: number): AsyncGenerator<SequenceEnd> {
  const rng = createRng(seed);
  const worlds = [await TwoWorlds.open(webServiceDefinition()), await TwoWorlds.open(threeTierDefinition())];
  try {
    for (let i = 0; i < count; i++) yield await worlds[i % 2]!.sequence(rng);
  } finally {
    for (const world of worlds) await world.close();
  }
}
