/** An upper bound on the return of every policy, on each day: what a relaxed world would pay. @module */
import { type CompiledEnv, compile } from "../envs/compile.js";
import { EpisodePlanner } from "../envs/episode-plan.js";
import type { PlanningModel } from "../envs/planning-model.js";
import { NotSupportedError } from "../errors.js";
import type { Reward } from "../reward/index.js";
import { checkSeed, createRng, type Seed } from "../rng.js";
import { CAP_SECONDS } from "../simulator/billing.js";
import { workFactor } from "../simulator/daily-swing.js";
import { ArrivalCounter, type RealizedArrivals } from "./realized-arrivals.js";
import { type RelaxedTier, relaxTiers } from "./relaxed-tier.js";

/** Terms whose price is known; every other one of the library's is at most 0. */
const COST = "billedCost";
const SLOW = "slowRequestPenalty";
const FAILED = "failedRequestPenalty";
const OTHERS: readonly string[] = ["availabilityCredit", "latencyCredit", "saturatingLatencyShare"];

/**
 * Bounds the return of any policy, clairvoyant ones too, on the day of a seed. The relaxed world knows every arrival, boots and resizes at once, bills by the
 * second without a minimum, mixes sizes at will, and is a fluid: no request waits below full load. Each request is either served at the price of the
 * capacity it takes, or fails at the price of a failed one.
 *
 * The proof, step by step, is in docs/bound.md.
 *
 * @example
 * const bound = new ReturnBound(env.policySpec.model as PlanningModel);
 * bound.of(0); // No policy earns more on the day of seed 0. Unit: USD
 */
export class ReturnBound {
  readonly #compiled: CompiledEnv;
  readonly #planner: EpisodePlanner;
  readonly #counter: ArrivalCounter;
  readonly #tiers: readonly RelaxedTier[];
  /** Price of a request that is never answered. Unit: USD. */
  readonly #failedUsd: number;
  /** Factor of the bill: 0 where the reward does not hold it. */
  readonly #billed: number;
  /** Balancers and everything that does not change. Unit: USD per second. */
  readonly #fixedUsd: number;

  /** @throws NotSupportedError for the request-level model, scaled time, other rewards, and episodes that reach a monthly cap */
  constructor({ definition, ...days }: PlanningModel) {
    const { model: kind = "fluid", timeScale = 1 } = definition.simulation;
    if (kind !== "fluid" || timeScale !== 1) {
      throw new NotSupportedError("A bound for this simulation", "Use the fluid model at time scale 1.");
    }
    if (definition.episodeSeconds > CAP_SECONDS) {
      throw new NotSupportedError("A bound beyond the monthly cap", "Use episodes of at most 28 days.");
    }
    const compiled = compile(definition);
    const { model } = compiled.prepared;
    const { state } = compiled.configurations.initial;
    this.#compiled = compiled;
    this.#planner = new EpisodePlanner(definition, days);
    this.#counter = new ArrivalCounter(model, state);
    this.#tiers = relaxTiers(compiled);
    const { failedUsd, billed } = pricesOf(definition.reward);
    this.#failedUsd = failedUsd;
    this.#billed = billed;
    const isFixed = !compiled.controls.some(({ target }) => target === model.loadBalancer);
    const others = model.otherPrices.reduce((sum, { usdPerHour }) => sum + usdPerHour, 0);
    this.#fixedUsd = (others + (isFixed ? state.loadBalancerNodes * model.loadBalancerUsdPerHour : 0)) / 3600;
  }

  /** No policy's return on the day of this seed is greater. Unit: USD. @throws InvalidSeedError */
  of(seed: Seed): number {
    const { definition, prepared } = this.#compiled;
    const { tickSeconds } = prepared.model;
    const episode = this.#planner.next(createRng(seed), checkSeed(seed));
    const seconds = episode.steps * definition.stepSeconds;
    const arrivals = this.#counter.count(episode, Math.round(seconds / tickSeconds));
    const tiers = this.#tiers.map((tier) => this.#priceTier(tier, arrivals, episode.series.startSeconds));
    const fixed = this.#fixedUsd * seconds * this.#billed;
    const standing = tiers.reduce((sum, { standingUsd }) => sum + standingUsd, 0);
    const leak = this.#tiers.reduce((sum, { leakUsdPerSecond }) => sum + leakUsdPerSecond, 0) * seconds * this.#billed;
    let served = 0;
    for (let tick = 0; tick < arrivals.counts.length; tick++) {
      const unit = tiers.reduce((sum, { unitUsd }) => sum + unitUsd[tick]!, 0);
      served += Math.min(unit, this.#failedUsd) * Math.min(arrivals.counts[tick]!, arrivals.means[tick]!);
    }
    return leak - fixed - standing - served;
  }

  /**
   * Chooses for each tick what capacity is held to be charged by: the requests that take it, where they are many, or the fewest replicas, where they
   * are few. Requests may be served some ticks later, so the least price of these ticks is theirs.
   */
  #priceTier(
    { tier, visits, usdPerSlotSecond, leastUsdPerSecond }: RelaxedTier,
    { counts, means }: RealizedArrivals,
    startSeconds: number,
  ): { readonly standingUsd: number; readonly unitUsd: Float64Array } {
    const { definition, prepared } = this.#compiled;
    const { tickSeconds, clientTimeoutSeconds, tiers } = prepared.model;
    const ticksPerStep = definition.stepSeconds / tickSeconds;
    const ahead = tiers.length * (Math.ceil(clientTimeoutSeconds / tickSeconds) + 2);
    const least = leastUsdPerSecond * tickSeconds * this.#billed;
    const own = new Float64Array(counts.length);
    let standingUsd = 0;
    let work = 1;
    for (let tick = 0; tick < own.length; tick++) {
      if (tier.dailySwing !== null) {
        const now = workFactor(tier.dailySwing, startSeconds + tick * tickSeconds);
        // The simulator takes up the swing anew at some tick of each step.
        work = tick % ticksPerStep === 0 ? now : Math.min(work, now);
      }
      const unit = visits * tier.serviceTimeSeconds * work * usdPerSlotSecond * this.#billed;
      const byRequests = unit * Math.min(counts[tick]!, means[tick]!);
      if (byRequests > least) own[tick] = unit;
      else standingUsd += least;
    }
    return { standingUsd, unitUsd: leastAhead(own, ahead) };
  }
}

/** The least of each value and those that follow it. */
function leastAhead(values: Float64Array, ahead: number): Float64Array {
  return values.map((_, at) => values.subarray(at, at + ahead + 1).reduce((least, value) => Math.min(least, value)));
}

function pricesOf({ terms }: Reward): { readonly failedUsd: number; readonly billed: number } {
  const known = [COST, SLOW, FAILED, ...OTHERS];
  const strange = terms.find((term) => !known.includes(term.function));
  if (strange !== undefined) {
    throw new NotSupportedError(`A bound with the term ${strange.function}`, `Known are ${known.join(", ")}.`);
  }
  const priced = terms.filter((term) => term.function === SLOW || term.function === FAILED);
  return {
    failedUsd: priced.reduce((sum, { options }) => sum + (options as { usdPerRequest: number }).usdPerRequest, 0),
    billed: terms.filter((term) => term.function === COST).length,
  };
}
