/** `infra-gym load`: an open-loop load on a URL, with a live frame and a report. @module */
import { readFileSync } from "node:fs";
import { UsageError } from "../errors.js";
import type { LoadProgress, LoadReport, LoadRunnerOptions, RateProfile } from "../loadgen/index.js";
import type { Command } from "./command.js";
import { jsonText } from "./json-text.js";
import { LoadFrame } from "./load-frame.js";
import type { OptionValues } from "./option-values.js";
import type { Terminal } from "./terminal.js";
import { textTable } from "./text-table.js";
import { whileInterruptible } from "./while-interruptible.js";
import { writeOutput } from "./write-output.js";

/** Sends a load. */
export const loadCommand: Command = {
  verb: "load",
  summary: "Send an open-loop load to a URL, by a workload or at one rate",
  positional: { name: "url", isRequired: true },
  options: [
    { name: "workload", value: "NAME", help: "A generator's name or a trace's file (default steady)" },
    { name: "rate", value: "RPS", help: "The rate that the workload is scaled to, its peak (default 100)" },
    {
      name: "profile",
      value: "FILE",
      help: "Rates over time as JSON, { atSeconds: […], rates: […] }, in place of a workload",
    },
    { name: "for", value: "DURATION", help: "How long requests are sent for (default 1m)" },
    { name: "offset", value: "DURATION", help: "Where in the workload's day to begin; whole half minutes (default 0)" },
    { name: "speed", value: "K", help: "Runs the workload K times faster; rates stay what they are (default 1)" },
    { name: "split", value: "train|test", help: "Which days of the workload (default train)" },
    { name: "spacing", value: "poisson|even", help: "How arrivals follow the rate (default poisson)" },
    { name: "seed", value: "N", help: "Seed of the workload and of the arrivals (default 0)" },
    { name: "connections", value: "N", help: "Connections at most (default 512)" },
    { name: "timeout", value: "DURATION", help: "How long an answer may take (default 10s)" },
    {
      name: "max-rate",
      value: "RPS",
      help: "The highest rate that is sent (default, and most, outside loopback: 100)",
    },
    { name: "i-own-this-host", value: "HOST", help: "Needed for a host outside loopback: 100 requests/s, 10 minutes" },
    { name: "name", value: "NAME", help: "Value of the label service on the exported metrics (default web)" },
    { name: "metrics-port", value: "P", help: "Show the client's metrics on 127.0.0.1; 0 takes a free port" },
    { name: "json", value: "FILE", help: "Write the report as JSON; - for the standard output" },
  ],
  examples: [
    "infra-gym load http://127.0.0.1:8000/ --workload flash-crowd --rate 200 --for 5m",
    "infra-gym load http://127.0.0.1:8000/ --workload day --offset 8h --speed 60 --for 5m --metrics-port 9101",
    "infra-gym load https://staging.example.com/ --i-own-this-host staging.example.com --rate 20 --for 2m",
  ],
  run: runLoad,
};

async function runLoad(values: OptionValues, terminal: Terminal): Promise<number> {
  const { LoadRunner } = await import("../loadgen/index.js");
  const options = await loadOptions(values);
  const frame = new LoadFrame(terminal, options);
  const runner = await LoadRunner.start(options, {
    onProgress: (progress: LoadProgress) => frame.show(progress),
  });
  const work = async (): Promise<number> => {
    if (runner.metricsUrl !== undefined) terminal.err(`Metrics: ${runner.metricsUrl}\n`);
    const report = await runner.ended;
    frame.clear();
    const json = values.text("json");
    if (json !== "-") terminal.out(reportText(report, terminal));
    if (json !== undefined) writeOutput(json, jsonText({ url: options.url, ...report }), terminal);
    return 0;
  };
  const close = async (): Promise<void> => {
    await runner.stop();
  };
  return whileInterruptible(work, close, terminal);
}

