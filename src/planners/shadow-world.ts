/** A simulator that keeps up with an environment by what a policy can see of it: loads and counts. @module */
import type { CompiledEnv } from "../envs/compile.js";
import { KNOT_SECONDS } from "../loadgen/workload.js";
import { createSimulator } from "../simulator/create-simulator.js";
import { Phase, TierInt } from "../simulator/fields.js";
import { layoutState, type StateLayout } from "../simulator/layout.js";
import type { DesiredState } from "../simulator/model.js";
import type { Simulator, SimulatorState } from "../simulator/simulator.js";

/** Steps after which a world whose replicas do not come up as they should is begun anew. */
const PATIENCE = 3;

/**
 * The world as far as it is known. Each step it is told what was desired and what load came; boot times and single arrivals are its own. Where the real count of
 * ready replicas has differed for some steps, it begins anew with that.
 */
export class ShadowWorld {
  readonly #simulator: Simulator;
  readonly #layout: StateLayout;
  readonly #ticksPerStep: number;
  readonly #knotsPerStep: number;
  #rates = new Float32Array(0);
  #startSeconds = 0;
  #step = 0;
  #off = 0;

  constructor({ definition, prepared: { model } }: CompiledEnv) {
    this.#simulator = createSimulator(model, 1);
    this.#simulator.demand(Int32Array.of());
    this.#layout = layoutState(model);
    this.#ticksPerStep = definition.stepSeconds / model.tickSeconds;
    this.#knotsPerStep = definition.stepSeconds / KNOT_SECONDS;
  }

  /** Steps since it was begun. */
  get step(): number {
    return this.#step;
  }

  get startSeconds(): number {
    return this.#startSeconds;
  }

  /** Begins with what is up. @param steps - How long it may last. */
  begin(timeSeconds: number, state: DesiredState, steps: number): void {
    this.#rates = new Float32Array(Math.ceil(steps * this.#knotsPerStep) + 2);
    this.#startSeconds = timeSeconds;
    this.#step = 0;
    this.#off = 0;
    const series = { startSeconds: timeSeconds, rates: this.#rates, announced: new Float32Array(1) };
    this.#simulator.reset(0, { seed: 0n, series, state });
  }

  /** Whether there is room for one more step. */
  get hasRoom(): boolean {
    return (this.#step + 1) * this.#knotsPerStep + 1 < this.#rates.length;
  }

  /** Lives through a step. @param rate - That came in it. Unit: requests per second. */
  follow(desired: DesiredState, rate: number): void {
    const first = Math.floor(this.#step * this.#knotsPerStep);
    const end = Math.ceil((this.#step + 1) * this.#knotsPerStep);
    for (let knot = first; knot <= end; knot++) this.#rates[knot] = rate;
    this.#simulator.desire(0, desired);
    this.#simulator.advance(0, 1, this.#ticksPerStep);
    this.#step++;
  }

  /** Compares itself with the real counts. @param ready - By tier; -1 where it is not known. @returns Whether it should begin anew. */
  isOff(ready: readonly number[]): boolean {
    const { integers } = this.state();
    const differs = ready.some(
      (count, t) => count >= 0 && integers[this.#layout.tiers[t]!.ints + TierInt.byPhase + Phase.ready] !== count,
    );
    this.#off = differs ? this.#off + 1 : 0;
    return this.#off > PATIENCE;
  }

  /** A copy of all there is. */
  state(): SimulatorState {
    return this.#simulator.snapshot(0);
  }
}
