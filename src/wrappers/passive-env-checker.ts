/** Wrapper: looks at the first results of an environment. @module */
import type { Env, Info, ResetOptions, ResetResult, StepResult } from "../env.js";
import { EnvCheckError, InvalidOptionError } from "../errors.js";
import { describeValue } from "../messages.js";
import { Box } from "../spaces/box.js";
import { Dict } from "../spaces/dict.js";
import { explainMismatch } from "../spaces/explain-mismatch.js";
import type { Space } from "../spaces/space.js";
import { Tuple } from "../spaces/tuple.js";
import { nameOf, Wrapper } from "../wrapper.js";
import { wrapperOptions } from "./option-check.js";

/** Options of {@link PassiveEnvChecker}. */
export interface PassiveEnvCheckerOptions {
  /** Takes a sentence about what is suspicious but can be lived with. @defaultValue `process.emitWarning` */
  readonly onWarning?: ((warning: string) => void) | undefined;
}

/**
 * Checks spaces at once, and the first result of `reset`, `step` and `render` each; later ones cost nothing.
 *
 * What is no result at all is an {@link EnvCheckError}; what looks wrong, such as an observation outside its space, is a
 * warning. `checkEnv` of `infra-gym/testing` looks at everything.
 */
export class PassiveEnvChecker<Observation, Action, I extends object = Info> extends Wrapper<Observation, Action, I> {
  readonly #warn: (warning: string) => void;
  #hasReset = false;
  #hasStepped = false;
  #hasRendered = false;

  /** @throws {@link EnvCheckError} when a space is none, or holds no parts. */
  constructor(env: Env<Observation, Action, I>, options: PassiveEnvCheckerOptions = {}) {
    const { onWarning } = wrapperOptions(env, options, ["onWarning"]);
    super(env, onWarning === undefined ? {} : null);
    if (onWarning !== undefined && typeof onWarning !== "function") {
      throw new InvalidOptionError("onWarning", "a function", onWarning);
    }
    this.#warn = onWarning ?? ((warning) => process.emitWarning(warning, { code: "INFRA_GYM_ENV_CHECK" }));
    this.#checkSpace("observationSpace", env.observationSpace as Space<unknown>);
    this.#checkSpace("actionSpace", env.actionSpace as Space<unknown>);
  }

  override reset(options?: ResetOptions): Promise<ResetResult<Observation, I>> {
    if (this.#hasReset) return super.reset(options);
    this.#hasReset = true;
    return super.reset(options).then((result) => {
      this.#require(Array.isArray(result) && result.length === 2, "reset must resolve to [observation, info].");
      this.#checkObservation("reset", result[0]);
      this.#checkInfo("reset", result[1]);
      return result;
    });
  }

  // Not afterStep, so that steps after the first go straight to the environment.
  override step(action: Action): Promise<StepResult<Observation, I>> {
    if (this.#hasStepped) return super.step(action);
    this.#hasStepped = true;
    return super.step(action).then((result) => {
      this.#checkResult(result);
      return result;
    });
  }

  override render(): Promise<string | null> {
    if (this.#hasRendered) return super.render();
    this.#hasRendered = true;
    const { metadata, renderMode } = this.env;
    if (renderMode !== null && !metadata.renderModes.includes(renderMode)) {
      this.#warnOf(`renderMode should be one of metadata.renderModes, got ${describeValue(renderMode)}.`);
    }
    return super.render().then((picture) => {
      const isPicture = renderMode === null ? picture === null : typeof picture === "string";
      if (!isPicture) {
        const expected = renderMode === null ? "null without a render mode" : "a string";
        this.#warnOf(`render should resolve to ${expected}, got ${describeValue(picture)}.`);
      }
      return picture;
    });
  }

  #checkSpace(path: string, space: Space<unknown>): void {
    this.#require(typeof space?.contains === "function", `${path} must be a space, got ${describeValue(space)}.`);
    if (space instanceof Box && Array.from(space.low as ArrayLike<unknown>).some((low, i) => low === space.high[i])) {
      this.#warnOf(`${path} should be able to differ: a lower bound of ${space} equals the upper one.`);
    }
    if (!(space instanceof Dict || space instanceof Tuple)) return;
    const parts = Object.entries(space.spaces as Readonly<Record<string, Space<unknown>>>);
    this.#require(parts.length > 0, `${path} must have at least one part.`);
    for (const [key, part] of parts) this.#checkSpace(`${path}.${key}`, part);
  }

  #checkResult(result: StepResult<Observation, I>): void {
    const isResult = Array.isArray(result) && result.length === 5;
    this.#require(isResult, "step must resolve to [observation, reward, terminated, truncated, info].");
    const [observation, reward, terminated, truncated, info] = result;
    this.#checkObservation("step", observation);
    if (!Number.isFinite(reward))
      this.#warnOf(`step's reward should be a finite number, got ${describeValue(reward)}.`);
    for (const [name, value] of Object.entries({ terminated, truncated })) {
      if (typeof value !== "boolean") this.#warnOf(`step's ${name} should be a boolean, got ${describeValue(value)}.`);
    }
    this.#checkInfo("step", info);
  }

  #checkObservation(method: string, observation: Observation): void {
    const space = this.env.observationSpace as Space<unknown>;
    if (space.contains(observation)) return;
    const mismatch = explainMismatch(space, observation);
    const detail = mismatch === null ? "" : ` Expected observation${mismatch.path} to be ${mismatch.expected}.`;
    this.#warnOf(`${method}'s observation should lie in observationSpace.${detail}`);
  }

  #checkInfo(method: string, info: unknown): void {
    const isObject = typeof info === "object" && info !== null;
    this.#require(isObject, `${method}'s info must be an object, got ${describeValue(info)}.`);
  }

  #require(condition: boolean, issue: string): void {
    if (!condition) throw new EnvCheckError(nameOf(this.env), [issue]);
  }

  #warnOf(issue: string): void {
    this.#warn(`${nameOf(this.env)}: ${issue}`);
  }
}
