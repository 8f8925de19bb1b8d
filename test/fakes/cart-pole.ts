/** The cart-pole problem as a test environment: physics, bounds and rewards of Gymnasium's CartPole-v1. @module */
import type { Env, EnvMetadata, EnvSnapshot, Info, ResetOptions, ResetResult, StepResult } from "../../src/env.js";
import {
  ClosedError,
  EpisodeEndedError,
  InvalidActionError,
  NotSupportedError,
  ResetNeededError,
  SnapshotMismatchError,
} from "../../src/errors.js";
import { type EnvSpec, register } from "../../src/registration.js";
import { createRng, type Generator, type GeneratorState } from "../../src/rng.js";
import { Box, Discrete } from "../../src/spaces/index.js";

// Barto, Sutton and Anderson, "Neuronlike adaptive elements that can solve difficult learning control problems" (1983),
// with the values of Gymnasium's CartPole-v1: lengths in metres, masses in kilograms, forces in newtons, times in seconds.
const GRAVITY = 9.8;
const CART_MASS = 1.0;
const POLE_MASS = 0.1;
const TOTAL_MASS = POLE_MASS + CART_MASS;
/** Half the pole's length. */
const LENGTH = 0.5;
const POLE_MASS_LENGTH = POLE_MASS * LENGTH;
const FORCE = 10.0;
const TAU = 0.02;
const POSITION_LIMIT = 2.4;
const ANGLE_LIMIT = (12 * 2 * Math.PI) / 360;

const INFO: Info = Object.freeze({});

/** Observation [position, velocity, angle, angular velocity]; action 0 pushes left, 1 right; reward 1 per step. */
export class CartPole implements Env<Float32Array, number> {
  readonly spec: EnvSpec | null = null;
  readonly metadata: EnvMetadata = { renderModes: ["ansi"] };
  readonly observationSpace: Box;
  readonly actionSpace: Discrete = new Discrete(2);
  readonly renderMode: "ansi" | null;
  rng: Generator = createRng(0);
  /** Position, velocity, angle and angular velocity in double precision, or null before the first reset. */
  #state: Float64Array | null = null;
  #hasEnded = false;
  #isClosed = false;

  constructor(options: { readonly renderMode?: "ansi" | null } = {}) {
    const high = [POSITION_LIMIT * 2, Number.POSITIVE_INFINITY, ANGLE_LIMIT * 2, Number.POSITIVE_INFINITY];
    this.observationSpace = new Box(
      high.map((bound) => -bound),
      high,
    );
    this.renderMode = options.renderMode ?? null;
  }

  get unwrapped(): this {
    return this;
  }

  async reset({ seed, options }: ResetOptions = {}): Promise<ResetResult<Float32Array>> {
    if (this.#isClosed) throw new ClosedError("CartPole");
    if (seed !== undefined) this.rng = createRng(seed);
    const { low = -0.05, high = 0.05 } = (options ?? {}) as { readonly low?: number; readonly high?: number };
    this.#state = this.rng.uniform(low, high, 4);
    this.#hasEnded = false;
    return [new Float32Array(this.#state), INFO];
  }

  async step(action: number): Promise<StepResult<Float32Array>> {
    if (this.#isClosed) throw new ClosedError("CartPole");
    if (action !== 0 && action !== 1) throw new InvalidActionError("", "0 or 1", action);
    const state = this.#state;
    if (state === null) throw new ResetNeededError("CartPole");
    if (this.#hasEnded) throw new EpisodeEndedError("CartPole");
    advance(state, action === 1 ? FORCE : -FORCE);
    const terminated = !(Math.abs(state[0]!) <= POSITION_LIMIT && Math.abs(state[2]!) <= ANGLE_LIMIT);
    this.#hasEnded = terminated;
    return [new Float32Array(state), 1, terminated, false, INFO];
  }

  async render(): Promise<string | null> {
    return this.renderMode === null ? null : `cart-pole ${Array.from(this.#state ?? []).join(" ")}`;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  snapshot(): EnvSnapshot {
    if (this.#state === null) throw new NotSupportedError("A snapshot before reset", "Call reset() first.");
    const state = { state: this.#state.slice(), hasEnded: this.#hasEnded, rng: this.rng.state };
    return { of: "CartPole", state };
  }

  restore(snapshot: EnvSnapshot): void {
    if (snapshot.of !== "CartPole") throw new SnapshotMismatchError("CartPole", snapshot.of);
    const saved = snapshot.state as { state: Float64Array; hasEnded: boolean; rng: GeneratorState };
    this.#state = saved.state.slice();
    this.#hasEnded = saved.hasEnded;
    this.rng.state = saved.rng;
  }
}

/** One step of Euler's method, in place. Equations of motion: R. V. Florian, "Correct equations for the dynamics of the cart-pole system" (2007), without friction. */
function advance(state: Float64Array, force: number): void {
  const [x, velocity, angle, angularVelocity] = [state[0]!, state[1]!, state[2]!, state[3]!];
  const cosine = Math.cos(angle);
  const sine = Math.sin(angle);
  const temp = (force + POLE_MASS_LENGTH * (angularVelocity * angularVelocity) * sine) / TOTAL_MASS;
  const angularAcceleration =
    (GRAVITY * sine - cosine * temp) / (LENGTH * (4.0 / 3.0 - (POLE_MASS * (cosine * cosine)) / TOTAL_MASS));
  const acceleration = temp - (POLE_MASS_LENGTH * angularAcceleration * cosine) / TOTAL_MASS;
  state[0] = x + TAU * velocity;
  state[1] = velocity + TAU * acceleration;
  state[2] = angle + TAU * angularVelocity;
  state[3] = angularVelocity + TAU * angularAcceleration;
}

/** Registers the environment as `CartPole-v1`, with Gymnasium's limit of 500 steps. */
export function registerCartPole(): void {
  register({ id: "CartPole-v1", entryPoint: (options) => new CartPole(options), maxEpisodeSteps: 500, force: true });
}
