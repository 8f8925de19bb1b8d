/** Workloads by name: what a command line or a results file gives becomes a workload again. @module */
import { existsSync } from "node:fs";
import { InvalidOptionError, WorkloadNotFoundError } from "../errors.js";
import { batch } from "./batch.js";
import { bursty } from "./bursty.js";
import { day } from "./day.js";
import { diurnal } from "./diurnal.js";
import { flashCrowd } from "./flash-crowd.js";
import { onOff } from "./on-off.js";
import { ramp } from "./ramp.js";
import { steady } from "./steady.js";
import { type TraceOptions, trace } from "./trace.js";
import { varied } from "./varied.js";
import { weekly } from "./weekly.js";
import type { Workload } from "./workload.js";

/** A workload's options, as JSON. */
export type WorkloadOptions = Readonly<Record<string, unknown>>;

type Generator = (options: WorkloadOptions) => Workload;

/** Every generator checks its options itself, so any record may be passed. */
const GENERATORS: ReadonlyMap<string, Generator> = new Map<string, Generator>([
  ["day", day],
  ["steady", steady],
  ["ramp", ramp],
  ["diurnal", diurnal],
  ["weekly", weekly],
  ["bursty", bursty],
  ["flash-crowd", flashCrowd],
  ["batch", batch],
  ["on-off", onOff],
  ["varied", varied],
]);

/** The names of all generators, the headline first. */
export function workloadNames(): string[] {
  return [...GENERATORS.keys()];
}

/**
 * A workload by its name, or a trace by its file's path.
 *
 * `createWorkload(workload.name, workload.options)` makes an equal workload again, traces included: their options hold the path.
 *
 * @param name - One of {@link workloadNames}, a path that ends in `.csv`, or the path of a file that exists.
 * @param options - The options of the generator, or of {@link trace}.
 * @throws WorkloadNotFoundError, InvalidOptionError, InvalidTraceError
 * @example
 * createWorkload("steady", { level: 0.3 });
 * createWorkload("traffic.csv", { gaps: "hold" });
 */
export function createWorkload(name: string, options: WorkloadOptions = {}): Workload {
  const workload = construct(name, options);
  const known = Object.keys(workload.options);
  const unknown = Object.keys(options).find((option) => !known.includes(option));
  if (unknown !== undefined) {
    throw new InvalidOptionError("options", `options of ${workload.name} (${known.join(", ")})`, unknown);
  }
  return workload;
}

function construct(name: string, options: WorkloadOptions): Workload {
  const generator = GENERATORS.get(name);
  if (generator !== undefined) return generator(options);
  const { file, ...traceOptions } = options;
  if (typeof file === "string") return trace(file, traceOptions as TraceOptions);
  if (name.endsWith(".csv") || existsSync(name)) return trace(name, options as TraceOptions);
  throw new WorkloadNotFoundError(name, workloadNames());
}
