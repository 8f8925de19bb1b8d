/** One environment of a batch with its autoreset. @module */
import type { Env, EnvSnapshot, Info, ResetOptions, ResetResult, StepResult } from "../env.js";
import { copyValue } from "../spaces/copy-value.js";
import type { AutoresetMode } from "./vector-env.js";

/** What a lane's snapshot holds beside the environment's own. */
interface LaneState {
  readonly env: EnvSnapshot;
  readonly ended: boolean;
}

/**
 * An environment that resets itself as the mode says. A step is two calls: `start`, and `settle` with what it resolved to;
 * so that nothing is awaited that need not be.
 */
export class Lane {
  /** Whether the episode has ended and no other has started. */
  ended = false;
  readonly #mode: AutoresetMode;

  constructor(
    readonly env: Env<unknown, unknown, object>,
    mode: AutoresetMode,
  ) {
    this.#mode = mode;
  }

  /** Starts an episode. */
  async reset(options: ResetOptions): Promise<ResetResult<unknown, object>> {
    const result = await this.env.reset(options);
    this.ended = false;
    return result;
  }

  /** Starts a step: of the environment, or in mode `NextStep` after an episode's end, its reset. */
  start(action: unknown): Promise<StepResult<unknown, object>> {
    return this.ended && this.#mode === "NextStep" ? this.env.reset().then(asStep) : this.env.step(action);
  }

  /** Takes the result of `start`; in mode `SameStep` at an episode's end, starts the next one. */
  settle(result: StepResult<unknown, object>): StepResult<unknown, object> | Promise<StepResult<unknown, object>> {
    this.ended = result[2] || result[3];
    return this.ended && this.#mode === "SameStep" ? this.#resetNow(result) : result;
  }

  async #resetNow([last, reward, terminated, truncated, finalInfo]: StepResult<unknown, object>): Promise<
    StepResult<unknown, object>
  > {
    // A copy, in case the environment writes its next observation into the same buffer.
    const finalObs: unknown = copyValue(last);
    const [observation, info] = await this.env.reset();
    this.ended = false;
    return [observation, reward, terminated, truncated, { ...info, finalObs, finalInfo } as Info];
  }

  snapshot(): LaneState {
    return { env: this.env.snapshot(), ended: this.ended };
  }

  restore(state: LaneState): void {
    this.env.restore(state.env);
    this.ended = state.ended;
  }
}

function asStep([observation, info]: ResetResult<unknown, object>): StepResult<unknown, object> {
  return [observation, 0, false, false, info];
}
