/** Wrapper: a picture of every step. @module */
import type { Env, Info, ResetOptions, ResetResult, StepResult } from "../env.js";
import { InvalidOptionError } from "../errors.js";
import { Wrapper } from "../wrapper.js";
import { checkBoolean, wrapperOptions } from "./option-check.js";

/** Options of {@link RenderCollection}. */
export interface RenderCollectionOptions {
  /** Whether `takeFrames` forgets what it gave. @defaultValue true */
  readonly popFrames?: boolean;
  /** Whether `reset` forgets the pictures of the episode before. @defaultValue true */
  readonly resetClean?: boolean;
}

/**
 * Renders after every `reset` and `step` and keeps the pictures for `takeFrames`. `render` shows the present state, as
 * ever; in Gymnasium it is the one that gives the list.
 */
export class RenderCollection<Observation, Action, I extends object = Info> extends Wrapper<Observation, Action, I> {
  readonly #popFrames: boolean;
  readonly #resetClean: boolean;
  #frames: string[] = [];

  /** @throws {@link InvalidOptionError} when the environment has no render mode, or an option is not true or false. */
  constructor(env: Env<Observation, Action, I>, options: RenderCollectionOptions = {}) {
    const { popFrames = true, resetClean = true } = wrapperOptions(env, options, ["popFrames", "resetClean"]);
    super(env, { popFrames, resetClean });
    checkBoolean("popFrames", popFrames);
    checkBoolean("resetClean", resetClean);
    if (env.renderMode === null) {
      throw new InvalidOptionError("env.renderMode", "one of its render modes; pass { renderMode } to make()", null);
    }
    this.#popFrames = popFrames;
    this.#resetClean = resetClean;
  }

  override async reset(options?: ResetOptions): Promise<ResetResult<Observation, I>> {
    const result = await this.env.reset(options);
    if (this.#resetClean) this.#frames = [];
    await this.#collect();
    return result;
  }

  override async step(action: Action): Promise<StepResult<Observation, I>> {
    const result = await this.env.step(action);
    await this.#collect();
    return result;
  }

  /** The pictures so far, the latest last. */
  takeFrames(): string[] {
    const frames = this.#frames;
    this.#frames = this.#popFrames ? [] : [...frames];
    return frames;
  }

  async #collect(): Promise<void> {
    const frame = await this.env.render();
    if (frame !== null) this.#frames.push(frame);
  }

  protected override saveState(): unknown {
    return [...this.#frames];
  }

  protected override loadState(state: readonly string[]): void {
    this.#frames = [...state];
  }
}
