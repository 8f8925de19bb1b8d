/** Thousands of copies of one definition on one simulator kernel. @module */
import { SimulatedPlane } from "../backends/simulated-plane.js";
import type { EnvSnapshot } from "../env.js";
import { ClosedError, ResetNeededError, SnapshotMismatchError } from "../errors.js";
import type { EnvSpec } from "../registration.js";
import type { RewardEvaluator } from "../reward/index.js";
import { createRng, type Generator } from "../rng.js";
import { type Box, batchSpace, type MultiDiscrete, type Space } from "../spaces/index.js";
import { resetRequest } from "../vector/reset-request.js";
import { checkAutoresetMode, checkIndex, checkNumEnvs, endedError } from "../vector/vector-checks.js";
import type { AutoresetMode, VectorEnv, VectorResetOptions, VectorStepResult } from "../vector/vector-env.js";
import type { InfraAction } from "./action-codec.js";
import { type CompiledEnv, compile } from "./compile.js";
import type { Configuration } from "./configuration.js";
import type { EnvDefinition } from "./definition.js";
import { type EpisodeOptions, EpisodePlanner } from "./episode-plan.js";
import { Observer, observerBytes } from "./observer.js";
import { checkOwnState, type OwnState } from "./own-state.js";
import { startConfiguration } from "./start-configuration.js";
import { refuseBatch } from "./vector-batch.js";
import { VectorDecisions } from "./vector-decisions.js";
import { type InfraVectorInfos, makeVectorInfos, moveFinal, writeMeasured } from "./vector-infos.js";
import { VectorRows } from "./vector-rows.js";

/** Options of {@link InfraVectorEnv}. */
export interface InfraVectorEnvOptions extends EpisodeOptions {
  /** An integer from 1. */
  readonly numEnvs: number;
  /** When an environment whose episode has ended is reset. @defaultValue "NextStep" */
  readonly autoresetMode?: AutoresetMode;
  readonly spec?: EnvSpec;
}

interface VectorState extends OwnState {
  readonly ended: number;
}

/** N copies of a definition in lockstep; ended ones are reset as `autoresetMode` says. */
export class InfraVectorEnv implements VectorEnv<Float32Array, Int32Array | Float32Array, InfraVectorInfos> {
  readonly spec: EnvSpec | null;
  readonly numEnvs: number;
  readonly autoresetMode: AutoresetMode;
  readonly definition: EnvDefinition;
  readonly singleObservationSpace: Box;
  readonly singleActionSpace: Space<InfraAction>;
  readonly observationSpace: Space<Float32Array>;
  readonly actionSpace: Space<Int32Array | Float32Array>;
  readonly #compiled: CompiledEnv;
  readonly #plane: SimulatedPlane;
  readonly #planner: EpisodePlanner;
  readonly #rewards: RewardEvaluator;
  readonly #rngs: Generator[];
  readonly #decisions: VectorDecisions;
  readonly #steps: Int32Array;
  readonly #lengths: Int32Array;
  readonly #ended: Uint8Array;
  readonly #observer: Observer;
  readonly #penalty: number;
  #phase: "new" | "running" | "closed" = "new";

  /** @throws InvalidDefinitionError, InvalidOptionError, WorkloadNotFoundError, InvalidTraceError */
  constructor(definition: EnvDefinition, options: InfraVectorEnvOptions) {
    const { numEnvs, autoresetMode = "NextStep" } = options;
    checkNumEnvs(numEnvs);
    checkAutoresetMode(autoresetMode);
    const compiled = compile(definition);
    const { codec, prepared, world } = compiled;
    this.numEnvs = numEnvs;
    this.autoresetMode = autoresetMode;
    this.definition = definition;
    this.spec = options.spec ?? null;
    this.#compiled = compiled;
    this.#planner = new EpisodePlanner(definition, options);
    const kind = world.simulation.model ?? "fluid";
    const room = observerBytes(compiled.featureTable, numEnvs);
    this.#plane = new SimulatedPlane({ ...world, model: prepared.model, numEnvs, kind, room }, prepared.program);
    this.#observer = new Observer(compiled.featureTable, this.#plane.memory, this.#plane.values, numEnvs);
    this.singleObservationSpace = compiled.makeObservationSpace();
    this.singleActionSpace = codec.makeSpace();
    this.observationSpace = batchSpace(this.singleObservationSpace, numEnvs);
    this.actionSpace = batchSpace(this.singleActionSpace as Box | MultiDiscrete, numEnvs);
    this.#rewards = definition.reward.evaluator(numEnvs);
    this.#rngs = [];
    this.#decisions = new VectorDecisions(compiled, this.#plane, numEnvs);
    this.#steps = new Int32Array(numEnvs);
    this.#lengths = new Int32Array(numEnvs);
    this.#ended = new Uint8Array(numEnvs);
    this.#penalty = definition.invalidAction === "error" ? 0 : definition.invalidAction.penaltyUsd;
  }