async function loadOptions(values: OptionValues): Promise<LoadRunnerOptions> {
  const durationSeconds = values.duration("for") ?? 60;
  const seed = values.seed("seed") ?? 0n;
  const optional = {
    connections: values.count("connections"),
    timeoutSeconds: values.duration("timeout"),
    maxRate: values.positive("max-rate", "a number above 0 (requests per second)"),
    ownHost: values.text("i-own-this-host"),
    service: values.text("name"),
    metricsPort: values.port("metrics-port"),
    spacing: values.choice("spacing", ["poisson", "even"]),
  };
  const given = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined));
  const url = values.required("url", "http://127.0.0.1:8000/");
  const file = values.text("profile");
  const profile = file === undefined ? await workloadProfile(values, seed, durationSeconds) : profileIn(file, values);
  return { url, profile, durationSeconds, seed, ...given };
}

/** The rates of a workload. */
async function workloadProfile(values: OptionValues, seed: bigint, durationSeconds: number): Promise<RateProfile> {
  const { createWorkload, profileOf } = await import("../loadgen/index.js");
  const speed = values.positive("speed", "a number above 0") ?? 1;
  const name = values.text("workload") ?? "steady";
  // Scaled to the rate, so that `steady` is that rate and not its half.
  const workload = createWorkload(name, name === "steady" ? { level: 1 } : {});
  const series = workload.series({
    index: 0,
    seed,
    split: values.choice("split", ["train", "test"]) ?? "train",
    offsetSeconds: offsetOf(values),
    durationSeconds: durationSeconds * speed,
    referenceRate: values.positive("rate", "a number above 0 (requests per second)") ?? 100,
  });
  return profileOf(series, speed);
}

const OF_WORKLOADS = ["workload", "rate", "offset", "speed", "split"] as const;

/** The rates in a file; whether they are a profile is checked with the other options. @throws UsageError */
function profileIn(file: string, values: OptionValues): RateProfile {
  const strayed = OF_WORKLOADS.find((option) => values.text(option) !== undefined);
  if (strayed !== undefined)
    throw new UsageError(`${values.source(strayed)} is for workloads, and goes without --profile.`);
  try {
    const profile = JSON.parse(readFileSync(file, "utf8")) as Partial<RateProfile> | null;
    if (Array.isArray(profile?.atSeconds) && Array.isArray(profile.rates)) return profile as RateProfile;
  } catch (cause) {
    throw new UsageError(`Could not read the rates in ${file}: ${(cause as Error).message}.`);
  }
  throw new UsageError(`Expected ${file} to hold { "atSeconds": […], "rates": […] }.`);
}

function offsetOf(values: OptionValues): number {
  const seconds = values.duration("offset") ?? 0;
  if (seconds % 30 === 0) return seconds;
  const expected = "a duration of whole half minutes such as 8h or 90s";
  throw new UsageError(`Expected ${values.source("offset")} to be ${expected}, got "${values.text("offset")}".`);
}

function reportText(report: LoadReport, terminal: Terminal): string {
  const { latencySeconds: latency, codes, seconds } = report;
  const milliseconds = (value: number): string => (1000 * value).toFixed(1);
  const rows = (["asked", "sent", "answered", "lost", "unsent"] as const).map((name) => [
    name,
    String(report[name]),
    (report[name] / Math.max(seconds, 1e-9)).toFixed(2),
  ]);
  const answers = Object.entries(codes).map(([code, count]) => [code, String(count)]);
  const header = ["mean", "p50", "p95", "p99", "max"] as const;
  const tables = [
    textTable({ header: ["requests", "count", "per second"], rows }, terminal.hasColor),
    ...(answers.length === 0 ? [] : [textTable({ header: ["code", "answers"], rows: answers }, terminal.hasColor)]),
    textTable(
      { header: ["latency", ...header], rows: [["ms", ...header.map((name) => milliseconds(latency[name]))]] },
      terminal.hasColor,
    ),
  ];
  const warning = report.isGeneratorLimited
    ? `\nMore than 1 % of the requests were late (${report.late}) or not sent (${report.unsent}): the limit was this side, not the service.\n`
    : "";
  return `${tables.join("\n")}${warning}`;
}
