/** Vector wrapper: a function of every batch of actions. @module */
import type { Space } from "../../spaces/space.js";
import { checkFunction, wrapperOptions } from "../../wrappers/option-check.js";
import type { VectorEnv } from "../vector-env.js";
import { VectorActionWrapper } from "../vector-wrapper.js";

/** Options of {@link VectorTransformAction}. */
export interface VectorTransformActionOptions<Actions, InnerActions> {
  /** The batch inside for one outside. */
  readonly func: (actions: Actions) => InnerActions;
  /** What `func` takes. @defaultValue the space of the environment inside */
  readonly actionSpace?: Space<Actions> | undefined;
  /** One environment's part of it. @defaultValue the space of one environment inside */
  readonly singleActionSpace?: Space<unknown> | undefined;
}

/** Passes every batch of actions through a function. */
export class VectorTransformAction<Observations, Actions, InnerActions> extends VectorActionWrapper<
  Observations,
  Actions,
  InnerActions
> {
  override readonly actionSpace: Space<Actions>;
  override readonly singleActionSpace: Space<unknown>;
  readonly actions: (actions: Actions) => InnerActions;

  /** @throws {@link InvalidOptionError} when `func` is not a function. */
  constructor(
    env: VectorEnv<Observations, InnerActions>,
    options: VectorTransformActionOptions<Actions, InnerActions>,
  ) {
    const { func, actionSpace, singleActionSpace } = wrapperOptions(env, options, [
      "func",
      "actionSpace",
      "singleActionSpace",
    ]);
    super(env);
    checkFunction("func", func);
    this.actionSpace = actionSpace ?? (env.actionSpace as Space<unknown> as Space<Actions>);
    this.singleActionSpace = singleActionSpace ?? env.singleActionSpace;
    this.actions = func;
  }
}
