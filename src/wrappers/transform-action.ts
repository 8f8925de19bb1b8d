/** Wrapper: a function of every action. @module */
import type { Env, Info } from "../env.js";
import type { Space } from "../spaces/space.js";
import { ActionWrapper } from "../wrapper.js";
import { checkFunction, wrapperOptions } from "./option-check.js";

/** Options of {@link TransformAction}. */
export interface TransformActionOptions<Action, InnerAction> {
  /** The action inside for one outside. */
  readonly func: (action: Action) => InnerAction;
  /** What `func` takes. @defaultValue the space of the environment inside */
  readonly actionSpace?: Space<Action> | undefined;
}

/**
 * Passes every action through a function. A spec cannot hold it.
 * @example
 * new TransformAction(env, { func: (action: number) => 1 - action });
 */
export class TransformAction<Observation, Action, InnerAction, I extends object = Info> extends ActionWrapper<
  Observation,
  Action,
  InnerAction,
  I
> {
  override readonly actionSpace: Space<Action>;
  readonly action: (action: Action) => InnerAction;

  /** @throws {@link InvalidOptionError} when `func` is not a function. */
  constructor(env: Env<Observation, InnerAction, I>, options: TransformActionOptions<Action, InnerAction>) {
    const { func, actionSpace } = wrapperOptions(env, options, ["func", "actionSpace"]);
    super(env);
    checkFunction("func", func);
    this.actionSpace = actionSpace ?? (env.actionSpace as Space<unknown> as Space<Action>);
    this.action = func;
  }
}
