/** What Terraform does with synthesised layers, by the built-in provider's own procedures, in this process. @module */
import { kindOf, listCatalogue, type TerraformProject } from "../../../src/infra/index.js";
import { dropletsWithTooMuchDisk } from "../../../src/terraform/droplets-with-too-much-disk.js";
import type { Diagnostic } from "../../../src/terraform/provider/diagnostics.js";
import { ProviderHandlers, type ProviderHandlersOptions } from "../../../src/terraform/provider/handlers.js";
import { type PlainValues, stateOf } from "../../../src/terraform/provider/plain-values.js";
import { type DynamicValue, dynamicValue, stateFrom } from "../../../src/terraform/provider/protocol/dynamic-value.js";
import type { State } from "../../../src/terraform/provider/protocol/values.js";
import { evaluated, type Lookup, referencesIn } from "./template.js";

/** One instance of a resource, as a layer's configuration has it. */
interface Instance {
  readonly address: string;
  readonly type: string;
  readonly name: string;
  readonly index: number;
  readonly config: unknown;
}

/** One instance in a state. */
interface Known {
  readonly type: string;
  readonly name: string;
  readonly state: State;
  readonly isTainted: boolean;
}

type Configuration = Readonly<Record<string, Readonly<Record<string, never>>>>;

/** What is read of the provider's answers. */
interface Answer {
  readonly newState?: DynamicValue;
  readonly plannedState?: DynamicValue;
  readonly requiresReplace?: readonly unknown[];
  readonly diagnostics?: readonly Diagnostic[];
}

/** Keeps a state for each layer, and brings the account to what the layers say. */
export class InProcessTerraform {
  readonly #handlers: ProviderHandlers;
  readonly #states = new Map<string, Map<string, Known>>();
  readonly #outputs = new Map<string, unknown>();

  constructor(options: ProviderHandlersOptions) {
    this.#handlers = new ProviderHandlers(options);
  }

  /** Applies all layers in order. @throws Error with the first complaint; what was done until then is kept */
  async apply({ layers }: TerraformProject): Promise<void> {
    for (const { layer, text } of layers) {
      await this.#begin();
      await this.#applyLayer(layer, text);
    }
  }

  /** Addresses of what an apply would change. */
  async plan({ layers }: TerraformProject): Promise<readonly string[]> {
    const changes: string[] = [];
    for (const { layer, text } of layers) {
      await this.#begin();
      const { known, groups, gone } = await this.#compare(layer, text);
      changes.push(...gone);
      for (const instance of groups.flat()) {
        const prior = known.get(instance.address);
        const { isChanged } = await this.#planned(instance, prior?.state ?? null, this.#lookup(layer, instance.index));
        if (isChanged || prior?.isTainted === true) changes.push(instance.address);
      }
      await this.#setOutputs(layer, text);
    }
    return changes;
  }

  /** Destroys everything, the last layer first. */
  async destroy({ layers }: TerraformProject): Promise<void> {
    for (const { layer } of layers.toReversed()) {
      await this.#begin();
      const known = await this.#refreshed(layer);
      for (const address of [...known.keys()].toReversed()) await this.#remove(known, address);
    }
  }

  /** Ends idle connections. */
  close(): void {
    this.#handlers.close();
  }

