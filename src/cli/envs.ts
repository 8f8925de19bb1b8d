/** `infra-gym envs`: which environments there are. @module */
import { policySpecOf } from "../benchmark/policy-spec-of.js";
import { make, registeredIds } from "../registration.js";
import type { Command } from "./command.js";
import { jsonText } from "./json-text.js";
import type { OptionValues } from "./option-values.js";
import type { Terminal } from "./terminal.js";
import { textTable } from "./text-table.js";
import { writeOutput } from "./write-output.js";

/** Lists the registered environments. */
export const envsCommand: Command = {
  verb: "envs",
  summary: "List the environments",
  positional: null,
  options: [{ name: "json", value: "FILE", help: "Write the list as JSON; - for the standard output" }],
  examples: ["infra-gym envs", "infra-gym envs --json -"],
  run: runEnvs,
};

async function runEnvs(values: OptionValues, terminal: Terminal): Promise<number> {
  const envs = await Promise.all(registeredIds().map(describeEnv));
  const json = values.text("json");
  if (json !== "-") {
    const rows = envs.map(({ id, actionSpace, observationSpace, stepSeconds, controls }) => [
      id,
      controls.map(({ name }) => name).join(", "),
      actionSpace,
      observationSpace,
      `${stepSeconds} s`,
    ]);
    terminal.out(
      textTable({ header: ["environment", "controls", "action", "observation", "step"], rows }, terminal.hasColor),
    );
  }
  if (json !== undefined) writeOutput(json, jsonText({ envs }), terminal);
  return 0;
}

/** What is shown of one environment. */
async function describeEnv(id: string): Promise<EnvDescription> {
  const env = await make(id);
  try {
    const { controls, stepSeconds } = policySpecOf(env);
    return {
      id,
      namespace: env.spec?.namespace ?? null,
      name: env.spec?.name ?? id,
      version: env.spec?.version ?? null,
      actionSpace: String(env.actionSpace),
      observationSpace: shapeOf(env.observationSpace),
      stepSeconds,
      controls: controls.map(({ name, kind, min, max }) => ({ name, kind, min, max })),
    };
  } finally {
    await env.close();
  }
}

interface EnvDescription {
  readonly id: string;
  readonly namespace: string | null;
  readonly name: string;
  readonly version: number | null;
  readonly actionSpace: string;
  readonly observationSpace: string;
  readonly stepSeconds: number;
  readonly controls: readonly {
    readonly name: string;
    readonly kind: string;
    readonly min: number;
    readonly max: number;
  }[];
}

/** A space of arrays in short: without its bounds, which may differ from element to element. */
function shapeOf(space: { readonly shape: readonly number[] | null; readonly dtype: string | null }): string {
  return space.shape === null ? String(space) : `${space.dtype} (${space.shape.join(", ")})`;
}
