/** Candidates tried side by side: plans × scenarios on one batch of simulators, with common random numbers. @module */
import { PlaneMeasurement } from "../backends/plane-measurement.js";
import type { CompiledEnv } from "../envs/compile.js";
import { KNOT_SECONDS, type RateSeries } from "../loadgen/workload.js";
import type { RewardEvaluator } from "../reward/index.js";
import { createSimulator } from "../simulator/create-simulator.js";
import { Phase } from "../simulator/fields.js";
import { layoutState, type StateLayout } from "../simulator/layout.js";
import type { DesiredState } from "../simulator/model.js";
import type { Simulator, SimulatorState } from "../simulator/simulator.js";

/** One candidate: what is desired in each step to come. */
export type RolloutPlan = readonly DesiredState[];

/** What {@link Rollouts} begins from. */
export interface RolloutStart {
  readonly state: SimulatorState;
  /** Steps since the state's episode began, and its begin. Unit of the latter: seconds. */
  readonly step: number;
  readonly startSeconds: number;
  /** Of the step before. Unit: requests per second. */
  readonly rate: number;
}

/** Rolls plans out. */
export class Rollouts {
  readonly #compiled: CompiledEnv;
  readonly #horizon: number;
  readonly #scenarios: number;
  readonly #layout: StateLayout;
  readonly #isBilled: boolean;
  #simulator: Simulator | undefined;
  #measurement: PlaneMeasurement | undefined;
  #evaluator: RewardEvaluator | undefined;
  #returns = new Float64Array(0);

  constructor(compiled: CompiledEnv, horizon: number, scenarios: number) {
    this.#compiled = compiled;
    this.#horizon = horizon;
    this.#scenarios = scenarios;
    this.#layout = layoutState(compiled.prepared.model);
    this.#isBilled = compiled.definition.reward.terms.some((term) => term.function === "billedCost");
  }

  /**
   * The mean return of each plan over the scenarios. What minimum charges have paid beyond the horizon for replicas that stay is given back.
   *
   * @param rates - Shape [scenarios, horizon]. Unit: requests per second.
   * @returns Shape [plans]; valid until the next call. Unit: USD.
   */
  evaluate(plans: readonly RolloutPlan[], start: RolloutStart, rates: Float64Array): Float64Array {
    const scenarios = this.#scenarios;
    const count = plans.length * scenarios;
    const simulator = this.#simulatorFor(count);
    const measurement = this.#measurement!;
    const evaluator = this.#evaluator!;
    const { definition, prepared } = this.#compiled;
    const ticks = definition.stepSeconds / prepared.model.tickSeconds;
    const all = Array.from({ length: scenarios }, (_, k) => this.#seriesOf(start, rates, k));
    for (let env = 0; env < count; env++) {
      const series = all[env % scenarios]!;
      simulator.restore(env, { ...start.state, episode: { ...start.state.episode, series } });
      evaluator.reset(env);
    }
    const sums = this.#returns.fill(0);
    for (let step = 0; step < this.#horizon; step++) {
      measurement.begin();
      for (let env = 0; env < count; env++) simulator.desire(env, plans[Math.floor(env / scenarios)]![step]!);
      simulator.advance(0, count, ticks);
      measurement.end();
      for (let env = 0; env < count; env++) {
        sums[Math.floor(env / scenarios)]! += evaluator.evaluate(measurement.at(env, false), env) / scenarios;
      }
    }
    if (this.#isBilled) {
      for (let plan = 0; plan < plans.length; plan++) sums[plan]! += this.#prepaidUsd(simulator, plan * scenarios);
    }
    return sums;
  }

  /** The batch; made anew when more are needed than ever before. */
  #simulatorFor(count: number): Simulator {
    const known = this.#simulator;
    if (known !== undefined && known.numEnvs === count) return known;
    const { definition, prepared } = this.#compiled;
    const simulator = createSimulator(prepared.model, count);
    simulator.demand(Int32Array.of());
    this.#simulator = simulator;
    this.#measurement = new PlaneMeasurement(simulator, definition.stepSeconds);
    this.#evaluator = definition.reward.evaluator(count);
    this.#returns = new Float64Array(count / this.#scenarios);
    return simulator;
  }

  /** Rates at the knots ahead: on lines between the middles of steps. Those of the past are not read again. */
  #seriesOf({ step, startSeconds, rate }: RolloutStart, rates: Float64Array, scenario: number): RateSeries {
    const { stepSeconds } = this.#compiled.definition;
    const horizon = this.#horizon;
    const begin = step * stepSeconds;
    const knots = new Float32Array(Math.ceil((begin + horizon * stepSeconds) / KNOT_SECONDS) + 2);
    const at = (k: number): number => (k < 0 ? rate : rates[scenario * horizon + Math.min(horizon - 1, k)]!);
    for (let knot = Math.floor(begin / KNOT_SECONDS); knot < knots.length; knot++) {
      const position = (knot * KNOT_SECONDS - begin) / stepSeconds - 0.5;
      const below = Math.floor(position);
      knots[knot] = at(below) + (at(below + 1) - at(below)) * (position - below);
    }
    return { startSeconds, rates: knots, announced: new Float32Array(1) };
  }

  #prepaidUsd(simulator: Simulator, env: number): number {
    const { floats, integers } = simulator.snapshot(env);
    const now = simulator.timeOf(env);
    let usd = 0;
    this.#compiled.prepared.model.tiers.forEach(({ sizes }, t) => {
      const { maxReplicas, phase, slotSize, paidUntil } = this.#layout.tiers[t]!;
      for (let slot = 0; slot < maxReplicas; slot++) {
        const life = integers[phase + slot]!;
        const left = floats[paidUntil + slot]! - now;
        if (life === Phase.none || life === Phase.draining || !(left > 0 && left < Infinity)) continue;
        usd += (left / 3600) * sizes[integers[slotSize + slot]!]!.usdPerHour;
      }
    });
    return usd;
  }
}
