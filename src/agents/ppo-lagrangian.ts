/** PPO-Lagrangian: PPO under a constraint. @module */
import type { VectorEnv } from "../vector/index.js";
import type { Metrics } from "./learner.js";
import { type ConstraintOptions, CostChannel } from "./learning/cost-channel.js";
import { OnPolicyLearner } from "./learning/on-policy-learner.js";
import type { OnPolicyOptions } from "./learning/on-policy-options.js";
import { checkNumber } from "./learning/option-check.js";
import type { ReturnScaleState } from "./learning/return-scale.js";
import { PPO_DEFAULTS } from "./ppo.js";

/** Options of {@link PPOLagrangian}. */
export interface PPOLagrangianOptions extends OnPolicyOptions, Partial<ConstraintOptions> {
  /** The multiplier at the start, at least 0. @defaultValue 1 */
  readonly lagrangianInit?: number;
  /** How far it moves per update, times the relative excess of the cost, at most 1. @defaultValue 0.05 */
  readonly lagrangianLr?: number;
}

const DEFAULTS = Object.freeze({
  ...PPO_DEFAULTS,
  costKey: "violations",
  perKey: "arrivals",
  costLimit: 0.01,
  lagrangianInit: 1,
  lagrangianLr: 0.05,
});

/** A multiplier beyond it says that the constraint cannot be met. */
const MOST = 100;

/**
 * Maximizes the return while a cost stays below a limit: advantages are those of the reward minus λ times those of the cost,
 * over 1 + λ, and λ rises while the cost is above its limit.
 *
 * With its defaults at most 1 % of the requests may be late or lost.
 * @see A. Ray, J. Achiam and D. Amodei, "Benchmarking Safe Exploration in Deep Reinforcement Learning" (2019)
 */
export class PPOLagrangian extends OnPolicyLearner {
  readonly #channel: CostChannel;
  readonly #limit: number;
  readonly #rate: number;
  #multiplier: number;
  #cost = 0;

  /** @throws PolicyMismatchError, InvalidOptionError, NotSupportedError */
  constructor(env: VectorEnv<unknown, unknown, object>, options: PPOLagrangianOptions = {}) {
    const filled = { ...DEFAULTS, ...options };
    const channel = new CostChannel(filled, env.numEnvs, filled.gamma);
    super("PPO-Lagrangian", env, options, DEFAULTS, [(stream, into) => channel.read(stream, into)]);
    checkNumber("costLimit", filled.costLimit, "a finite number above 0", (value) => value > 0 && value < Infinity);
    for (const name of ["lagrangianInit", "lagrangianLr"] as const) {
      checkNumber(name, filled[name], "a finite number of at least 0", (value) => value >= 0 && value < Infinity);
    }
    this.#channel = channel;
    this.#limit = filled.costLimit;
    this.#rate = filled.lagrangianLr;
    this.#multiplier = filled.lagrangianInit;
  }

  /** @internal */
  protected override weighAdvantages(): Float32Array {
    this.#cost = this.#channel.take();
    // A cost of many times the limit, as that of a beginner, counts as twice: what is learnt later must not wait for λ to fall.
    this.#multiplier += this.#rate * Math.min(1, this.#cost / this.#limit - 1);
    this.#multiplier = Math.min(MOST, Math.max(0, this.#multiplier));
    const [reward, cost] = this.rollout.channels;
    const share = 1 / (1 + this.#multiplier);
    return reward!.advantages.map((gain, row) => share * (gain - this.#multiplier * cost!.advantages[row]!));
  }

  /** @internal */
  protected override moreMetrics(): Metrics {
    return { "charts/cost": this.#cost, "losses/lagrangian_multiplier": this.#multiplier };
  }

  /** @internal */
  protected override moreState(): unknown {
    return { multiplier: this.#multiplier, scale: this.#channel.state };
  }

  /** @internal */
  protected override restoreMore(state: unknown): void {
    const { multiplier, scale } = state as { readonly multiplier: number; readonly scale: ReturnScaleState };
    this.#multiplier = multiplier;
    this.#channel.state = scale;
  }
}
