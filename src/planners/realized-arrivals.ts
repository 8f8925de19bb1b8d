/** The requests that come in an episode, tick by tick: known from the seed alone, whatever a policy does. @module */
import type { PlannedEpisode } from "../envs/episode-plan.js";
import { KNOT_SECONDS } from "../loadgen/workload.js";
import { createSimulator } from "../simulator/create-simulator.js";
import type { DesiredState, SimulatorModel } from "../simulator/model.js";
import type { Simulator } from "../simulator/simulator.js";

/** The arrivals of an episode, as the simulator draws them. */
export interface RealizedArrivals {
  /** Requests that came in each tick. */
  readonly counts: Float64Array;
  /** The mean of each tick, by the workload's rate: what the simulator's queues are told. Unit: requests. */
  readonly means: Float64Array;
}

/** Draws arrivals for one model, episode after episode. */
export class ArrivalCounter {
  readonly #simulator: Simulator;
  readonly #model: SimulatorModel;
  readonly #state: DesiredState;

  /** @param state - Any that has a load balancer: arrivals do not depend on it. */
  constructor(model: SimulatorModel, state: DesiredState) {
    this.#model = model;
    this.#state = state;
    this.#simulator = createSimulator(model, 1);
    this.#simulator.demand(Int32Array.of());
  }

  /** @param ticks - How many, from the episode's start. */
  count({ seed, series }: PlannedEpisode, ticks: number): RealizedArrivals {
    const simulator = this.#simulator;
    const { tickSeconds } = this.#model;
    const offered = simulator.rows.offered * simulator.stride;
    const counts = new Float64Array(ticks);
    const means = new Float64Array(ticks);
    simulator.reset(0, { seed, series, state: this.#state });
    for (let tick = 0, before = 0; tick < ticks; tick++) {
      simulator.advance(0, 1, 1);
      const now = simulator.current[offered]!;
      counts[tick] = now - before;
      before = now;
      means[tick] = tickSeconds * rateAt(series.rates, ((tick + 0.5) * tickSeconds) / KNOT_SECONDS);
    }
    return { counts, means };
  }
}

/** As the simulator has it: linear between knots, and on the last line after the last. */
function rateAt(rates: Float32Array, position: number): number {
  const knot = Math.min(rates.length - 2, Math.floor(position));
  const low = rates[knot]!;
  return low + (rates[knot + 1]! - low) * Math.min(1, position - knot);
}
