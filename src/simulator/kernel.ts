/** The fast simulator: every tier an M/M/c-like queue with a fluid backlog, ticks of some seconds, N environments at once. @module */
import type { SimulatorModel } from "./model.js";
import { TickedSimulator } from "./ticked-simulator.js";

/**
 * The fluid model. Arrivals are Poisson counts; waiting follows the pointwise stationary fluid flow approximation, which is exact in
 * steady state and keeps a backlog through overload; what happens to requests is their expected share, not a draw.
 *
 * @see W.-P. Wang, D. Tipper, S. Banerjee, "A simple approximation for modeling nonstationary queues", IEEE INFOCOM 1996.
 */
export class Kernel extends TickedSimulator {
  /** @param numEnvs - Number of environments, an integer from 1. */
  constructor(model: SimulatorModel, numEnvs: number) {
    super(model, numEnvs);
  }
}
