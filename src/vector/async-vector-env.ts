/** Environments of any kind in worker threads. @module */
import type { EnvSnapshot, ResetOptions } from "../env.js";
import { CallOrderError, InvalidActionError, SnapshotMismatchError } from "../errors.js";
import type { EnvSpec } from "../registration.js";
import { copyValue } from "../spaces/copy-value.js";
import type { Space } from "../spaces/space.js";
import { type AsyncVectorEnvOptions, checkAsyncOptions } from "./async-options.js";
import { batchInfos } from "./batch-infos.js";
import { type BatchLayout, batchLayout } from "./batch-layout.js";
import { CallGuard } from "./call-guard.js";
import { type EnvSource, plainSource } from "./env-source.js";
import { EpisodeFlags } from "./episode-flags.js";
import { makePlain } from "./make-plain.js";
import { resetRequest } from "./reset-request.js";
import { StepQueue, type VectorBatch } from "./step-queue.js";
import type { LaneSnapshot, ThreadCalls, ThreadReset, ThreadStep } from "./thread-protocol.js";
import { checkIndex, picturesOf, valuesForAll } from "./vector-checks.js";
import type { AutoresetMode, VectorEnv, VectorInfos, VectorResetOptions, VectorStepResult } from "./vector-env.js";
import { withVector } from "./vector-spec.js";
import { WorkerPool } from "./worker-pool.js";

/**
 * N environments in worker threads: worth it as soon as a step takes longer than the way to a thread and back, 30 to 80 µs.
 *
 * Environments are made in the threads, so that it takes an id, a spec or a module, and no function.
 * @example
 * await using envs = await AsyncVectorEnv.make("WebService-v0", { numEnvs: 8 });
 * @example
 * const entryPoint = new URL("./web-env.js", import.meta.url); // exports function makeEnv(options)
 * await using envs = await AsyncVectorEnv.make({ entryPoint, options: { size: 3 } }, { numEnvs: 8 });
 */
export class AsyncVectorEnv<Observations = unknown, Actions = unknown> implements VectorEnv<Observations, Actions> {
  readonly spec: EnvSpec | null;
  readonly numEnvs: number;
  readonly autoresetMode: AutoresetMode;
  readonly singleObservationSpace: Space<unknown>;
  readonly singleActionSpace: Space<unknown>;
  readonly observationSpace: Space<Observations>;
  readonly actionSpace: Space<Actions>;
  readonly #name: string;
  readonly #pool: WorkerPool;
  readonly #observationLayout: BatchLayout;
  readonly #actionLayout: BatchLayout;
  readonly #observations: unknown;
  readonly #isShared: boolean;
  readonly #flags: EpisodeFlags;
  readonly #queue: StepQueue;
  readonly #guard: CallGuard;

  /**
   * Starts the threads and makes the environments in them; one more is made here, for its spaces, and closed.
   * @throws {@link InvalidOptionError} when an option is not what it must be, or the source is a function.
   * @throws {@link EnvNotFoundError}, {@link WorkerFailedError}, and what the environment's maker throws.
   */
  static async make<Observations = unknown, Actions = unknown>(
    source: EnvSource,
    options: AsyncVectorEnvOptions,
  ): Promise<AsyncVectorEnv<Observations, Actions>> {
    checkAsyncOptions(options);
    const plain = plainSource(source, options.options);
    const example = await makePlain(plain);
    const { spec, observationSpace, actionSpace } = example;
    await example.close();
    const name = `${spec?.id ?? example.constructor.name} (vector)`;
    const envs = new AsyncVectorEnv<Observations, Actions>({ name, spec, observationSpace, actionSpace }, options, {
      source: plain,
    });
    await envs.#open();
    return envs;
  }

