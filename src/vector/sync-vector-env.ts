/** Environments of any kind in lockstep, on one thread. @module */
import type { Env, EnvSnapshot } from "../env.js";
import {
  ClosedError,
  InvalidActionError,
  InvalidOptionError,
  ResetNeededError,
  SnapshotMismatchError,
} from "../errors.js";
import type { EnvSpec } from "../registration.js";
import type { Space } from "../spaces/space.js";
import { nameOf } from "../wrapper.js";
import { batchInfos } from "./batch-infos.js";
import { type BatchLayout, batchLayout } from "./batch-layout.js";
import { callAttribute, getAttribute, setAttribute } from "./env-attributes.js";
import { Lane } from "./lane.js";
import { resetRequest } from "./reset-request.js";
import { checkAutoresetMode, checkIndex, endedError, picturesOf, valuesForAll } from "./vector-checks.js";
import type { AutoresetMode, VectorEnv, VectorInfos, VectorResetOptions, VectorStepResult } from "./vector-env.js";
import { withVector } from "./vector-spec.js";

/** Options of {@link SyncVectorEnv}. */
export interface SyncVectorEnvOptions {
  /** When an environment whose episode has ended is reset. @defaultValue "NextStep" */
  readonly autoresetMode?: AutoresetMode;
}

/**
 * N environments in lockstep on the calling thread. Their steps are started together and awaited together, so that
 * environments that wait for something outside wait at the same time.
 *
 * @example
 * await using envs = new SyncVectorEnv([await make("WebService-v0"), await make("WebService-v0")]);
 * const [observations] = await envs.reset({ seed: 1 });
 */
export class SyncVectorEnv<Observations = unknown, Actions = unknown> implements VectorEnv<Observations, Actions> {
  readonly spec: EnvSpec | null;
  readonly numEnvs: number;
  readonly autoresetMode: AutoresetMode;
  readonly singleObservationSpace: Space<unknown>;
  readonly singleActionSpace: Space<unknown>;
  readonly observationSpace: Space<Observations>;
  readonly actionSpace: Space<Actions>;
  /** The environments, in order. */
  readonly envs: readonly Env<unknown, unknown, object>[];
  readonly #lanes: readonly Lane[];
  readonly #observationLayout: BatchLayout;
  readonly #actionLayout: BatchLayout;
  readonly #observations: unknown;
  readonly #isStarted: Uint8Array;
  #needsReset = true;
  #isClosed = false;

  /**
   * @param envs - At least one; new, with equal spaces. They are closed with this one.
   * @throws {@link InvalidOptionError}
   */
  constructor(
    envs: readonly Env<unknown, unknown, object>[],
    { autoresetMode = "NextStep" }: SyncVectorEnvOptions = {},
  ) {
    this.envs = checkEnvs(envs);
    checkAutoresetMode(autoresetMode);
    const first = this.envs[0]!;
    this.numEnvs = envs.length;
    this.autoresetMode = autoresetMode;
    this.spec = withVector(first.spec, { numEnvs: envs.length, vectorizationMode: "sync", autoresetMode });
    this.singleObservationSpace = first.observationSpace;
    this.singleActionSpace = first.actionSpace;
    this.#observationLayout = batchLayout(first.observationSpace, envs.length);
    this.#actionLayout = batchLayout(first.actionSpace, envs.length);
    this.observationSpace = this.#observationLayout.space as Space<Observations>;
    this.actionSpace = this.#actionLayout.space as Space<Actions>;
    this.#observations = this.#observationLayout.create();
    this.#lanes = this.envs.map((env) => new Lane(env, autoresetMode));
    this.#isStarted = new Uint8Array(envs.length);
  }

  async reset(request: VectorResetOptions = {}): Promise<[observations: Observations, infos: VectorInfos]> {
    if (this.#isClosed) throw new ClosedError(this.#name);
    const { seeds, mask, options } = resetRequest(request, this.numEnvs);
    const results = await Promise.all(
      this.#lanes.map((lane, env) => {
        if (mask?.[env] === 0) return null;
        const seed = seeds[env];
        return lane.reset(seed === undefined ? { options } : { seed, options });
      }),
    );
    const infos = results.map((result, env) => {
      if (result === null) return null;
      this.#observationLayout.write(this.#observations, env, result[0]);
      this.#isStarted[env] = 1;
      return result[1];
    });
    this.#needsReset = this.#isStarted.includes(0);
    return [this.#copyObservations(), batchInfos(infos)];
  }