  /** A run of Terraform begins by configuring the provider and handing it all that is in the states. */
  async #begin(): Promise<void> {
    await this.#ask("Configure", { config: dynamicValue({}) });
  }

  async #applyLayer(layer: string, text: string): Promise<void> {
    const { known, groups, gone } = await this.#compare(layer, text);
    const present = [...known].map(([address, { type, name, state }]) => ({
      ...{ address, type, name, values: state, sensitive: {} },
    }));
    const replaced = new Set(dropletsWithTooMuchDisk(text, present, listCatalogue));
    for (const address of gone.toReversed()) await this.#remove(known, address);
    for (const group of groups) {
      const ends = await Promise.allSettled(
        group.map((instance) => this.#reach(known, instance, this.#lookup(layer, instance.index), replaced)),
      );
      const failed = ends.find((end) => end.status === "rejected");
      if (failed !== undefined) throw failed.reason;
    }
    await this.#setOutputs(layer, text);
  }

  async #compare(layer: string, text: string) {
    const groups = groupsOf(JSON.parse(text) as Configuration);
    const known = await this.#refreshed(layer);
    const wanted = new Set(groups.flat().map(({ address }) => address));
    return { known, groups, gone: [...known.keys()].filter((address) => !wanted.has(address)) };
  }

  async #refreshed(layer: string): Promise<Map<string, Known>> {
    const known = this.#states.get(layer) ?? new Map<string, Known>();
    this.#states.set(layer, known);
    for (const { type: typeName, state } of known.values()) {
      const rawState = { json: Buffer.from(JSON.stringify(state)) };
      await this.#ask("UpgradeResourceState", { typeName, rawState });
    }
    await Promise.all(
      [...known].map(async ([address, one]) => {
        const request = { typeName: one.type, currentState: dynamicValue(one.state) };
        const { newState } = await this.#ask("ReadResource", request);
        const state = stateFrom(newState);
        if (state === null) known.delete(address);
        else known.set(address, { ...one, state });
      }),
    );
    return known;
  }

  async #planned({ type, config }: Instance, prior: State | null, lookup: Lookup) {
    const kind = kindOf(type)!;
    const plain = evaluated(config, lookup) as PlainValues;
    const wanted = dynamicValue({ ...stateOf(kind, plain), ...(kind.timeouts !== undefined && { timeouts: null }) });
    await this.#ask("ValidateResourceTypeConfig", { typeName: type, config: wanted });
    const request = { typeName: type, config: wanted, priorState: dynamicValue(prior) };
    const { plannedState, requiresReplace = [] } = await this.#ask("PlanResourceChange", request);
    // By way of its wire form, in which equal states are the same text.
    const isChanged = prior === null || wireForm(plannedState!) !== wireForm(dynamicValue(prior));
    return { plannedState, isChanged, isReplaced: requiresReplace.length > 0 };
  }

  async #reach(known: Map<string, Known>, instance: Instance, lookup: Lookup, replaced: ReadonlySet<string>) {
    const { address } = instance;
    const prior = known.get(address);
    let plan = await this.#planned(instance, prior?.state ?? null, lookup);
    if (prior !== undefined && (plan.isReplaced || prior.isTainted || replaced.has(address))) {
      await this.#remove(known, address);
      plan = await this.#planned(instance, null, lookup);
    }
    if (plan.isChanged) await this.#change(known, instance, plan.plannedState!);
  }

  async #change(known: Map<string, Known>, { address, type, name }: Instance, plannedState: DynamicValue) {
    const before = known.get(address);
    const request = { typeName: type, priorState: dynamicValue(before?.state ?? null), plannedState };
    const { newState, diagnostics } = (await this.#handlers.answer("ApplyResourceChange", request)) as Answer;
    const state = stateFrom(newState);
    const complaint = complaintIn(diagnostics);
    // An error with a new state taints what was created.
    if (state !== null) {
      known.set(address, { type, name, state, isTainted: complaint !== undefined && before === undefined });
    }
    if (complaint !== undefined) throw new Error(`${address}: ${complaint}`);
  }

  async #remove(known: Map<string, Known>, address: string): Promise<void> {
    const { type: typeName, state } = known.get(address)!;
    const request = { typeName, priorState: dynamicValue(state), plannedState: dynamicValue(null) };
    await this.#ask("ApplyResourceChange", request);
    known.delete(address);
  }

  async #setOutputs(layer: string, text: string): Promise<void> {
    const { output = {} } = JSON.parse(text) as { readonly output?: Record<string, { readonly value: unknown }> };
    const entries = Object.entries(output).map(([name, { value }]) => [name, evaluated(value, this.#lookup(layer, 0))]);
    this.#outputs.set(layer, Object.fromEntries(entries));
  }

  /** What references in a layer stand for. */
  #lookup(layer: string, index: number): Lookup {
    return (reference) => {
      if (reference === "count.index") return index;
      const remote = /^data\.terraform_remote_state\.([\w-]+)\.outputs\.(.+)$/.exec(reference);
      if (remote !== null) return at(this.#outputs.get(remote[1]!), remote[2]!);
      const [, type, name, which, attribute] = /^(\w+)\.([\w-]+)(?:\[(\*|\d+)\])?\.(\w+)$/.exec(reference)!;
      const known = this.#states.get(layer)!;
      if (which !== "*") {
        const one = known.get(`${type}.${name}${which === undefined ? "" : `[${which}]`}`);
        return one?.state[attribute!];
      }
      return [...known.entries()]
        .filter(([, one]) => one.type === type && one.name === name)
        .sort(([a], [b]) => indexIn(a) - indexIn(b))
        .map(([, { state }]) => state[attribute!]);
    };
  }

  async #ask(procedure: Parameters<ProviderHandlers["answer"]>[0], request: object): Promise<Answer> {
    const answer = (await this.#handlers.answer(procedure, request)) as Answer;
    const complaint = complaintIn(answer.diagnostics);
    if (complaint !== undefined) throw new Error(complaint);
    return answer;
  }
}

/** The instances of a configuration, those of one resource together, whatever is referred to first. */
function groupsOf({ resource = {} }: Configuration): Instance[][] {
  const waiting = Object.entries(resource).flatMap(([type, named]) =>
    Object.entries(named as Record<string, Record<string, unknown>>).map(([name, config]) => ({ type, name, config })),
  );
  const groups: Instance[][] = [];
  while (waiting.length > 0) {
    const left = new Set(waiting.map(({ type, name }) => `${type}.${name}`));
    const next = waiting.findIndex(({ config }) => !referencesIn(config).some((address) => left.has(address)));
    const [{ type, name, config }] = waiting.splice(next, 1) as [(typeof waiting)[number]];
    const { count, lifecycle: _, depends_on: __, provider: ___, ...own } = config;
    const indices = Array.from({ length: count === undefined ? 1 : Number(count) }, (_, k) => k);
    groups.push(
      indices.map((index) => {
        const address = count === undefined ? `${type}.${name}` : `${type}.${name}[${index}]`;
        return { address, type, name, index, config: own };
      }),
    );
  }
  return groups;
}

function complaintIn(diagnostics: readonly Diagnostic[] | undefined): string | undefined {
  const [first] = diagnostics ?? [];
  return first === undefined ? undefined : `${first.summary} ${first.detail}`.trim();
}

function wireForm({ msgpack }: DynamicValue): string {
  const sorted = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(sorted);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, item]) => [name, sorted(item)]),
    );
  };
  return JSON.stringify(sorted(stateFrom({ msgpack: msgpack! })));
}

function indexIn(address: string): number {
  return Number(/\[(\d+)\]$/.exec(address)?.[1] ?? 0);
}

/** A path such as `digitalocean_tag-web.id`, or with an index at its end. */
function at(value: unknown, path: string): unknown {
  const parts = path.replace(/\[(\d+)\]/g, ".$1").split(".");
  return parts.reduce<unknown>((inner, part) => (inner as Record<string, unknown>)[part], value);
}
