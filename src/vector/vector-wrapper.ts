/** Wrappers of vector environments: the base, and one each for observations, actions and rewards. @module */
import type { EnvSnapshot } from "../env.js";
import { InvalidOptionError, NotSupportedError, SnapshotMismatchError } from "../errors.js";
import type { EnvSpec, WrapperSpec } from "../registration.js";
import type { Space } from "../spaces/space.js";
import { nameOf } from "../wrapper.js";
import type { AutoresetMode, VectorEnv, VectorInfos, VectorResetOptions, VectorStepResult } from "./vector-env.js";

/**
 * A vector environment around another one that passes everything on; subclasses change what they are for.
 *
 * A subclass that changes a space assigns the field of that name, and that of one environment with it. One that remembers
 * something of each environment writes `saveState` and `loadState`, so that snapshots hold it. One that gives its options to
 * this constructor can be made again from a spec, once it is known to `registerVectorWrapper`.
 *
 * @typeParam Observations - Type of a batch of observations outside.
 * @typeParam Actions - Type of a batch of actions outside.
 * @typeParam InnerObservations - Type of a batch of observations of the environment inside.
 * @typeParam InnerActions - Type of a batch of actions of the environment inside.
 */
export abstract class VectorWrapper<Observations, Actions, InnerObservations = Observations, InnerActions = Actions>
  implements VectorEnv<Observations, Actions>
{
  /** The environment inside. */
  readonly env: VectorEnv<InnerObservations, InnerActions>;
  readonly numEnvs: number;
  readonly singleObservationSpace: Space<unknown>;
  readonly singleActionSpace: Space<unknown>;
  readonly observationSpace: Space<Observations>;
  readonly actionSpace: Space<Actions>;
  readonly #options: WrapperSpec["options"];
  #spec: EnvSpec | undefined;

  /** @param options - What the wrapper is made with, as JSON for the spec; null where JSON cannot say it. */
  constructor(env: VectorEnv<InnerObservations, InnerActions>, options: WrapperSpec["options"] = null) {
    if (!Number.isSafeInteger(env?.numEnvs)) throw new InvalidOptionError("env", "a vector environment", env);
    this.env = env;
    this.#options = options;
    this.numEnvs = env.numEnvs;
    this.singleObservationSpace = env.singleObservationSpace;
    this.singleActionSpace = env.singleActionSpace;
    this.observationSpace = env.observationSpace as Space<unknown> as Space<Observations>;
    this.actionSpace = env.actionSpace as Space<unknown> as Space<Actions>;
  }

  /** The inner spec with this wrapper in it, or null where the environments have none. */
  get spec(): EnvSpec | null {
    const { spec } = this.env;
    if (spec !== null) this.#spec ??= this.#extendSpec(spec);
    return this.#spec ?? null;
  }

  get autoresetMode(): AutoresetMode {
    return this.env.autoresetMode;
  }

  reset(options?: VectorResetOptions): Promise<[observations: Observations, infos: VectorInfos]> {
    const result: Promise<[unknown, VectorInfos]> = this.env.reset(options);
    return result as Promise<[Observations, VectorInfos]>;
  }

  step(actions: Actions): Promise<VectorStepResult<Observations, VectorInfos>> {
    const result: Promise<VectorStepResult<unknown, VectorInfos>> = this.env.step(actions as unknown as InnerActions);
    return result as Promise<VectorStepResult<Observations, VectorInfos>>;
  }

  close(): Promise<void> {
    return this.env.close();
  }

  /** @throws {@link NotSupportedError} where the environment inside has no pictures of each. */
  async render(): Promise<readonly string[] | null> {
    return this.#inner("render")();
  }

  /** @throws {@link NotSupportedError} where those inside are no environments of their own. */
  async call(name: string, ...given: readonly unknown[]): Promise<readonly unknown[]> {
    return this.#inner("call")(name, ...given);
  }

  /** @throws {@link NotSupportedError} where those inside are no environments of their own. */
  async getAttr(name: string): Promise<readonly unknown[]> {
    return this.#inner("getAttr")(name);
  }

  /** @throws {@link NotSupportedError} where those inside are no environments of their own. */
  async setAttr(name: string, values: unknown): Promise<void> {
    return this.#inner("setAttr")(name, values);
  }

  /** The same as `close`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** The inner snapshot of one environment together with what the wrapper remembers of it. */
  snapshot(index: number): EnvSnapshot | Promise<EnvSnapshot> {
    const inner = this.env.snapshot(index);
    const own = this.saveState(index);
    return inner instanceof Promise ? inner.then((saved) => this.#join(own, saved)) : this.#join(own, inner);
  }

  restore(index: number, snapshot: EnvSnapshot): void | Promise<void> {
    if (snapshot.of !== this.toString()) throw new SnapshotMismatchError(this.toString(), snapshot.of);
    const { own, inner } = snapshot.state as { readonly own: unknown; readonly inner: EnvSnapshot };
    const restored = this.env.restore(index, inner);
    if (restored instanceof Promise) return restored.then(() => this.loadState(index, own));
    this.loadState(index, own);
  }

  /** Like `<VectorClipReward<WebService-v0 × 64>>`. */
  toString(): string {
    const inner = this.env instanceof VectorWrapper ? `${this.env}` : `<${nameOf(this.env)} × ${this.numEnvs}>`;
    return `<${this.constructor.name}${inner}>`;
  }

  /** A method that not every vector environment has. */
  #inner<Name extends "render" | "call" | "getAttr" | "setAttr">(name: Name): NonNullable<VectorEnv[Name]> {
    const method = this.env[name];
    if (method === undefined) {
      throw new NotSupportedError(
        `${name} of ${nameOf(this.env)} (vector)`,
        'Use vectorizationMode "sync" or "async".',
      );
    }
    return method.bind(this.env) as NonNullable<VectorEnv[Name]>;
  }

  #extendSpec(spec: EnvSpec): EnvSpec {
    const { numEnvs, autoresetMode } = this;
    const vector = spec.vector ?? { numEnvs, autoresetMode, vectorizationMode: null, wrappers: [] };
    const own: WrapperSpec = Object.freeze({ name: this.constructor.name, options: this.#options });
    return Object.freeze({
      ...spec,
      vector: Object.freeze({ ...vector, wrappers: Object.freeze([...vector.wrappers, own]) }),
    });
  }

  #join(own: unknown, inner: EnvSnapshot): EnvSnapshot {
    return { of: this.toString(), state: { own, inner } };
  }

  /** What the wrapper remembers of one environment: plain data. */
  protected saveState(_index: number): unknown {
    return null;
  }

  /** Puts back what `saveState` gave. */
  protected loadState(_index: number, _state: unknown): void {}
}