  async step(actions: Actions): Promise<VectorStepResult<Observations, VectorInfos>> {
    this.#checkStep(actions);
    const { numEnvs } = this;
    const lanes = this.#lanes;
    const steps = new Array<ReturnType<Lane["start"]>>(numEnvs);
    for (let env = 0; env < numEnvs; env++) steps[env] = lanes[env]!.start(this.#actionLayout.read(actions, env));
    const results = await Promise.all(steps);
    const rewards = new Float64Array(numEnvs);
    const terminations = new Uint8Array(numEnvs);
    const truncations = new Uint8Array(numEnvs);
    const infos = new Array<object>(numEnvs);
    for (let env = 0; env < numEnvs; env++) {
      const settled = lanes[env]!.settle(results[env]!);
      const result = settled instanceof Promise ? await settled : settled;
      this.#observationLayout.write(this.#observations, env, result[0]);
      rewards[env] = result[1];
      terminations[env] = result[2] ? 1 : 0;
      truncations[env] = result[3] ? 1 : 0;
      infos[env] = result[4];
    }
    return [this.#copyObservations(), rewards, terminations, truncations, batchInfos(infos)];
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await Promise.all(this.envs.map((env) => env.close()));
  }

  /** The same as `close`. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async render(): Promise<readonly string[] | null> {
    if (this.#isClosed) throw new ClosedError(this.#name);
    return picturesOf(await Promise.all(this.envs.map((env) => env.render())));
  }

  async call(name: string, ...given: readonly unknown[]): Promise<readonly unknown[]> {
    if (this.#isClosed) throw new ClosedError(this.#name);
    return Promise.all(this.envs.map((env) => callAttribute(env, name, given)));
  }

  async getAttr(name: string): Promise<readonly unknown[]> {
    if (this.#isClosed) throw new ClosedError(this.#name);
    return this.envs.map((env) => getAttribute(env, name));
  }

  async setAttr(name: string, values: unknown): Promise<void> {
    if (this.#isClosed) throw new ClosedError(this.#name);
    const all = valuesForAll(values, this.numEnvs);
    for (const [i, env] of this.envs.entries()) setAttribute(env, name, all[i]);
  }

  snapshot(index: number): EnvSnapshot {
    this.#checkIndex(index);
    const observation = this.#observationLayout.read(this.#observations, index);
    return { of: this.#name, state: { lane: this.#lanes[index]!.snapshot(), observation } };
  }

  restore(index: number, { of, state }: EnvSnapshot): void {
    this.#checkIndex(index);
    if (of !== this.#name) throw new SnapshotMismatchError(this.#name, of);
    const { lane, observation } = state as { lane: ReturnType<Lane["snapshot"]>; observation: unknown };
    this.#lanes[index]!.restore(lane);
    this.#observationLayout.write(this.#observations, index, observation);
  }

  /** `<SyncVectorEnv<WebService-v0> × 64>` */
  toString(): string {
    return `<SyncVectorEnv<${nameOf(this.envs[0]!)}> × ${this.numEnvs}>`;
  }

  get #name(): string {
    return `${nameOf(this.envs[0]!)} (vector)`;
  }

  #copyObservations(): Observations {
    return this.#observationLayout.copy(this.#observations) as Observations;
  }

  #checkStep(actions: Actions): void {
    if (this.#isClosed) throw new ClosedError(this.#name);
    if (this.#needsReset) throw new ResetNeededError(this.#name);
    if (this.autoresetMode === "Disabled") {
      const ended = this.#lanes.findIndex((lane) => lane.ended);
      if (ended >= 0) throw endedError(this.#name, ended);
    }
    if (!this.actionSpace.contains(actions)) {
      throw new InvalidActionError("", `${this.numEnvs} actions of ${this.singleActionSpace}`, actions);
    }
  }

  #checkIndex(index: number): void {
    if (this.#isClosed) throw new ClosedError(this.#name);
    checkIndex(index, this.numEnvs);
    if (this.#isStarted[index] === 0) throw new ResetNeededError(this.#name);
  }
}

function checkEnvs(envs: readonly Env<unknown, unknown, object>[]): readonly Env<unknown, unknown, object>[] {
  if (!Array.isArray(envs) || envs.length === 0 || envs.some((env) => typeof env?.step !== "function")) {
    throw new InvalidOptionError("envs", "a list of at least one environment", envs);
  }
  const [first] = envs;
  for (const [index, env] of envs.entries()) {
    if (envs.indexOf(env) < index) {
      throw new InvalidOptionError(`envs[${index}]`, "another environment than those before it", env);
    }
    for (const name of ["observationSpace", "actionSpace"] as const) {
      if (env[name].equals(first![name])) continue;
      throw new InvalidOptionError(`envs[${index}].${name}`, `${first![name]}, as that of envs[0]`, env[name]);
    }
  }
  return envs;
}
