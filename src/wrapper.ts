/** Wrappers: environments around an environment, changing a part of what passes through. @module */
import type { Env, EnvMetadata, EnvSnapshot, Info, RenderMode, ResetOptions, ResetResult, StepResult } from "./env.js";
import { InvalidOptionError, SnapshotMismatchError } from "./errors.js";
import type { EnvSpec, WrapperSpec } from "./registration.js";
import type { Generator } from "./rng.js";
import type { Space } from "./spaces/space.js";
import { type ActionHook, type ResultHook, StepPath } from "./step-path.js";

type AnyEnv = Env<unknown, unknown, object>;
/** A wrapper as the way of a step sees it. */
type Hooks = ActionHook["wrapper"] & ResultHook["wrapper"] & Pick<AnyEnv, "step">;

/**
 * An environment around another one that passes everything on; subclasses change what they are for.
 *
 * A subclass that changes a space assigns the field of that name. One that changes steps writes `beforeStep` or
 * `afterStep`, or its own `step` where one step is not one step of the environment inside. One with a state of its own
 * writes `saveState` and `loadState`, so that snapshots hold it. One that gives its options to this constructor can be
 * made again from a spec, once it is known to `registerWrapper`.
 *
 * Neighbouring wrappers without a `step` of their own share one promise per step, as a promise costs more than most of
 * what they do.
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
  readonly unwrapped: Env<unknown, unknown, object>;
  readonly #options: WrapperSpec["options"];
  #spec: EnvSpec | undefined;
  #path: StepPath | undefined;
  #innerPath: StepPath | undefined;

  /** @param options - What the wrapper is made with, as JSON for the spec; null where JSON cannot say it. */
  constructor(env: Env<InnerObservation, InnerAction, InnerInfo>, options: WrapperSpec["options"] = null) {
    checkEnvironment(env);
    this.env = env;
    this.unwrapped = env.unwrapped;
    this.#options = options;
    this.observationSpace = env.observationSpace as Space<unknown> as Space<Observation>;
    this.actionSpace = env.actionSpace as Space<unknown> as Space<Action>;
  }

  /** The inner spec with this wrapper in it, or null where the innermost environment has none. */
  get spec(): EnvSpec | null {
    const { spec } = this.env;
    if (spec !== null) this.#spec ??= Object.freeze(this.extendSpec(spec));
    return this.#spec ?? null;
  }

  get metadata(): EnvMetadata {
    return this.env.metadata;
  }

  get renderMode(): RenderMode | null {
    return this.env.renderMode;
  }

  get rng(): Generator {
    return this.unwrapped.rng;
  }

  reset(options?: ResetOptions): Promise<ResetResult<Observation, I>> {
    return this.env.reset(options) as Promise<ResetResult<unknown, object>> as Promise<ResetResult<Observation, I>>;
  }

  step(action: Action): Promise<StepResult<Observation, I>> {
    this.#path ??= pathOf(this.env as AnyEnv, [this as unknown as Hooks]);
    return this.#path.step(action) as Promise<StepResult<unknown, object>> as Promise<StepResult<Observation, I>>;
  }

  /**
   * Steps of the environment inside, for a wrapper with a `step` of its own: the hooks of the wrappers there then share the
   * promise of that `step`.
   * @internal
   */
  protected get innerPath(): StepPath {
    this.#innerPath ??= pathOf(this.env as AnyEnv, []);
    return this.#innerPath;
  }

  render(): Promise<string | null> {
    return this.env.render();
  }

  close(): Promise<void> {
    return this.env.close();
  }

  /** The same as `close`. */
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

  /** The action inside for one outside; what it throws rejects the step. */
  protected beforeStep(action: Action): InnerAction {
    return action as unknown as InnerAction;
  }

  /** The result outside for one inside. */
  protected afterStep(result: StepResult<InnerObservation, InnerInfo>): StepResult<Observation, I> {
    return result as StepResult<unknown, object> as StepResult<Observation, I>;
  }

  /** The spec of the environment inside with this wrapper added. */
  protected extendSpec(spec: EnvSpec): EnvSpec {
    const own: WrapperSpec = Object.freeze({ name: this.constructor.name, options: this.#options });
    return { ...spec, additionalWrappers: Object.freeze([...(spec.additionalWrappers ?? []), own]) };
  }

  /** What the wrapper itself remembers: plain data. */
  protected saveState(): unknown {
    return null;
  }

  /** Puts back what `saveState` gave. */
  protected loadState(_state: unknown): void {}
}

/** The way of a step through some wrappers and those inside of them, down to the first that has a `step` of its own. */
function pathOf(next: AnyEnv, outer: readonly Hooks[]): StepPath {
  const { step, beforeStep, afterStep } = hooksOf(Wrapper);
  const chain = [...outer];
  let env = next;
  for (; env instanceof Wrapper && env.step === step; env = env.env) chain.push(env as unknown as Hooks);
  const before = chain.filter((wrapper) => wrapper.beforeStep !== beforeStep);
  const after = chain.filter((wrapper) => wrapper.afterStep !== afterStep).reverse();
  return new StepPath(
    env,
    before.map((wrapper) => ({ wrapper, change: changesAction(wrapper) ? "action" : "any" })),
    after.map((wrapper) => ({ wrapper, change: changeOfResult(wrapper) })),
  );
}

function changesAction({ beforeStep }: Hooks): boolean {
  return beforeStep === hooksOf(ActionWrapper).beforeStep;
}

function changeOfResult({ afterStep }: Hooks): ResultHook["change"] {
  if (afterStep === hooksOf(ObservationWrapper).afterStep) return "observation";
  return afterStep === hooksOf(RewardWrapper).afterStep ? "reward" : "any";
}

/** The hooks that a class of wrappers has, which only itself may see. */
function hooksOf(wrapperClass: { readonly prototype: object }): Hooks {
  return wrapperClass.prototype as Hooks;
}

/** @throws {@link InvalidOptionError} when what is to be wrapped is no environment. */
export function checkEnvironment(env: unknown): void {
  if (typeof (env as Partial<AnyEnv> | null | undefined)?.step === "function") return;
  throw new InvalidOptionError("env", "an environment", env);
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

  override reset(options?: ResetOptions): Promise<ResetResult<Observation, I>> {
    return this.env.reset(options).then(this.#onReset);
  }

  readonly #onReset = (result: ResetResult<InnerObservation, I>): ResetResult<Observation, I> => [
    this.observation(result[0]),
    result[1],
  ];

  protected override afterStep(result: StepResult<InnerObservation, I>): StepResult<Observation, I> {
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

  protected override beforeStep(action: Action): InnerAction {
    return this.action(action);
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

  protected override afterStep(result: StepResult<Observation, I>): StepResult<Observation, I> {
    return [result[0], this.reward(result[1]), result[2], result[3], result[4]];
  }
}
