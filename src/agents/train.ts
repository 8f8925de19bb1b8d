/** The training loop: updates until steps or seconds are used up, with metrics and checkpoints. @module */
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { type Clock, systemClock } from "../clock.js";
import { InvalidOptionError } from "../errors.js";
import { saveLayersModel } from "../networks/index.js";
import type { VectorEnv } from "../vector/index.js";
import { type CheckpointEnv, saveCheckpoint } from "./checkpoint.js";
import type { Learner, Metrics } from "./learner.js";
import { EVENT_FILE, EventFile } from "./learning/event-file.js";
import { MetricsLog } from "./learning/metrics-log.js";

/** How far a training run is. */
export interface TrainProgress {
  readonly globalStep: number;
  /** From 0 to 1. */
  readonly progress: number;
  /** Since the training began; earlier runs included where the budget is in seconds. Unit: seconds. */
  readonly seconds: number;
  /** Environment steps per second of this run. */
  readonly stepsPerSecond: number;
  /** Mean return of the last episodes; NaN before the first has ended. */
  readonly meanReturn: number;
  readonly metrics: Metrics;
}

/** What a run goes on from; as a checkpoint's `training` holds it. */
export interface TrainingState {
  /** Used up of a budget in seconds; 0 for one in steps. */
  readonly seconds: number;
  readonly budget: TrainBudget;
  /** Returns of the last episodes. */
  readonly returns: readonly number[];
  /** What else the caller wants to find again. */
  readonly notes?: Readonly<Record<string, string>>;
}

/** How long to train: environment steps, or seconds of wall time. A run by steps gives the same bytes every time. */
export type TrainBudget = { readonly steps: number } | { readonly seconds: number };

/** Options of {@link train}. */
export interface TrainOptions {
  /** In all, earlier runs included. */
  readonly budget: TrainBudget;
  /** Where checkpoints and `metrics.jsonl` go; without it, nothing is written. */
  readonly folder?: string;
  /** Whether an event file for TensorBoard is written to `folder`, too. @defaultValue false */
  readonly tensorboard?: boolean;
  /** What the environment was made with, for the checkpoint. @defaultValue {} */
  readonly envOptions?: Readonly<Record<string, unknown>>;
  /** What else a checkpoint shall keep, such as words of a command line. */
  readonly notes?: Readonly<Record<string, string>>;
  /** Wall time between checkpoints. Unit: seconds. @defaultValue 10 */
  readonly checkpointSeconds?: number;
  /** A checkpoint's `training`, after `restore`. */
  readonly resume?: TrainingState;
  /** Called after each update. */
  readonly onUpdate?: (progress: TrainProgress) => void;
  /** Stops after the update at hand when it is aborted. */
  readonly signal?: AbortSignal;
  readonly clock?: Clock;
}

/** What {@link train} resolves to. */
export interface TrainResult extends TrainProgress {
  /** Whether the budget was used up; false where the signal stopped it. */
  readonly isDone: boolean;
}

/** Episodes that a mean return is taken over. */
const EPISODES = 100;

/**
 * Trains until the budget is used up or the signal stops it.
 *
 * A checkpoint is written at the start, every `checkpointSeconds` and at the end. A run that diverges leaves the last one in its place.
 *
 * @throws TrainingDivergedError, OutputFailedError, InvalidOptionError
 * @example
 * await train(new PPO(envs, { seed: 1 }), envs, { budget: { steps: 500_000 }, folder: "out/ppo" });
 */
