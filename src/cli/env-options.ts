/** The options of `run` and `benchmark` that choose an environment and its workload. @module */
import { existsSync } from "node:fs";
import type { SimulationOptions } from "../backends/simulation-options.js";
import { readSimulationProfile } from "../backends/simulation-profile.js";
import { NotSupportedError, UsageError } from "../errors.js";
import { atRate } from "../loadgen/at-rate.js";
import { createWorkload, workloadNames } from "../loadgen/create-workload.js";
import type { Workload } from "../loadgen/workload.js";
import type { CommandOption } from "./command.js";
import { readDigitalOceanOptions } from "./digitalocean-options.js";
import { LOCAL_OPTIONS, readLocalOptions } from "./local-options.js";
import type { OptionValues } from "./option-values.js";

/** What `run` and `benchmark` have in common. */
export const ENV_OPTIONS: readonly CommandOption[] = [
  { name: "env", value: "ENV", help: "Id of the environment, such as WebService-v0" },
  {
    name: "workload",
    value: "NAME|FILE.csv",
    help: "day, flash-crowd, ramp, … or a trace (default: the environment's first)",
  },
  { name: "trace", value: "FILE.csv", help: "The same, for a trace" },
  { name: "gaps", value: "error|hold|interpolate", help: "Missing periods of a trace (default error)" },
  { name: "compress", value: "K", help: "Run a trace K times faster than it was recorded (default 1)" },
  {
    name: "peak",
    value: "RPS|none",
    help: "Scale the workload to this peak (default: the environment's reference rate)",
  },
  { name: "split", value: "train|test", help: "Days to take" },
  { name: "control", value: "delta|target|continuous|residual", help: "What an action means (default delta)" },
  { name: "hard", value: null, help: "The hard variant: boot and resize take twice as long" },
  { name: "backend", value: "simulated|local", help: "Where it runs (default simulated)" },
  ...LOCAL_OPTIONS,
  { name: "simulation-profile", value: "FILE", help: "simulated: what fidelity --calibrate has measured" },
  { name: "for", value: "DURATION", help: "Stop an episode after this model time, such as 90s, 5m or 2h" },
  { name: "json", value: "FILE", help: "Write the result as JSON; - for the standard output" },
];

const TRACE_OPTIONS = ["gaps", "compress", "peak"] as const;

/**
 * The options for `make` that do not depend on the workload.
 *
 * @param backends - Those of the command.
 * @throws UsageError, NotSupportedError
 */
export function readEnvOptions(
  values: OptionValues,
  backends: readonly string[] = ["simulated", "local"],
): Record<string, unknown> {
  const backend = values.text("backend") ?? "simulated";
  if (!backends.includes(backend)) {
    const others = `${backends.slice(0, -1).join(", ")} and ${backends.at(-1)}`;
    throw new NotSupportedError(`Backend ${JSON.stringify(backend)}`, `This command has ${others}.`);
  }
  const control = values.choice("control", ["delta", "target", "continuous", "residual"]);
  return {
    ...(control === undefined ? {} : { control }),
    ...(values.flag("hard") ? { hard: true } : {}),
    ...readLocalOptions(values, backend),
    ...readDigitalOceanOptions(values, backend),
    ...readProfile(values, backend),
  };
}

function readProfile(values: OptionValues, backend: string): { simulation?: SimulationOptions } {
  const file = values.text("simulation-profile");
  if (file === undefined) return {};
  if (backend === "simulated") return { simulation: { profile: readSimulationProfile(file) } };
  throw new UsageError(`${values.source("simulation-profile")} goes with the backend simulated.`);
}

/**
 * The workloads asked for: names, and traces as objects; none where the environment shall choose.
 *
 * @throws UsageError when an option for traces comes without a trace, InvalidTraceError, WorkloadNotFoundError
 */
export function readWorkloads(values: OptionValues): (string | Workload)[] {
  const names = [...(values.list("workload") ?? []), ...(values.list("trace") ?? [])];
  const options = readTraceOptions(values);
  const { peak } = options;
  const wasTrace = names.map((name) => isFile(name, values));
  const strayed = TRACE_OPTIONS.find((option) => {
    const isOfAny = option === "peak" && names.length > 0 && typeof peak === "number";
    return values.text(option) !== undefined && !isOfAny;
  });
  if (strayed !== undefined && !wasTrace.includes(true)) {
    throw new UsageError(`${values.source(strayed)} is for traces. Add --trace FILE.csv.`);
  }
  return names.map((name, index) => {
    if (wasTrace[index]) return createWorkload(name, options);
    return typeof peak === "number" ? atRate(createWorkload(name), peak) : name;
  });
}

/** Whether a workload's name means a file: what was given as a trace always does. */
function isFile(name: string, values: OptionValues): boolean {
  if (values.list("trace")?.includes(name) === true) return true;
  return !workloadNames().includes(name) && (name.endsWith(".csv") || existsSync(name));
}

function readTraceOptions(values: OptionValues): Record<string, unknown> {
  const gaps = values.choice("gaps", ["error", "hold", "interpolate"]);
  const compress = values.positive("compress", "a factor of at least 1");
  const peak =
    values.text("peak") === "none" ? "none" : values.positive("peak", "none, or requests per second above 0");
  return Object.fromEntries(Object.entries({ gaps, compress, peak }).filter(([, value]) => value !== undefined));
}
