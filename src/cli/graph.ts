/** `infra-gym graph`: the infrastructure of an environment, and what an action would change in it. @module */
import type { InfraAction } from "../envs/action-codec.js";
import { InfraEnv } from "../envs/infra-env.js";
import { NotSupportedError, UsageError } from "../errors.js";
import { applyPlan, type InfraGraph, type Plan, synth, writeProject } from "../infra/index.js";
import { make } from "../registration.js";
import type { Command } from "./command.js";
import { graphSvg } from "./graph-svg.js";
import { graphText } from "./graph-text.js";
import { graphView } from "./graph-view.js";
import { jsonText } from "./json-text.js";
import type { OptionValues } from "./option-values.js";
import type { Terminal } from "./terminal.js";

/** Shows a graph. */
export const graphCommand: Command = {
  verb: "graph",
  summary: "Show the infrastructure of an environment, and what an action changes in it",
  positional: { name: "env", isRequired: true },
  options: [
    { name: "env", value: "ENV", help: "Id of the environment, such as WebService-v0" },
    { name: "plan", value: "ACTION", help: "Plan this first action: its components, such as 6,1" },
    { name: "control", value: "delta|target|continuous|residual", help: "What an action means (default delta)" },
    {
      name: "synth",
      value: "DIR",
      help: "Write the graph, after the action, as Terraform configurations: a folder per layer",
    },
    { name: "format", value: "text|svg|json", help: "How it is shown (default text)" },
  ],
  examples: [
    "infra-gym graph WebService-v0",
    "infra-gym graph WebService-v0 --plan 6,1",
    "infra-gym graph ThreeTier-v0 --format svg > graph.svg",
    "infra-gym graph WebService-v0 --synth project",
  ],
  run: runGraph,
};

async function runGraph(values: OptionValues, terminal: Terminal): Promise<number> {
  const id = values.required("env", "WebService-v0");
  const format = values.choice("format", ["text", "svg", "json"]) ?? "text";
  const control = values.choice("control", ["delta", "target", "continuous", "residual"]);
  const env = await make(id, control === undefined ? {} : { control });
  try {
    const { unwrapped } = env;
    if (!(unwrapped instanceof InfraEnv)) {
      throw new NotSupportedError(`Showing the graph of ${id}`, "Choose an environment that has one.");
    }
    const { graph } = unwrapped.definition;
    const { plan, refusal } = await planOf(unwrapped, values);
    const view = graphView(id, graph, plan, refusal);
    if (format === "json") terminal.out(jsonText({ ...view, graph: graph.toJSON() }));
    else terminal.out(format === "svg" ? graphSvg(view) : graphText(view, terminal.hasColor));
    const folder = values.text("synth");
    if (folder !== undefined) await writeSynth(plan === null ? graph : applyPlan(graph, plan), folder, terminal);
    return 0;
  } finally {
    await env.close();
  }
}

async function writeSynth(graph: InfraGraph, folder: string, terminal: Terminal): Promise<void> {
  const project = await synth(graph);
  writeProject(project, folder);
  const layers = project.layers.map(({ layer }) => layer).join(", ");
  terminal.err(`Terraform configurations of ${layers} are in ${folder}.\n`);
}

/** The plan for the first action of an episode. */
async function planOf(
  env: InfraEnv,
  values: OptionValues,
): Promise<{ readonly plan: Plan | null; readonly refusal: string | null }> {
  const text = values.text("plan");
  if (text === undefined) return { plan: null, refusal: null };
  const action = readAction(env, text, values.source("plan"));
  await env.reset({ seed: 0 });
  const [, , , , { plan, refusal }] = await env.step(action);
  return { plan, refusal };
}

function readAction({ actionSpace }: InfraEnv, text: string, source: string): InfraAction {
  const parts = text.split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  const action = actionOf(parts, String(actionSpace));
  if (!parts.some(Number.isNaN) && actionSpace.contains(action)) return action;
  throw new UsageError(`Expected ${source} to be an action of ${actionSpace}, got ${JSON.stringify(text)}.`);
}

function actionOf(parts: readonly number[], space: string): InfraAction {
  if (space.startsWith("Box")) return Float32Array.from(parts);
  if (space.startsWith("Discrete") && parts.length === 1) return parts[0]!;
  // A fraction would be cut off on its way into the array.
  return parts.every(Number.isInteger) ? Int32Array.from(parts) : Float32Array.from(parts);
}