export async function train(
  learner: Learner,
  env: VectorEnv<unknown, unknown, object>,
  options: TrainOptions,
): Promise<TrainResult> {
  const { budget, folder, resume, onUpdate, signal, clock = systemClock(), checkpointSeconds = 10 } = options;
  checkBudget(budget);
  const run = new TrainingRun(learner, budget, resume, clock);
  const description = describeEnv(env, options.envOptions ?? {});
  const log = folder === undefined ? null : new MetricsLog(join(folder, "metrics.jsonl"), learner.globalStep);
  const events =
    folder === undefined || options.tensorboard !== true
      ? null
      : new EventFile(join(folder, EVENT_FILE), learner.globalStep, clock.now());
  const save = async (): Promise<void> => {
    const notes = options.notes === undefined ? {} : { notes: options.notes };
    if (folder !== undefined) await saveLearner(folder, learner, description, { ...run.state(), ...notes });
  };
  if (learner.globalStep === 0) await save();
  let savedAt = clock.now();
  while (run.progress() < 1 && signal?.aborted !== true) {
    const result = await run.update();
    // Environments in virtual time never wait: without a turn of the event loop no signal would be heard.
    await turn();
    log?.add(learner.globalStep, result.metrics);
    events?.add(learner.globalStep, clock.now(), result.metrics);
    onUpdate?.(result);
    if (clock.now() - savedAt < checkpointSeconds) continue;
    await save();
    savedAt = clock.now();
  }
  await save();
  return { ...run.look({}), isDone: run.progress() >= 1 };
}

class TrainingRun {
  readonly #learner: Learner;
  readonly #budget: TrainBudget;
  readonly #clock: Clock;
  readonly #startedAt: number;
  readonly #startedFrom: number;
  readonly #secondsBefore: number;
  #returns: number[];

  constructor(learner: Learner, budget: TrainBudget, resume: TrainingState | undefined, clock: Clock) {
    this.#learner = learner;
    this.#budget = budget;
    this.#clock = clock;
    this.#startedAt = clock.now();
    this.#startedFrom = learner.globalStep;
    this.#secondsBefore = resume?.seconds ?? 0;
    this.#returns = [...(resume?.returns ?? [])];
  }

  progress(): number {
    const done =
      "steps" in this.#budget ? this.#learner.globalStep / this.#budget.steps : this.#seconds() / this.#budget.seconds;
    return Math.min(1, done);
  }

  async update(): Promise<TrainProgress> {
    const { metrics, episodes } = await this.#learner.update(this.progress());
    this.#returns = [...this.#returns, ...episodes.map((episode) => episode.return)].slice(-EPISODES);
    const ofEpisodes: Metrics =
      episodes.length === 0
        ? {}
        : {
            "charts/episodic_return": mean(episodes.map((episode) => episode.return)),
            "charts/episodic_length": mean(episodes.map(({ length }) => length)),
          };
    return this.look({ ...ofEpisodes, ...metrics });
  }

  look(metrics: Metrics): TrainProgress {
    const { globalStep } = this.#learner;
    const seconds = this.#clock.now() - this.#startedAt;
    const stepsPerSecond = (globalStep - this.#startedFrom) / Math.max(seconds, 1e-9);
    return {
      globalStep,
      progress: this.progress(),
      seconds: this.#seconds(),
      stepsPerSecond,
      meanReturn: mean(this.#returns),
      metrics,
    };
  }

  state(): TrainingState {
    // Of a run by steps nothing is kept that would differ from one run to the next.
    const seconds = "seconds" in this.#budget ? this.#seconds() : 0;
    return { seconds, budget: this.#budget, returns: this.#returns };
  }

  #seconds(): number {
    return this.#secondsBefore + this.#clock.now() - this.#startedAt;
  }
}

function describeEnv(
  { spec, singleObservationSpace, singleActionSpace, numEnvs }: VectorEnv<unknown, unknown, object>,
  options: Readonly<Record<string, unknown>>,
): CheckpointEnv {
  return {
    id: spec?.id ?? "an environment without a spec",
    options,
    observationSpace: String(singleObservationSpace),
    actionSpace: String(singleActionSpace),
    numEnvs,
  };
}

async function saveLearner(
  folder: string,
  learner: Learner,
  env: CheckpointEnv,
  training: TrainingState,
): Promise<void> {
  const { algorithm, options, globalStep } = learner;
  const state = await learner.state();
  const policy = learner.policy();
  saveLayersModel(folder, { spec: policy.network, weights: policy.weights });
  saveCheckpoint(folder, {
    algorithm,
    env,
    options,
    globalStep,
    policy,
    learner: state,
    training: { ...training },
  });
}

function checkBudget(budget: TrainBudget): void {
  const [name, value] = "steps" in budget ? ["steps", budget.steps] : ["seconds", budget.seconds];
  if (typeof value === "number" && value > 0 && value < Infinity) return;
  throw new InvalidOptionError(`budget.${name}`, "a finite number above 0", value);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
