/** The way of a step through neighbouring wrappers, who share one promise. @module */
import type { Env, StepResult } from "./env.js";

type AnyEnv = Env<unknown, unknown, object>;
type AnyResult = StepResult<unknown, object>;

/** A wrapper that changes actions, and how: by `beforeStep`, or as a wrapper of actions by `action` alone. */
export interface ActionHook {
  readonly wrapper: {
    beforeStep(action: unknown): unknown;
    action(action: unknown): unknown;
  };
  readonly change: "action" | "any";
}

/** A wrapper that changes results, and what of them: the observation or the reward alone, or what it likes. */
export interface ResultHook {
  readonly wrapper: {
    afterStep(result: AnyResult): AnyResult;
    observation(observation: unknown): unknown;
    reward(reward: number): number;
  };
  readonly change: "observation" | "reward" | "any";
}

/** What a step goes through: the hooks of neighbouring wrappers, around the first environment that steps in its own way. */
export class StepPath {
  readonly env: AnyEnv;
  readonly #before: readonly ActionHook[];
  readonly #after: readonly ResultHook[];

  /**
   * @param before - The outermost wrapper first.
   * @param after - The innermost wrapper first.
   */
  constructor(env: AnyEnv, before: readonly ActionHook[], after: readonly ResultHook[]) {
    this.env = env;
    this.#before = before;
    this.#after = after;
  }

  /** A step of `env` with all hooks; what one of them throws rejects it. */
  step(action: unknown): Promise<AnyResult> {
    try {
      const result = this.env.step(this.takeAction(action));
      return this.#after.length === 0 ? result : result.then(this.takeResult);
    } catch (error) {
      return Promise.reject(error);
    }
  }

  /** The action inside for one outside. */
  takeAction(action: unknown): unknown {
    const before = this.#before;
    let inner = action;
    for (let i = 0; i < before.length; i++) {
      const { wrapper, change } = before[i]!;
      inner = change === "action" ? wrapper.action(inner) : wrapper.beforeStep(inner);
    }
    return inner;
  }

  /** The result outside for one inside. Stored, as a new function for every step would cost more than the hooks. */
  readonly takeResult = (result: AnyResult): AnyResult => {
    const after = this.#after;
    let outer = result;
    // Wrappers of observations and of rewards share one new result, and are asked directly: two thirds of the cost of a hook.
    let own: AnyResult | null = null;
    for (let i = 0; i < after.length; i++) {
      const { wrapper, change } = after[i]!;
      if (change === "any") {
        outer = wrapper.afterStep(outer);
        own = null;
        continue;
      }
      if (own === null) outer = own = [outer[0], outer[1], outer[2], outer[3], outer[4]];
      if (change === "observation") own[0] = wrapper.observation(own[0]);
      else own[1] = wrapper.reward(own[1]);
    }
    return outer;
  };
}
