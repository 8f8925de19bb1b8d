/** Policy: the oracle, a plan made with the knowledge of the whole day: score 1 of a benchmark. @module */
import type { Policy, PolicyInfo, PolicySpec } from "../agents/policy.js";
import type { PlanningModel } from "../envs/planning-model.js";
import { type BestPlan, findBestPlans } from "./best-plans.js";
import { planningModelOf } from "./planning-model-of.js";

/** Options of {@link OraclePolicy}. */
export interface OraclePolicyOptions {
  /** What results call it. @defaultValue "oracle" */
  readonly name?: string;
}

/**
 * Knows every day's rates beforehand. For each tier it finds the cheapest sequence of counts by dynamic programming, with queues in balance and boot times
 * as they usually are; makes several such plans, more and less cautious ones; tries them in a simulator of its own, on the very same day; and carries
 * out the best. No policy without that knowledge should do better; that none can, it does not prove.
 *
 * @example
 * const { results } = await runBenchmark({ env: "WebService-v0", policies: ["threshold", "oracle"], seeds: [0, 1] });
 */
export class OraclePolicy implements Policy {
  readonly name: string;
  readonly kind = "oracle" as const;
  #spec: PolicySpec | undefined;
  #model: PlanningModel | undefined;
  #plan: readonly (readonly number[])[] = [];
  #step = 0;

  constructor({ name = "oracle" }: OraclePolicyOptions = {}) {
    this.name = name;
  }

  /** @throws PolicyMismatchError when the environment is not simulated */
  bind(spec: PolicySpec): void {
    this.#model = planningModelOf(this.name, spec);
    this.#spec = spec;
  }

  async reset(seed: number | bigint): Promise<void> {
    const [{ plan }] = (await findBestPlans(this.#model!, [seed])) as [BestPlan];
    this.#plan = plan;
    this.#step = 0;
  }

  act(_observation: unknown, info: PolicyInfo): unknown {
    const last = this.#plan.length - 1;
    return this.#spec!.encode(this.#plan[Math.min(this.#step++, last)]!, info);
  }
}
