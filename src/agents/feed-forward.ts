/** Rule: all tiers from the load at the entry, at the same time. @module */
import { type Demand, DemandRule, type DemandRuleOptions } from "./demand-rule.js";
import { TrendLine } from "./trend-line.js";

/** Share of the new measurement in the running mean of the work per request. */
const SMOOTHING = 0.1;
/** Beyond this a tier may be hiding demand: its own, and that of the tiers behind it. */
const SATURATED = 0.9;
/** Below this, too little is at work to learn from. */
const IDLE = 0.02;

/**
 * Foresees the demand of every tier from the one rate of requests at the entry: rate × the work of a request in that tier, which it learns while no
 * tier is saturated. So a bottleneck in one tier does not hide the demand behind it, and all tiers grow at once. The rate's rise is carried on for
 * `leadSeconds`.
 *
 * @example
 * new FeedForwardPolicy({ utilization: 0.7 }); // on the command line: feed-forward:0.7
 */
export class FeedForwardPolicy extends DemandRule {
  readonly #line = new Map<string, TrendLine>();
  readonly #work = new Map<string, number>();

  /** @throws InvalidOptionError when an option lies outside its range */
  constructor(options: DemandRuleOptions = {}, ownName = "feed-forward") {
    super(ownName, ["utilization", "replicas", "arrivalRate"], options);
  }

  protected override forget(): void {
    this.#line.clear();
    this.#work.clear();
  }

  protected override foresee(demands: readonly Demand[]): number[] {
    const isSaturated = demands.some(({ utilization }) => !(utilization < SATURATED));
    return demands.map((demand) => {
      const { control, replicas, utilization, arrivalRate } = demand;
      const known = this.#work.get(control.name);
      if (!isSaturated && utilization > IDLE && arrivalRate > 0) {
        const work = replicas / arrivalRate;
        this.#work.set(control.name, known === undefined ? work : known + SMOOTHING * (work - known));
      }
      const work = this.#work.get(control.name);
      // A tier at its limit before its work is known: all that can be said is that it needs more.
      if (work === undefined) return isSaturated ? replicas : Number.NaN;
      return work * this.foreseeRate(demand);
    });
  }

  /** The greatest rate until replicas asked for now are ready, in the unit of `arrivalRate`. */
  protected foreseeRate(demand: Demand): number {
    return demand.arrivalRate + this.trend(demand);
  }

  /** The present rise carried on, at least 0. */
  protected trend({ control, arrivalRate, timeSeconds }: Demand): number {
    const line = this.#line.get(control.name) ?? new TrendLine();
    this.#line.set(control.name, line);
    line.add(timeSeconds, arrivalRate);
    return this.leadSeconds * Math.max(0, line.slope);
  }
}
