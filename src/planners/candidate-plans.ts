/** Plans worth trying: demand followed at several utilizations, and deviations from that in the first step. Sizes and other choices are held. @module */
import type { CompiledEnv } from "../envs/compile.js";
import { visitsOf } from "../simulator/core-model.js";
import { workFactor } from "../simulator/daily-swing.js";
import type { DesiredState } from "../simulator/model.js";
import type { RolloutPlan } from "./rollouts.js";

/** Desired values of all controls, in order, in each step of a plan. */
export type ControlPlan = readonly (readonly number[])[];

/** Utilizations at which the expected demand is followed. */
const UTILIZATIONS = [0.7, 0.78, 0.85, 0.92] as const;
/** From which the first step deviates. */
const FOLLOWED = 0.85;
/** How far a count deviates in the first step. */
const DEVIATIONS = [-2, -1, 0, 1, 2, 3, 4] as const;
/** A count falls to the greatest wish of these steps. */
const STEPS_HELD = 3;

/** Makes plans for one definition. */
export class CandidatePlans {
  readonly #compiled: CompiledEnv;
  readonly #visits: Float64Array;
  /** Steps from a wish to a replica that serves. */
  readonly #lead: number;
  readonly #states = new Map<string, DesiredState>();

  constructor(compiled: CompiledEnv) {
    const { model } = compiled.prepared;
    const { bootScale, createSeconds, healthCheckSeconds } = model.lifecycle;
    this.#compiled = compiled;
    this.#visits = visitsOf(model);
    this.#lead = Math.ceil((createSeconds[1] * bootScale + healthCheckSeconds) / compiled.definition.stepSeconds);
  }

  /**
   * The same number of plans every time.
   *
   * @param present - Desired values now, in the order of the controls.
   * @param rates - Expected in each step. Unit: requests per second.
   */
  make(present: readonly number[], rates: Float64Array, timeSeconds: number): ControlPlan[] {
    const { controls, tierOf, prepared } = this.#compiled;
    const plans = UTILIZATIONS.map((utilization) => this.#follow(present, rates, timeSeconds, utilization));
    const base = this.#follow(present, rates, timeSeconds, FOLLOWED);
    controls.forEach(({ kind, min, size }, c) => {
      const tier = prepared.model.tiers[tierOf[c]!];
      const clamp = (value: number): number => Math.min(min + size - 1, Math.max(min, value));
      if (kind !== "count" || tier === undefined) return;
      for (const change of DEVIATIONS) plans.push([base[0]!.with(c, clamp(present[c]! + change)), ...base.slice(1)]);
    });
    return plans;
  }

  /** What a plan asks of the simulator. */
  statesOf(plan: ControlPlan): RolloutPlan {
    return plan.map((values) => this.stateOf(values));
  }

  /** The state that desired values stand for; one object for equal values. */
  stateOf(values: readonly number[]): DesiredState {
    const key = values.join();
    const known = this.#states.get(key);
    if (known !== undefined) return known;
    const { controls, configurations } = this.#compiled;
    const { state } = configurations.at(Int32Array.from(values, (value, c) => value - controls[c]!.min));
    this.#states.set(key, state);
    return state;
  }

  #follow(present: readonly number[], rates: Float64Array, timeSeconds: number, utilization: number): number[][] {
    const { controls } = this.#compiled;
    const columns = controls.map(({ kind, min, size }, c) => {
      if (kind !== "count") return null;
      const demands = this.#demandOf(c, present, rates, timeSeconds);
      if (demands === null) return null;
      return Array.from(rates, (_, step) => {
        const around = demands.slice(Math.max(0, step - STEPS_HELD), step + this.#lead + 1);
        return Math.min(min + size - 1, Math.max(min, Math.ceil(Math.max(...around) / utilization - 1e-9)));
      });
    });
    return Array.from(rates, (_, step) => controls.map((_, c) => columns[c]?.[step] ?? present[c]!));
  }

  /** Work that comes in each step. Unit: replicas of the present size; null for a control that is of no tier. */
  #demandOf(c: number, present: readonly number[], rates: Float64Array, timeSeconds: number): number[] | null {
    const { tierOf, prepared, definition } = this.#compiled;
    const t = tierOf[c]!;
    const tier = prepared.model.tiers[t];
    if (tier === undefined) return null;
    const { slots } = tier.sizes[this.stateOf(present).sizes[t]!]!;
    return Array.from(rates, (rate, step) => {
      const time = timeSeconds + (step + 0.5) * definition.stepSeconds;
      const work = tier.serviceTimeSeconds * (tier.dailySwing === null ? 1 : workFactor(tier.dailySwing, time));
      return (rate * this.#visits[t]! * work) / slots;
    });
  }
}
