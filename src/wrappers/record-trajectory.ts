/** Wrapper: writes every episode into a data set. @module */
import { appendFile } from "node:fs/promises";
import type { Env, Info, ResetOptions, ResetResult, StepResult } from "../env.js";
import { InvalidOptionError, OutputFailedError } from "../errors.js";
import type { Seed } from "../rng.js";
import { copyValue } from "../spaces/copy-value.js";
import type { Space } from "../spaces/space.js";
import { Wrapper } from "../wrapper.js";
import { wrapperOptions } from "./option-check.js";
import type { Trajectory, TrajectoryHeader } from "./trajectory.js";

/** Options of {@link RecordTrajectory}: one of the two. */
export interface RecordTrajectoryOptions {
  /** The file that lines are added to. */
  readonly path?: string | undefined;
  /** Takes each line, without its end. A spec cannot hold it. */
  readonly write?: ((line: string) => void | Promise<void>) | undefined;
}

/** An episode that is being played. */
interface Recording<Observation, Action> {
  readonly options: Readonly<Record<string, unknown>> | null;
  readonly resetsSinceSeed: number;
  readonly observations: Observation[];
  readonly actions: Action[];
  readonly rewards: number[];
}

interface State<Observation, Action> {
  readonly episode: number;
  readonly seed: Seed | null;
  readonly recording: Recording<Observation, Action> | null;
  readonly resets: number;
}

/**
 * Writes one line of JSON per episode when it ends, and when `reset` or `close` give it up; before the first a line with
 * the spec and the spaces. See {@link TrajectoryHeader} and {@link Trajectory}.
 */
export class RecordTrajectory<Observation, Action, I extends object = Info> extends Wrapper<Observation, Action, I> {
  readonly #write: (line: string) => void | Promise<void>;
  #hasHeader = false;
  #episode = 0;
  #seed: Seed | null = null;
  /** Episodes begun since the seed, less one. */
  #resets = -1;
  #recording: Recording<Observation, Action> | null = null;

  /** @throws {@link InvalidOptionError} when neither or both of the options are given. */
  constructor(env: Env<Observation, Action, I>, options: RecordTrajectoryOptions) {
    const { path, write } = wrapperOptions(env, options, ["path", "write"]);
    super(env, path === undefined ? null : { path });
    if (path === undefined && typeof write !== "function") {
      throw new InvalidOptionError("write", "a function where path is none", write);
    }
    if (path !== undefined && (typeof path !== "string" || path === "")) {
      throw new InvalidOptionError("path", "the path of a file", path);
    }
    if (path !== undefined && write !== undefined) throw new InvalidOptionError("write", "absent beside path", write);
    this.#write = write ?? ((line) => appendLine(path!, line));
  }

  override async reset(options: ResetOptions = {}): Promise<ResetResult<Observation, I>> {
    await this.#finish(false, false);
    const result = await this.env.reset(options);
    if (options.seed !== undefined) this.#seed = options.seed;
    this.#resets = options.seed === undefined ? this.#resets + 1 : 0;
    this.#recording = {
      options: structuredClone(options.options ?? null),
      resetsSinceSeed: this.#resets,
      observations: [copyValue(result[0])],
      actions: [],
      rewards: [],
    };
    return result;
  }

  override async step(action: Action): Promise<StepResult<Observation, I>> {
    const taken = copyValue(action);
    const result = await this.env.step(action);
    this.#recording?.observations.push(copyValue(result[0]));
    this.#recording?.actions.push(taken);
    this.#recording?.rewards.push(result[1]);
    if (result[2] || result[3]) await this.#finish(result[2], result[3]);
    return result;
  }

  override async close(): Promise<void> {
    await this.#finish(false, false);
    await this.env.close();
  }

  /** Writes the episode, unless no step of it was taken. */
  async #finish(terminated: boolean, truncated: boolean): Promise<void> {
    const recording = this.#recording;
    this.#recording = null;
    if (recording === null || recording.actions.length === 0) return;
    const { observations, actions, ...rest } = recording;
    const trajectory: Trajectory = {
      episode: this.#episode++,
      seed: typeof this.#seed === "bigint" ? seedToJson(this.#seed) : this.#seed,
      ...rest,
      observations: (this.observationSpace as Space<unknown>).toJsonable(observations),
      actions: (this.actionSpace as Space<unknown>).toJsonable(actions),
      terminated,
      truncated,
    };
    if (!this.#hasHeader) await this.#write(JSON.stringify(this.#header()));
    this.#hasHeader = true;
    await this.#write(JSON.stringify(trajectory));
  }

  #header(): TrajectoryHeader {
    return {
      format: "infra-gym.trajectories",
      version: 1,
      spec: this.env.spec,
      observationSpace: this.observationSpace.toString(),
      actionSpace: this.actionSpace.toString(),
    };
  }

  /** What is written stays written: only the episode being played goes back. */
  protected override saveState(): State<Observation, Action> {
    return structuredClone({
      episode: this.#episode,
      seed: this.#seed,
      recording: this.#recording,
      resets: this.#resets,
    });
  }

  protected override loadState(state: State<Observation, Action>): void {
    const { episode, seed, recording, resets } = structuredClone(state);
    this.#episode = Math.max(this.#episode, episode);
    this.#seed = seed;
    this.#recording = recording;
    this.#resets = resets;
  }
}

function seedToJson(seed: bigint): number | string {
  return seed <= Number.MAX_SAFE_INTEGER ? Number(seed) : String(seed);
}

async function appendLine(path: string, line: string): Promise<void> {
  try {
    await appendFile(path, `${line}\n`);
  } catch (cause) {
    throw new OutputFailedError(path, { cause });
  }
}
