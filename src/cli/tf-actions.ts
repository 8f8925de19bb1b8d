/** The actions of `infra-gym tf`. @module */
import { DriftError, UsageError } from "../errors.js";
import { REDACTED } from "../secrets.js";
import { ALL_LAYERS, type LayeredEnvironment } from "../terraform/layered-environment.js";
import { redactedValue, type StateResource } from "../terraform/state-resources.js";
import type { OptionValues } from "./option-values.js";
import type { Terminal } from "./terminal.js";
import { changeLines, countsDone, countsToDo } from "./tf-text.js";

/** What an action works with. */
export interface TfCall {
  readonly layers: LayeredEnvironment;
  /** Name of one layer, or `all`. */
  readonly layer: string;
  readonly values: OptionValues;
  readonly terminal: Terminal;
}

/** Name of an action. */
export type TfAction = "init" | "plan" | "apply" | "destroy" | "output" | "state" | "import" | "drift";

/** Each gives the exit code. */
export const tfActions: Readonly<Record<TfAction, (call: TfCall) => Promise<number>>> = {
  init: async ({ layers, layer, terminal }) => {
    await layers.init(layer);
    terminal.out(
      layers
        .chosen(layer)
        .map((name) => `${name}: ready\n`)
        .join(""),
    );
    return 0;
  },

  plan: async ({ layers, layer, terminal }) => {
    for (const { layer: name, outcome } of await layers.plan(layer)) {
      if (outcome === null) {
        terminal.out(`${name}: known when the layers before it are applied\n`);
        continue;
      }
      if (outcome.drift.length > 0)
        terminal.err(`${name}: changed outside of Terraform\n${changeLines(outcome.drift)}`);
      const said = outcome.isEmpty ? "nothing to do" : countsToDo(outcome.counts);
      terminal.out(`${name}: ${said}\n${changeLines(outcome.changes)}`);
    }
    return 0;
  },

  apply: async ({ layers, layer, terminal }) => {
    for await (const { layer: name, outcome } of layers.apply(layer)) {
      terminal.out(`${name}: ${countsDone(outcome.counts)}\n`);
    }
    return 0;
  },

  destroy: async ({ layers, layer, terminal }) => {
    for await (const { layer: name, outcome } of layers.destroy(layer)) {
      terminal.out(`${name}: ${countsDone(outcome.counts)}\n`);
    }
    return 0;
  },

  output: async ({ layers, layer, values, terminal }) => {
    const wanted = values.text("address");
    const all = await Promise.all(layers.chosen(layer).map((name) => layers.runner(name).output()));
    const outputs = all.flatMap((of, k) =>
      Object.entries(of).map(([name, value]) => ({ of: layers.chosen(layer)[k]!, name, ...value })),
    );
    const shown = wanted === undefined ? outputs : outputs.filter(({ name }) => name === wanted);
    if (wanted !== undefined && shown.length === 0) {
      throw new UsageError(
        `There is no output ${JSON.stringify(wanted)}. Known: ${outputs.map(({ name }) => name).join(", ") || "none"}.`,
      );
    }
    for (const { of, name, value, sensitive } of shown) {
      const prefix = layer === ALL_LAYERS ? `${of}.` : "";
      terminal.out(`${prefix}${name} = ${sensitive ? REDACTED : JSON.stringify(value)}\n`);
    }
    return 0;
  },

  state: async ({ layers, layer, values, terminal }) => {
    const address = values.text("address");
    if (address !== undefined) {
      if (layer === ALL_LAYERS) throw new UsageError("Expected one layer for state with an address, got all.");
      terminal.out(attributeLines(address, await layers.runner(layer).resources()));
      return 0;
    }
    for (const name of layers.chosen(layer)) {
      const prefix = layer === ALL_LAYERS ? `${name}  ` : "";
      terminal.out((await layers.runner(name).state()).map((address) => `${prefix}${address}\n`).join(""));
    }
    return 0;
  },

  import: async ({ layers, layer, values, terminal }) => {
    if (layer === ALL_LAYERS) throw new UsageError("Expected one layer for import, got all.");
    const address = values.required("address", "digitalocean_droplet.web");
    const id = values.required("id", "411222333");
    await layers.runner(layer).import(address, id);
    terminal.out(`${layer}: ${address} is in the state\n`);
    return 0;
  },

  drift: async ({ layers, layer, terminal }) => {
    for (const { layer: name, outcome } of await layers.drift(layer)) {
      if (outcome.length === 0) terminal.out(`${name}: as it was left\n`);
      else throw await driftError(layers, name, outcome);
    }
    return 0;
  },
};

/** The attributes of the resource with an address, or of all instances of a group. */
function attributeLines(wanted: string, resources: readonly StateResource[]): string {
  const chosen = resources.filter(({ address }) => address === wanted || address.startsWith(`${wanted}[`));
  if (chosen.length === 0) {
    const known = resources.map(({ address }) => address).join(", ") || "none";
    throw new UsageError(`There is no resource ${JSON.stringify(wanted)} in the state. Known: ${known}.`);
  }
  return chosen
    .map(({ address, values, sensitive }) => {
      const shown = redactedValue(values, sensitive) as Readonly<Record<string, unknown>>;
      const lines = Object.entries(shown).map(([name, value]) => `  ${name} = ${attributeText(value)}\n`);
      return `${address}\n${lines.join("")}`;
    })
    .join("");
}

function attributeText(value: unknown): string {
  return value === REDACTED ? REDACTED : JSON.stringify(value);
}

async function driftError(
  layers: LayeredEnvironment,
  name: string,
  changes: readonly { readonly address: string; readonly action: string }[],
): Promise<DriftError> {
  const runner = layers.runner(name);
  const drifted = changes
    .map(({ address, action }) => ({
      address,
      action: action === "delete" ? ("deleted" as const) : ("changed" as const),
    }))
    .sort((a, b) => (a.address < b.address ? -1 : 1));
  return new DriftError(runner.folder, drifted, await runner.remains());
}