/** A vector wrapper that changes every observation, those of `infos.finalObs` too. */
export abstract class VectorObservationWrapper<Observations, InnerObservations, Actions> extends VectorWrapper<
  Observations,
  Actions,
  InnerObservations
> {
  /** A batch outside for one inside, which the wrapper now owns. */
  abstract observations(observations: InnerObservations): Observations;
  /** One observation outside for one inside: the last of an episode. */
  abstract finalObservation(observation: unknown): unknown;

  override async reset(options?: VectorResetOptions): Promise<[observations: Observations, infos: VectorInfos]> {
    const [observations, infos] = await this.env.reset(options);
    return [this.observations(observations), infos];
  }

  override async step(actions: Actions): Promise<VectorStepResult<Observations, VectorInfos>> {
    const [observations, rewards, terminations, truncations, infos] = await this.env.step(actions);
    const outer = mapFinalObservations(infos, (observation) => this.finalObservation(observation));
    return [this.observations(observations), rewards, terminations, truncations, outer];
  }
}

/** A vector wrapper that changes every action. */
export abstract class VectorActionWrapper<Observations, Actions, InnerActions> extends VectorWrapper<
  Observations,
  Actions,
  Observations,
  InnerActions
> {
  /** A batch inside for one outside. */
  abstract actions(actions: Actions): InnerActions;

  override async step(actions: Actions): Promise<VectorStepResult<Observations, VectorInfos>> {
    return this.env.step(this.actions(actions));
  }
}

/** A vector wrapper that changes every reward. */
export abstract class VectorRewardWrapper<Observations, Actions> extends VectorWrapper<Observations, Actions> {
  /** A batch outside for one inside, which the wrapper now owns. */
  abstract rewards(rewards: Float64Array): Float64Array;

  override async step(actions: Actions): Promise<VectorStepResult<Observations, VectorInfos>> {
    const result = await this.env.step(actions);
    return [result[0], this.rewards(result[1]), result[2], result[3], result[4]];
  }
}

/** Infos with other final observations; the same ones where there are none. */
export function mapFinalObservations(
  infos: VectorInfos,
  change: (observation: unknown, index: number) => unknown,
): VectorInfos {
  const { finalObs } = infos as { readonly finalObs?: readonly unknown[] };
  if (finalObs === undefined) return infos;
  const changed = finalObs.map((observation, i) => (observation === null ? null : change(observation, i)));
  return { ...infos, finalObs: changed };
}

/** Which environments a call of `reset` starts: 1 for each; null for all. The environment inside has checked it. */
export function resetMaskOf(options: VectorResetOptions | undefined): ArrayLike<unknown> | null {
  return (options?.options?.resetMask as ArrayLike<unknown> | undefined) ?? null;
}
