/** Policy: model-predictive control, which tries plans in a simulator of its own before every step. @module */
import type { Policy, PolicyInfo, PolicySpec } from "../agents/policy.js";
import { type CompiledEnv, compile } from "../envs/compile.js";
import type { InfraInfo } from "../envs/info.js";
import type { PlanningModel } from "../envs/planning-model.js";
import { InvalidOptionError } from "../errors.js";
import { CandidatePlans } from "./candidate-plans.js";
import { LoadForecaster } from "./load-forecaster.js";
import { LoadSense } from "./load-sense.js";
import { planningModelOf } from "./planning-model-of.js";
import { Rollouts } from "./rollouts.js";
import { ShadowWorld } from "./shadow-world.js";

/** Options of {@link ModelPredictivePolicy}. */
export interface ModelPredictivePolicyOptions {
  /** What results call it. @defaultValue "mpc" */
  readonly name?: string;
  /** Steps that each plan is tried for. An integer from 2 to 60. @defaultValue 8 */
  readonly horizon?: number;
  /** Equally likely loads that each plan is tried with. An integer from 1 to 20. @defaultValue 5 */
  readonly scenarios?: number;
}

/**
 * Knows the model of the world, but no day to come. Before each step it forecasts the load from the last step, the usual day and announcements; tries some dozens of plans on a batch of
 * simulators, all with the same arrivals and boot times; and takes the first action of the best. What it tries from is a simulator that has followed the environment by what can be seen of it.
 *
 * @see D. Bertsekas, "Rollout, Policy Iteration, and Distributed Reinforcement Learning" (2020), ch. 2, for following a rule after the first action
 * @example
 * const { results } = await runBenchmark({ env: "WebService-v0", policies: ["expert.json", "mpc", "oracle"], seeds: [0, 1] });
 */
export class ModelPredictivePolicy implements Policy {
  readonly name: string;
  readonly kind = "rule" as const;
  readonly #horizon: number;
  readonly #scenarios: number;
  #bound: Bound | undefined;

  /** @throws InvalidOptionError */
  constructor({ name = "mpc", horizon = 8, scenarios = 5 }: ModelPredictivePolicyOptions = {}) {
    check("horizon", horizon, 2, 60);
    check("scenarios", scenarios, 1, 20);
    this.name = name;
    this.#horizon = horizon;
    this.#scenarios = scenarios;
  }

  /** @throws PolicyMismatchError when the environment is not simulated */
  bind(spec: PolicySpec): void {
    const model = planningModelOf(this.name, spec);
    const compiled = compile(model.definition);
    const sense = new LoadSense(spec);
    this.#bound = {
      spec,
      model,
      compiled,
      sense,
      shadow: new ShadowWorld(compiled),
      plans: new CandidatePlans(compiled),
      forecaster: new LoadForecaster(model, this.#horizon, this.#scenarios, sense.aheadSeconds),
      rollouts: new Rollouts(compiled, this.#horizon, this.#scenarios),
      rates: new Float64Array(this.#scenarios * this.#horizon),
      isNew: true,
    };
  }

  reset(): void {
    const bound = this.#bound!;
    bound.isNew = true;
    bound.sense.reset();
  }

  act(_observation: unknown, info: PolicyInfo): unknown {
    const bound = this.#bound!;
    const { spec, shadow, plans, forecaster, rollouts, sense, rates } = bound;
    const present = spec.controls.map(({ name }) => info.controls[name]!.desired);
    const reading = sense.read(info as InfraInfo, () => forecaster.usualAt(info.timeSeconds));
    this.#keepUp(bound, present, info, reading.rate);
    forecaster.forecast(reading, rates);
    const tried = plans.make(present, this.#expected(rates), info.timeSeconds);
    const { step, startSeconds } = shadow;
    const start = { state: shadow.state(), step, startSeconds, rate: reading.rate };
    const returns = rollouts.evaluate(
      tried.map((plan) => plans.statesOf(plan)),
      start,
      rates,
    );
    const best = returns.indexOf(Math.max(...returns));
    return spec.encode(tried[best]![0]!, info);
  }

  /** Lets the shadow live through the last step, or begins it. */
  #keepUp(bound: Bound, present: readonly number[], info: PolicyInfo, rate: number): void {
    const { spec, shadow, plans, compiled, model } = bound;
    const { stepSeconds, episodeSeconds } = model.definition;
    const steps = Math.ceil(episodeSeconds / stepSeconds);
    if (bound.isNew) {
      shadow.begin(info.timeSeconds, plans.stateOf(present), steps);
      bound.isNew = false;
      return;
    }
    if (shadow.hasRoom) shadow.follow(plans.stateOf(present), rate);
    const ready = compiled.prepared.model.tiers.map((_, t) => {
      const c = spec.controls.findIndex(({ kind }, k) => kind === "count" && compiled.tierOf[k] === t);
      return c < 0 ? -1 : info.controls[spec.controls[c]!.name]!.current;
    });
    if (!shadow.isOff(ready) && shadow.hasRoom) return;
    const current = spec.controls.map(({ name, min, max }, c) =>
      Math.min(max, Math.max(min, info.controls[name]?.current ?? present[c]!)),
    );
    shadow.begin(info.timeSeconds, plans.stateOf(current), steps);
  }

  /** The mean of the scenarios, by step. */
  #expected(rates: Float64Array): Float64Array {
    const horizon = this.#horizon;
    return Float64Array.from({ length: horizon }, (_, step) => {
      let sum = 0;
      for (let k = 0; k < this.#scenarios; k++) sum += rates[k * horizon + step]!;
      return sum / this.#scenarios;
    });
  }
}

interface Bound {
  readonly spec: PolicySpec;
  readonly model: PlanningModel;
  readonly compiled: CompiledEnv;
  readonly sense: LoadSense;
  readonly shadow: ShadowWorld;
  readonly plans: CandidatePlans;
  readonly forecaster: LoadForecaster;
  readonly rollouts: Rollouts;
  readonly rates: Float64Array;
  isNew: boolean;
}

function check(option: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new InvalidOptionError(option, `an integer from ${least} to ${most}`, value);
}
