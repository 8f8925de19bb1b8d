/** The environment: a definition at work on one backend. @module */
import type { PolicySpec } from "../agents/policy.js";
import type { Backend, BackendSnapshot } from "../backends/backend.js";
import { SimulatedBackend } from "../backends/simulated-backend.js";
import type { Env, EnvMetadata, EnvSnapshot, RenderMode, ResetOptions, ResetResult, StepResult } from "../env.js";
import {
  ClosedError,
  EpisodeEndedError,
  InvalidOptionError,
  ResetNeededError,
  SnapshotMismatchError,
} from "../errors.js";
import type { EnvSpec } from "../registration.js";
import { checkResetOptions } from "../reset-options.js";
import type { RewardEvaluator } from "../reward/index.js";
import { checkSeed, createRng, type Generator, type Seed } from "../rng.js";
import type { Box } from "../spaces/box.js";
import type { Space } from "../spaces/space.js";
import type { InfraAction } from "./action-codec.js";
import { type CompiledEnv, compile } from "./compile.js";
import type { Configuration } from "./configuration.js";
import { type Circumstances, Decision } from "./decision.js";
import type { EnvDefinition } from "./definition.js";
import { type EpisodeOptions, EpisodePlanner } from "./episode-plan.js";
import { observeOne } from "./feature.js";
import type { InfraInfo } from "./info.js";
import { type BackendChoice, makeBackend } from "./make-backend.js";
import { checkOwnState, type OwnState } from "./own-state.js";
import type { PlanningModel } from "./planning-model.js";
import { policySpecOf } from "./policy-spec.js";
import { FrameHistory } from "./render/frame-history.js";
import { pictureOf } from "./render/picture.js";
import { renderSvg } from "./render/render-svg.js";
import { renderText } from "./render/render-text.js";
import { RowSlab } from "./row-slab.js";
import { startConfiguration } from "./start-configuration.js";
import { describeStep, type StepOutcome } from "./step-info.js";

/** Options of {@link InfraEnv}. */
export interface InfraEnvOptions extends EpisodeOptions, BackendChoice {
  /** Seed of the first episode when `reset` gets none. */
  readonly seed?: Seed;
  readonly renderMode?: RenderMode;
  readonly spec?: EnvSpec;
}

type Phase = "new" | "running" | "ended" | "closed";

interface SingleState extends OwnState {
  readonly phase: Phase;
}

/**
 * An environment of a definition.
 *
 * An observation is a new Float32Array with one value per feature, a view of a buffer that it shares with its neighbours: hand on the array or
 * a copy, not its `buffer`. An action is a number for one discrete control, an Int32Array for several,
 * and a Float32Array for continuous ones. Rewards are in USD.
 */
export class InfraEnv<Action extends InfraAction = InfraAction> implements Env<Float32Array, Action, InfraInfo> {
  readonly spec: EnvSpec | null;
  readonly metadata: EnvMetadata = { renderModes: ["ansi", "svg"] };
  readonly renderMode: RenderMode | null;
  readonly observationSpace: Box;
  readonly actionSpace: Space<Action>;
  readonly definition: EnvDefinition;
  readonly backend: Backend;
  readonly #compiled: CompiledEnv;
  readonly #planner: EpisodePlanner;
  readonly #reward: RewardEvaluator;
  readonly #decision: Decision;
  readonly #penalty: number;
  readonly #last: Float32Array;
  readonly #rows: RowSlab;
  #opened: Promise<void> | undefined;
  #rng: Generator | undefined;
  #seed: Seed | undefined;
  #phase: Phase = "new";
  #configuration: Configuration;
  /** Values of the features, as the backend gave them. */
  #raw: Float64Array;
  #step = 0;
  #steps = 0;
  /** The circumstances in which the last observation was made: what the masks beside it allow, the next action may do. */
  #now: Circumstances | undefined;
  #info: InfraInfo | undefined;
  readonly #history = new FrameHistory();