  private constructor(
    example: { name: string; spec: EnvSpec | null; observationSpace: Space<unknown>; actionSpace: Space<unknown> },
    { numEnvs, autoresetMode = "NextStep", sharedMemory = true, ...options }: AsyncVectorEnvOptions,
    { source }: { source: ReturnType<typeof plainSource> },
  ) {
    this.#name = example.name;
    this.spec = withVector(example.spec, { numEnvs, vectorizationMode: "async", autoresetMode });
    this.numEnvs = numEnvs;
    this.autoresetMode = autoresetMode;
    this.singleObservationSpace = example.observationSpace;
    this.singleActionSpace = example.actionSpace;
    this.#observationLayout = batchLayout(example.observationSpace, numEnvs);
    this.#actionLayout = batchLayout(example.actionSpace, numEnvs);
    this.observationSpace = this.#observationLayout.space as Space<Observations>;
    this.actionSpace = this.#actionLayout.space as Space<Actions>;
    this.#isShared = sharedMemory && this.#observationLayout.isShareable;
    this.#observations = this.#observationLayout.create(this.#isShared);
    this.#flags = new EpisodeFlags(example.name, numEnvs, autoresetMode);
    const observations = this.#isShared ? this.#observations : null;
    this.#pool = new WorkerPool({ source, numEnvs, autoresetMode, observations }, options);
    this.#queue = new StepQueue(example.observationSpace, (env, step) => {
      this.#noteStep(env, step);
      return this.#observationLayout.read(this.#observations, env);
    });
    this.#guard = new CallGuard(example.name, () => this.#queue.size);
  }

  async #open(): Promise<void> {
    try {
      await this.#pool.open();
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  async reset(request: VectorResetOptions = {}): Promise<[observations: Observations, infos: VectorInfos]> {
    const { seeds, mask, options } = resetRequest(request, this.numEnvs);
    return this.#guard.run("reset", async () => {
      const resets = seeds.flatMap((seed, env) => {
        if (mask?.[env] === 0) return [];
        const own: ResetOptions = seed === undefined ? { options } : { seed, options };
        return [{ env, options: own }];
      });
      const infos = new Array<object | null>(this.numEnvs).fill(null);
      await this.#pool.callAll("reset", resets, (env, [observation, info]: ThreadReset) => {
        if (!this.#isShared) this.#observationLayout.write(this.#observations, env, observation);
        this.#flags.start(env);
        infos[env] = info;
      });
      return [this.#copyObservations(), batchInfos(infos)];
    });
  }

  /**
   * Steps all environments. Where a worker fails, those of the others have taken the step nevertheless.
   * @throws InvalidActionError, ResetNeededError, EpisodeEndedError, ClosedError, WorkerFailedError, CallOrderError
   */
  async step(actions: Actions): Promise<VectorStepResult<Observations, VectorInfos>> {
    const { numEnvs } = this;
    return this.#guard.run("step", async () => {
      if (!this.actionSpace.contains(actions)) {
        throw new InvalidActionError("", `${numEnvs} actions of ${this.singleActionSpace}`, actions);
      }
      const steps = Array.from({ length: numEnvs }, (_, env) => ({
        env,
        action: this.#actionLayout.read(actions, env),
      }));
      for (const { env } of steps) this.#checkReady(env);
      const rewards = new Float64Array(numEnvs);
      const terminations = new Uint8Array(numEnvs);
      const truncations = new Uint8Array(numEnvs);
      const infos = new Array<object | null>(numEnvs).fill(null);
      await this.#pool.callAll("step", steps, (env, step: ThreadStep) => {
        this.#noteStep(env, step);
        rewards[env] = step[1];
        terminations[env] = step[2] ? 1 : 0;
        truncations[env] = step[3] ? 1 : 0;
        infos[env] = step[4];
      });
      return [this.#copyObservations(), rewards, terminations, truncations, batchInfos(infos)];
    });
  }

  /**
   * Starts a step of some environments and does not wait for it; `receive` gives the results.
   * @param actions - One per environment of `indices`, as a batch of that length or a list.
   * @param indices - Which environments; each must have been received since it was sent last. @defaultValue all
   * @throws InvalidActionError, ResetNeededError, EpisodeEndedError, ClosedError, CallOrderError
   */
  send(actions: unknown, indices: ArrayLike<number> = Array.from({ length: this.numEnvs }, (_, env) => env)): void {
    this.#guard.checkFree("send");
    const envs = Array.from(indices);
    const layout = batchLayout(this.singleActionSpace, envs.length);
    const single = envs.map((env, k) => {
      checkIndex(env, this.numEnvs);
      if (this.#queue.has(env) || envs.indexOf(env) < k) {
        throw new CallOrderError("send", `environment ${env} is under way. Call receive() first.`);
      }
      const action = Array.isArray(actions) ? actions[k] : layout.read(actions, k);
      if (!this.singleActionSpace.contains(action)) {
        throw new InvalidActionError(`[${k}]`, `in ${this.singleActionSpace}`, action);
      }
      this.#checkReady(env);
      return action as unknown;
    });
    for (const [k, env] of envs.entries()) {
      this.#queue.add(env, this.#pool.call(env, "step", [{ env, action: single[k] }]));
    }
  }

  /**
   * The results of the first environments that are ready, of those that were sent.
   * @param count - How many to wait for. @defaultValue all that are under way
   * @throws CallOrderError when fewer are under way; WorkerFailedError, or what an environment threw.
   */
  receive(count: number = this.#queue.size): Promise<VectorBatch<Observations>> {
    return this.#queue.take(count) as Promise<VectorBatch<Observations>>;
  }

  /**
   * Replaces workers that failed. The environments in them are new, and must be reset before the next step.
   * @returns Which environments these are, as a mask for `reset({ options: { resetMask } })`.
   */
  async restart(): Promise<Uint8Array> {
    this.#guard.checkOpen();
    const mask = new Uint8Array(this.numEnvs);
    for (const env of await this.#pool.restart()) {
      mask[env] = 1;
      this.#flags.forget(env);
    }
    return mask;
  }

  async close(): Promise<void> {
    if (this.#guard.close()) await this.#pool.close();
  }

  /** The same as `close`. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async render(): Promise<readonly string[] | null> {
    return picturesOf((await this.call("render")) as readonly (string | null)[]);
  }

  async call(name: string, ...given: readonly unknown[]): Promise<readonly unknown[]> {
    return this.#ofAll("call", (env) => ({ env, name, given }));
  }

  async getAttr(name: string): Promise<readonly unknown[]> {
    return this.#ofAll("get", (env) => ({ env, name }));
  }

  async setAttr(name: string, values: unknown): Promise<void> {
    const all = valuesForAll(values, this.numEnvs);
    await this.#ofAll("set", (env) => ({ env, name, value: all[env] }));
  }

  async snapshot(index: number): Promise<EnvSnapshot> {
    this.#checkUsable(index);
    const lane = await this.#pool.call(index, "snapshot", index);
    const observation = this.#observationLayout.read(this.#observations, index);
    return { of: this.#name, state: { lane, observation: copyValue(observation) } };
  }

  async restore(index: number, { of, state }: EnvSnapshot): Promise<void> {
    this.#checkUsable(index);
    if (of !== this.#name) throw new SnapshotMismatchError(this.#name, of);
    const { lane, observation } = state as { lane: LaneSnapshot; observation: unknown };
    await this.#pool.call(index, "restore", { env: index, state: lane });
    this.#observationLayout.write(this.#observations, index, observation);
    this.#flags.step(index, lane.ended);
  }

  /** `<AsyncVectorEnv<WebService-v0> × 64>` */
  toString(): string {
    return `<AsyncVectorEnv<${this.#name.replace(" (vector)", "")}> × ${this.numEnvs}>`;
  }

  /** One result of each environment. */
  #ofAll<Call extends "call" | "get" | "set">(
    call: Call,
    item: (env: number) => ThreadCalls[Call]["argument"][number],
  ): Promise<readonly unknown[]> {
    return this.#guard.run(call, async () => {
      const results = new Array<unknown>(this.numEnvs);
      const items = Array.from(results, (_, env) => item(env)) as unknown as ThreadCalls[Call]["argument"];
      await this.#pool.callAll(call, items, (env, result: unknown) => {
        results[env] = result;
      });
      return results;
    });
  }

  #noteStep(env: number, [observation, , terminated, truncated]: ThreadStep): void {
    if (!this.#isShared) this.#observationLayout.write(this.#observations, env, observation);
    this.#flags.step(env, terminated || truncated);
  }

  #copyObservations(): Observations {
    return this.#observationLayout.copy(this.#observations) as Observations;
  }

  #checkReady(env: number): void {
    this.#pool.checkAlive(env);
    this.#flags.checkReady(env);
  }

  #checkUsable(index: number): void {
    this.#guard.checkOpen();
    checkIndex(index, this.numEnvs);
    this.#flags.checkStarted(index);
  }
}
