/** Rule: target tracking that carries the rise of the load on. @module */
import { type Demand, DemandRule, type DemandRuleOptions } from "./demand-rule.js";
import { TrendLine } from "./trend-line.js";

/**
 * Foresees each tier's demand by itself: utilization × ready replicas, plus its rise over the last steps carried on for `leadSeconds`.
 *
 * @example
 * new TrendPolicy({ utilization: 0.7, leadSeconds: 90 }); // on the command line: trend:0.7:leadSeconds=90
 */
export class TrendPolicy extends DemandRule {
  readonly #lines = new Map<string, TrendLine>();

  /** @throws InvalidOptionError when an option lies outside its range */
  constructor(options: DemandRuleOptions = {}) {
    super("trend", ["utilization", "replicas"], options);
  }

  protected override forget(): void {
    this.#lines.clear();
  }

  protected override foresee(demands: readonly Demand[]): number[] {
    return demands.map(({ control, replicas, timeSeconds }) => {
      const line = this.#lines.get(control.name) ?? new TrendLine();
      this.#lines.set(control.name, line);
      if (!Number.isFinite(replicas)) return Number.NaN;
      line.add(timeSeconds, replicas);
      return replicas + this.leadSeconds * Math.max(0, line.slope);
    });
  }
}