  /** @throws InvalidDefinitionError, InvalidOptionError, WorkloadNotFoundError, InvalidTraceError, TokenError */
  constructor(definition: EnvDefinition, options: InfraEnvOptions = {}) {
    const compiled = compile(definition);
    const { renderMode = null } = options;
    if (renderMode !== null && !this.metadata.renderModes.includes(renderMode)) {
      throw new InvalidOptionError("renderMode", `one of ${this.metadata.renderModes.join(", ")}`, renderMode);
    }
    this.definition = definition;
    this.spec = options.spec ?? null;
    this.renderMode = renderMode;
    this.#compiled = compiled;
    this.#planner = new EpisodePlanner(definition, options);
    this.backend = makeBackend(options, compiled.prepared);
    this.observationSpace = compiled.makeObservationSpace();
    this.actionSpace = compiled.codec.makeSpace() as Space<Action>;
    this.#reward = definition.reward.evaluator();
    this.#decision = new Decision(compiled);
    this.#penalty = definition.invalidAction === "error" ? 0 : definition.invalidAction.penaltyUsd;
    this.#last = new Float32Array(compiled.features.length);
    this.#rows = new RowSlab(compiled.features.length);
    this.#raw = new Float64Array(compiled.features.length);
    this.#configuration = compiled.configurations.initial;
    this.#seed = options.seed === undefined ? undefined : checkSeed(options.seed);
  }

  get unwrapped(): this {
    return this;
  }

  get rng(): Generator {
    this.#rng ??= createRng(this.#seed);
    return this.#rng;
  }

  /** Id of the definition. */
  get id(): string {
    return this.definition.id;
  }