  async reset(request: VectorResetOptions = {}): Promise<[observations: Float32Array, infos: InfraVectorInfos]> {
    if (this.#phase === "closed") throw new ClosedError(this.#name);
    const { seeds, mask, options } = resetRequest(request, this.numEnvs);
    const configuration = startConfiguration(this.#compiled, options);
    for (let env = 0; env < this.numEnvs; env++) {
      if (mask?.[env] === 0) continue;
      const given = seeds[env];
      if (given !== undefined) this.#rngs[env] = createRng(given);
      else this.#rngs[env] ??= createRng();
      this.#start(env, false, configuration, given);
      this.#ended[env] = 0;
    }
    if (!this.#lengths.includes(0)) this.#phase = "running";
    const infos = this.#newInfos(mask);
    this.#decisions.writeMasks(infos.actionMask);
    return [this.#observe(), infos];
  }

  async step(actions: Int32Array | Float32Array): Promise<VectorStepResult<Float32Array, InfraVectorInfos>> {
    if (this.#phase === "closed") throw new ClosedError(this.#name);
    if (this.#phase === "new") throw new ResetNeededError(this.#name);
    if (this.autoresetMode === "Disabled" && this.#ended.includes(1)) {
      throw endedError(this.#name, this.#ended.indexOf(1));
    }
    if (!this.actionSpace.contains(actions)) refuseBatch(this, actions);
    const { numEnvs } = this;
    // An error must leave all as they were, so that all actions are judged before the first is carried out.
    if (this.definition.invalidAction === "error") this.#decisions.check(actions, this.#ended);
    const infos = this.#newInfos();
    const starting = this.#ended.slice();
    for (let env = 0; env < numEnvs; env++) {
      if (starting[env] === 1) this.#start(env, true, this.#compiled.configurations.initial);
    }
    this.#decisions.carryOut(actions, infos.refused, starting);
    this.#plane.advance(starting);
    this.#count(starting);
    writeMeasured(infos, this.#plane.measurement, this.definition.objective.targetSeconds, starting, this.#ended);
    const rewards = this.#reward(infos, starting);
    const observations = this.#observe();
    this.#decisions.writeMasks(infos.actionMask);
    const truncations = this.#ended.slice();
    if (this.autoresetMode !== "SameStep" || !truncations.includes(1)) {
      return [observations, rewards, new Uint8Array(numEnvs), truncations, infos];
    }
    const last = moveFinal(infos, observations, truncations);
    for (let env = 0; env < numEnvs; env++) {
      if (truncations[env] === 1) this.#start(env, false, this.#compiled.configurations.initial);
    }
    this.#ended.fill(0);
    this.#decisions.writeMasks(infos.actionMask);
    return [this.#observe(), rewards, new Uint8Array(numEnvs), truncations, { ...infos, ...last }];
  }

  async close(): Promise<void> {
    this.#phase = "closed";
  }

  /** The same as `close`. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  snapshot(index: number): EnvSnapshot {
    this.#checkIndex(index);
    const features = this.#compiled.features.length;
    const { values, stride } = this.#plane;
    const own: VectorState = {
      slots: this.#decisions.configurations[index]!.slots.slice(),
      step: this.#steps[index]!,
      steps: this.#lengths[index]!,
      ended: this.#ended[index]!,
      last: this.#observer.last.slice(index * features, (index + 1) * features),
      raw: Float64Array.from({ length: features }, (_, f) => values[f * stride + index]!),
      rng: this.#rngs[index]!.state,
      reward: this.#rewards.snapshot(index),
      profile: this.definition.promqlProfile,
    };
    return { of: this.#name, state: { own, plane: this.#plane.snapshot(index) } };
  }

  restore(index: number, { of, state }: EnvSnapshot): void {
    this.#checkIndex(index);
    if (of !== this.#name) throw new SnapshotMismatchError(this.#name, of);
    const { own, plane } = state as { own: VectorState; plane: Parameters<SimulatedPlane["restore"]>[1] };
    const { controls, features } = this.#compiled;
    checkOwnState(this.#name, own, controls.length, features.length, this.definition.promqlProfile);
    const { values, stride } = this.#plane;
    this.#plane.restore(index, plane);
    const { totalCostUsd } = this.#plane.measurement.at(index, false);
    this.#decisions.take(index, this.#compiled.configurations.at(own.slots), totalCostUsd);
    this.#steps[index] = own.step;
    this.#lengths[index] = own.steps;
    this.#ended[index] = own.ended;
    this.#observer.last.set(own.last, index * own.last.length);
    for (let f = 0; f < own.raw.length; f++) values[f * stride + index] = own.raw[f]!;
    this.#rewards.restore(own.reward, index);
    this.#rngs[index]!.state = own.rng;
  }

  /** The rows as policies and judges see them; a new object each time. Autoreset must be left to `NextStep` or `Disabled`. @internal */
  rows(): VectorRows {
    return new VectorRows(this.#compiled, this.#plane, this.#decisions, this.#ended);
  }

  /** `<WebService-v0 × 64>` */
  toString(): string {
    return `<${this.definition.id} × ${this.numEnvs}>`;
  }

  get #name(): string {
    return `${this.definition.id} (vector)`;
  }

  /** The observations of all: float32 of shape [numEnvs, features]; the caller owns them. */
  #observe(): Float32Array {
    return this.#observer.observe();
  }

  #start(env: number, withNext: boolean, configuration: Configuration, seed?: bigint): void {
    const episode = this.#planner.next(this.#rngs[env]!, seed);
    const started = { seed: episode.seed, series: episode.series, state: configuration.state };
    if (withNext) this.#plane.resetWithNext(env, started);
    else this.#plane.reset(env, started);
    this.#decisions.take(env, configuration, 0);
    this.#steps[env] = 0;
    this.#lengths[env] = episode.steps;
    this.#rewards.reset(env);
    const features = this.#compiled.features.length;
    this.#observer.last.set(this.#compiled.featureTable.first, env * features);
  }

  /** Counts the step, for all that were not starting. */
  #count(starting: Uint8Array): void {
    const { totalCostUsd } = this.#plane.measurement.columns;
    const { spentUsd } = this.#decisions;
    for (let env = 0; env < this.numEnvs; env++) {
      this.#ended[env] = 0;
      if (starting[env] === 1) continue;
      const step = this.#steps[env]! + 1;
      this.#steps[env] = step;
      this.#ended[env] = step >= this.#lengths[env]! ? 1 : 0;
      spentUsd[env] = totalCostUsd[env]!;
    }
  }

  #reward({ refused }: InfraVectorInfos, starting: Uint8Array): Float64Array {
    const rewards = new Float64Array(this.numEnvs);
    const { measurement } = this.#plane;
    for (let env = 0; env < rewards.length; env++) {
      if (starting[env] === 1) continue;
      const value = this.#rewards.evaluate(measurement.at(env, this.#ended[env] === 1), env);
      rewards[env] = value - (refused[env] === 1 ? this.#penalty : 0);
    }
    return rewards;
  }

  /** All zero, the action masks too. */
  #newInfos(given: Uint8Array | null = null): InfraVectorInfos {
    const width = this.#compiled.codec.sizes.reduce((sum, size) => sum + size, 0);
    return makeVectorInfos(this.numEnvs, width, given);
  }

  #checkIndex(index: number): void {
    if (this.#phase === "closed") throw new ClosedError(this.#name);
    if (this.#phase === "new") throw new ResetNeededError(this.#name);
    checkIndex(index, this.numEnvs);
  }
}
