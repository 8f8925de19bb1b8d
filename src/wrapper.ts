/** Wrappers: environments around an environment, changing a part of what passes through. @module */
import type { Env, EnvMetadata, EnvSnapshot, Info, RenderMode, ResetOptions, ResetResult, StepResult } from "./env.js";
import { SnapshotMismatchError } from "./errors.js";
import type { EnvSpec } from "./registration.js";
import type { Generator } from "./rng.js";
import type { Space } from "./spaces/space.js";

/**
 * An environment around another one that passes everything on; subclasses change what they are for.
 *
 * A subclass that changes a space assigns the field of that name. One with a state of its own writes `saveState` and
 * `loadState`, so that snapshots hold it. A method that changes nothing returns the inner promise, which costs nothing.
 *
 * @typeParam Observation - Type of an observation outside.
 * @typeParam Action - Type of an action outside.
 * @typeParam I - Type of `info` outside.
 * @typeParam InnerObservation - Type of an observation of the environment inside.
 * @typeParam InnerAction - Type of an action of the environment inside.
 * @typeParam InnerInfo - Type of `info` of the environment inside.
 */
export abstract class Wrapper<
  Observation,
  Action,
  I extends object = Info,
  InnerObservation = Observation,
  InnerAction = Action,
  InnerInfo extends object = I,
> implements Env<Observation, Action, I>
{
  /** The environment inside. */
  readonly env: Env<InnerObservation, InnerAction, InnerInfo>;
  readonly observationSpace: Space<Observation>;
  readonly actionSpace: Space<Action>;

  constructor(env: Env<InnerObservation, InnerAction, InnerInfo>) {
    this.env = env;
    this.observationSpace = env.observationSpace as Space<unknown> as Space<Observation>;
    this.actionSpace = env.actionSpace as Space<unknown> as Space<Action>;
  }

  get spec(): EnvSpec | null {
    return this.env.spec;
  }

  get metadata(): EnvMetadata {
    return this.env.metadata;
  }

  get renderMode(): RenderMode | null {
    return this.env.renderMode;
  }

  get rng(): Generator {
    return this.env.rng;
  }

  get unwrapped(): Env<unknown, unknown, object> {
    return this.env.unwrapped;
  }

  reset(options?: ResetOptions): Promise<ResetResult<Observation, I>> {
    return this.env.reset(options) as Promise<ResetResult<unknown, object>> as Promise<ResetResult<Observation, I>>;
  }

  step(action: Action): Promise<StepResult<Observation, I>> {
    const result: Promise<StepResult<unknown, object>> = this.env.step(action as unknown as InnerAction);
    return result as Promise<StepResult<Observation, I>>;
  }

  render(): Promise<string | null> {
    return this.env.render();
  }

  close(): Promise<void> {
    return this.env.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** The inner snapshot together with the wrapper's own state. */
  snapshot(): EnvSnapshot {
    return { of: this.toString(), state: { own: this.saveState(), inner: this.env.snapshot() } };
  }

  restore(snapshot: EnvSnapshot): void {
    if (snapshot.of !== this.toString()) throw new SnapshotMismatchError(this.toString(), snapshot.of);
    const { own, inner } = snapshot.state as { readonly own: unknown; readonly inner: EnvSnapshot };
    this.env.restore(inner);
    this.loadState(own);
  }

  /** Like `<TimeLimit<WebService-v0>>`. */
  toString(): string {
    return `<${this.constructor.name}${this.env instanceof Wrapper ? this.env.toString() : `<${nameOf(this.env)}>`}>`;
  }

  /** What the wrapper itself remembers: plain data. */
  protected saveState(): unknown {
    return null;
  }

  /** Puts back what `saveState` gave. */
  protected loadState(_state: unknown): void {}
}

/** What an environment is called in messages: its id, or its class where it was made by hand. */
export function nameOf(env: { readonly spec: EnvSpec | null }): string {
  return env.spec?.id ?? env.constructor.name;
}

/** A wrapper that changes every observation. */
export abstract class ObservationWrapper<
  Observation,
  InnerObservation,
  Action,
  I extends object = Info,
> extends Wrapper<Observation, Action, I, InnerObservation> {
  /** The observation outside for one inside, which the wrapper now owns. */
  abstract observation(observation: InnerObservation): Observation;

  override async reset(options?: ResetOptions): Promise<ResetResult<Observation, I>> {
    const [observation, info] = await this.env.reset(options);
    return [this.observation(observation), info];
  }

  override async step(action: Action): Promise<StepResult<Observation, I>> {
    const result = await this.env.step(action);
    return [this.observation(result[0]), result[1], result[2], result[3], result[4]];
  }
}

/** A wrapper that changes every action. */
export abstract class ActionWrapper<Observation, Action, InnerAction, I extends object = Info> extends Wrapper<
  Observation,
  Action,
  I,
  Observation,
  InnerAction
> {
  /** The action inside for one outside. */
  abstract action(action: Action): InnerAction;

  override step(action: Action): Promise<StepResult<Observation, I>> {
    try {
      return this.env.step(this.action(action));
    } catch (error) {
      return Promise.reject(error);
    }
  }
}

/** A wrapper that changes every reward. */
export abstract class RewardWrapper<Observation, Action, I extends object = Info> extends Wrapper<
  Observation,
  Action,
  I
> {
  /** The reward outside for one inside. */
  abstract reward(reward: number): number;

  override async step(action: Action): Promise<StepResult<Observation, I>> {
    const result = await this.env.step(action);
    return [result[0], this.reward(result[1]), result[2], result[3], result[4]];
  }
}