  /** What policies are bound to. */
  get policySpec(): PolicySpec {
    const spec = policySpecOf(this.#compiled, this.observationSpace, this.actionSpace, () => ({
      slots: this.#configuration.slots,
      rules: this.#decision.rules(this.#configuration, this.#circumstances()),
    }));
    if (!(this.backend instanceof SimulatedBackend)) return spec;
    const { workload, split, episode } = this.#planner;
    const model: PlanningModel = { definition: this.definition, workload, split, episode };
    return { ...spec, model };
  }

  /**
   * Starts an episode. Its `options` may hold `controls`: values to start from, by control's name, such as `{ replicas: 6 }`.
   */
  async reset(request?: ResetOptions): Promise<ResetResult<Float32Array, InfraInfo>> {
    if (this.#phase === "closed") throw new ClosedError(this.id);
    const { seed, options = {} } = checkResetOptions(request);
    const given = seed ?? (this.#phase === "new" ? this.#seed : undefined);
    const day = given === undefined ? undefined : checkSeed(given);
    const configuration = startConfiguration(this.#compiled, options);
    this.#opened ??= this.backend.open(this.#compiled.world);
    await this.#opened;
    if (day !== undefined) this.#rng = createRng(day);
    const episode = this.#planner.next(this.rng, day);
    await this.backend.reset({ seed: episode.seed, series: episode.series, graph: configuration.graph });
    this.#configuration = configuration;
    this.#reward.reset();
    this.#last.set(this.#compiled.featureTable.first);
    this.#step = 0;
    this.#steps = episode.steps;
    this.#phase = "running";
    const observation = this.#observe(await this.backend.observe());
    this.#history.clear();
    this.#info = this.#describe(configuration, { measurement: null, refusal: null, penalty: 0 });
    return [observation, this.#info];
  }

  async step(action: Action): Promise<StepResult<Float32Array, InfraInfo>> {
    if (this.#phase !== "running") this.#refuseStep();
    const { backend } = this;
    const from = this.#configuration;
    this.#compiled.codec.check(this.actionSpace, action);
    const { configuration: to, refusal } = this.#decision.make(from, action, 0, this.#now ?? this.#circumstances());
    this.#configuration = to;
    backend.apply(to.graph);
    const advanced = backend.advance();
    if (advanced !== undefined) await advanced;
    const values = backend.observe();
    const observation = this.#observe(values instanceof Float64Array ? values : await values);
    this.#step++;
    const truncated = this.#step >= this.#steps;
    if (truncated) this.#phase = "ended";
    const measurement = backend.measure(truncated);
    const reward = this.#reward.evaluate(measurement);
    const penalty = refusal === null ? 0 : this.#penalty;
    this.#info = this.#describe(from, { measurement, refusal, penalty });
    if (this.renderMode !== null) this.#history.push(this.#info, this.definition.stepSeconds);
    return [observation, reward - penalty, false, truncated, this.#info];
  }

  async render(): Promise<string | null> {
    if (this.renderMode === null || this.#info === undefined) return null;
    const picture = pictureOf(this.id, this.#step, this.#steps, this.#info, this.#history);
    return this.renderMode === "svg" ? renderSvg(picture) : renderText(picture);
  }

  async close(): Promise<void> {
    if (this.#phase === "closed") return;
    this.#phase = "closed";
    await this.backend.close();
  }

  /** The same as `close`. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  snapshot(): EnvSnapshot {
    if (this.#phase === "closed") throw new ClosedError(this.id);
    if (this.#phase === "new") throw new ResetNeededError(this.id);
    const own: SingleState = {
      slots: this.#configuration.slots.slice(),
      step: this.#step,
      steps: this.#steps,
      phase: this.#phase,
      last: this.#last.slice(),
      raw: this.#raw.slice(),
      rng: this.rng.state,
      reward: this.#reward.snapshot(),
      profile: this.definition.promqlProfile,
    };
    return { of: this.id, state: { own, backend: this.backend.snapshot() } };
  }

  restore({ of, state }: EnvSnapshot): void {
    if (this.#phase === "closed") throw new ClosedError(this.id);
    if (of !== this.id) throw new SnapshotMismatchError(this.id, of);
    const { own, backend } = state as { own: SingleState; backend: BackendSnapshot };
    const profile = this.definition.promqlProfile;
    checkOwnState(this.id, own, this.#configuration.slots.length, this.#last.length, profile);
    if (this.#opened === undefined) {
      if (!(this.backend instanceof SimulatedBackend)) throw new ResetNeededError(this.id);
      this.backend.openNow(this.#compiled.world);
      this.#opened = Promise.resolve();
    }
    this.backend.restore(backend);
    this.#configuration = this.#compiled.configurations.at(own.slots);
    this.#step = own.step;
    this.#steps = own.steps;
    this.#phase = own.phase;
    this.#last.set(own.last);
    this.#raw = own.raw.slice();
    this.#reward.restore(own.reward);
    this.rng.state = own.rng;
    this.#now = undefined;
    this.#info = undefined;
    this.#history.clear();
  }

  /** `<WebService-v0>` */
  toString(): string {
    return `<${this.id}>`;
  }

  /** Masks of the action's components now. Shared: do not write to them. */
  actionMasks(): readonly Uint8Array[] {
    const { applying, spentUsd } = this.#now ?? this.#circumstances();
    return this.#decision.masks(this.#configuration, applying, spentUsd).components;
  }

  #circumstances(): Circumstances {
    const { desiredGeneration, appliedGeneration } = this.backend.status();
    const applying = desiredGeneration !== appliedGeneration;
    return { values: this.#raw, stride: 1, env: 0, applying, spentUsd: this.backend.totalCostUsd };
  }

  #describe(from: Configuration, step: StepOutcome): InfraInfo {
    this.#now = this.#circumstances();
    const masks = this.#compiled.codec.continuous ? null : this.actionMasks();
    return describeStep(this.#compiled, this.backend, this.#reward, from, this.#configuration, this.#raw, masks, step);
  }

  #observe(values: Float64Array): Float32Array {
    this.#raw = values;
    return observeOne(this.#compiled.featureTable, values, this.#last, this.#rows.take());
  }

  #refuseStep(): never {
    if (this.#phase === "closed") throw new ClosedError(this.id);
    if (this.#phase === "ended") throw new EpisodeEndedError(this.id);
    throw new ResetNeededError(this.id);
  }
}
