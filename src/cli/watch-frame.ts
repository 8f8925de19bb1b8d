/** The live frame of `run --watch`: graph, changes, load, latency and bill; on anything but a terminal, a line a step. @module */
import type { ActualResource } from "../backends/backend.js";
import type { InfraInfo } from "../envs/info.js";
import type { InfraGraph } from "../infra/infra-graph.js";
import { bars, keepBar, LiveFrame } from "./live-frame.js";
import type { Terminal } from "./terminal.js";

/** What is watched. */
export interface WatchedRun {
  readonly env: string;
  readonly backend: string;
  readonly policy: string;
  readonly graph: InfraGraph;
  readonly stepSeconds: number;
}

/** One step of it. */
export interface WatchedStep {
  readonly seed: bigint;
  /** How many steps came before. */
  readonly index: number;
  readonly reward: number;
  readonly info: InfraInfo;
  readonly resources: readonly ActualResource[];
}

/** Some lines that replace themselves. */
export class WatchFrame {
  readonly #terminal: Terminal;
  readonly #live: LiveFrame;
  readonly #run: WatchedRun;
  readonly #load: number[] = [];
  readonly #p95: number[] = [];
  #billUsd = 0;
  #return = 0;

  constructor(terminal: Terminal, run: WatchedRun) {
    this.#terminal = terminal;
    this.#live = new LiveFrame(terminal);
    this.#run = run;
  }

  /** Begins an episode. */
  begin(): void {
    this.#load.length = 0;
    this.#p95.length = 0;
    this.#billUsd = 0;
    this.#return = 0;
  }

  /** Shows a step in the place of the one before, or below it. */
  show(step: WatchedStep): void {
    const { slo, costUsd } = step.info;
    keepBar(this.#load, slo.arrivals / this.#run.stepSeconds);
    keepBar(this.#p95, slo.p95Seconds);
    this.#billUsd += costUsd;
    this.#return += step.reward;
    if (!this.#terminal.isInteractive) {
      this.#terminal.err(`${this.#plainLine(step)}\n`);
      return;
    }
    this.#live.draw(this.#frame(step));
  }

  /** Takes the frame away. */
  clear(): void {
    this.#live.clear();
  }

  #frame(step: WatchedStep): string[] {
    const { env, backend, policy } = this.#run;
    const { info, seed, index } = step;
    const late = info.lateSeconds >= 1 ? `  ${info.lateSeconds.toFixed(0)} s late` : "";
    return [
      `${env} on ${backend}, ${policy}, seed ${seed}, step ${index + 1}  ${timeOf(info)} UTC${late}`,
      ...this.#graphLines(step),
      `changes   ${changesOf(info)}`,
      `load      ${bars(this.#load, 1)}  ${this.#load.at(-1)!.toFixed(0)} requests/s${limitOf(info)}`,
      `latency   ${bars(this.#p95, 0.25)}  p95 ${milliseconds(info.slo.p95Seconds)}, ${violations(info)} slow or failed`,
      `bill      ${this.#billText(info)}`,
    ];
  }

  /** Resources by layer; those that run a service with what is up of them. */
  #graphLines({ resources }: WatchedStep): string[] {
    const actual = new Map(resources.map((resource) => [resource.address, resource]));
    return this.#run.graph.resources.map(({ address, layer }) => {
      const now = actual.get(address);
      const state = now === undefined ? "" : ` ${marks(now)} ${now.ready} of ${now.desired} ready, ${now.size}`;
      return `${layer.padEnd(9)} ${address}${state}`;
    });
  }

  #plainLine({ index, info, resources }: WatchedStep): string {
    const replicas = resources.map(({ ready, desired }) => (ready === desired ? `${ready}` : `${ready}→${desired}`));
    return [
      `step ${index + 1}`,
      timeOf(info),
      `${this.#load.at(-1)!.toFixed(0)} requests/s${limitOf(info)}`,
      `p95 ${milliseconds(info.slo.p95Seconds)}`,
      `${violations(info)} slow or failed`,
      `replicas ${replicas.join(" ")}`,
      changesOf(info),
      this.#billText(info),
    ].join("  ");
  }

  #billText({ costUsd }: InfraInfo): string {
    const perHour = (costUsd / this.#run.stepSeconds) * 3600;
    return `$${perHour.toFixed(3)} an hour, $${this.#billUsd.toFixed(4)} so far, return $${this.#return.toFixed(4)}`;
  }
}

function timeOf({ timeSeconds }: InfraInfo): string {
  return new Date(timeSeconds * 1000).toISOString().slice(0, 16).replace("T", " ");
}

/** What the action changes, what goes on, and what went wrong. */
function changesOf({ plan, pending, refusal, failures }: InfraInfo): string {
  const verbs = [
    ["+", plan.create],
    ["~", plan.update],
    ["±", plan.replace],
    ["−", plan.destroy],
  ] as const;
  const asked = verbs.flatMap(([sign, entries]) => (entries.length === 0 ? [] : [`${sign}${entries.length}`]));
  const going = Object.entries(pending).map(([address, count]) => `${count} of ${address} on the way`);
  const wrong = [
    ...(refusal === null ? [] : [`refused: ${refusal}`]),
    ...failures.filter(isChange).map(({ message }) => message),
  ];
  const all = [...asked, ...going, ...wrong];
  return all.length === 0 ? "none" : all.join(", ");
}

/** Whether a failure is one of a change, and not of the load. */
function isChange({ code }: InfraInfo["failures"][number]): boolean {
  return code !== "INFRA_GYM_GENERATOR_LIMIT";
}

/** Says where the load could not keep up. */
function limitOf({ failures }: InfraInfo): string {
  return failures.every(isChange) ? "" : " (some sent late: the limit is this side)";
}

function violations({ slo }: InfraInfo): string {
  return `${(100 * slo.violationRatio).toFixed(2)} %`;
}

function milliseconds(seconds: number): string {
  return Number.isFinite(seconds) ? `${(1000 * seconds).toFixed(0)} ms` : "–";
}

/** A mark for each replica: ready, or not yet. */
function marks({ ready, desired }: ActualResource): string {
  return "■".repeat(Math.min(ready, 40)) + "□".repeat(Math.min(40, Math.max(0, desired - ready)));
}
