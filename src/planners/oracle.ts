/** Policy: the oracle, a plan made with the knowledge of the whole day: score 1 of a benchmark. @module */
import type { Policy, PolicyInfo, PolicySpec } from "../agents/policy.js";
import type { InfraEnv } from "../envs/infra-env.js";
import type { PlanningModel } from "../envs/planning-model.js";
import { DayPlanner, type DayPlanOptions } from "./day-planner.js";
import { episodeReturn, planningEnv } from "./episode-return.js";
import { planningModelOf } from "./planning-model-of.js";

/** Options of {@link OraclePolicy}. */
export interface OraclePolicyOptions {
  /** What results call it. @defaultValue "oracle" */
  readonly name?: string;
}

/** How cautious plans are: factors on the known rates. */
const CAUTIONS = [1, 1.03, 1.06, 1.1, 1.15] as const;

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
  #env: InfraEnv | undefined;
  #planner: DayPlanner | undefined;
  #plan: readonly (readonly number[])[] = [];
  #step = 0;

  constructor({ name = "oracle" }: OraclePolicyOptions = {}) {
    this.name = name;
  }

  /** @throws PolicyMismatchError when the environment is not simulated */
  bind(spec: PolicySpec): void {
    this.#model = planningModelOf(this.name, spec);
    this.#spec = spec;
    this.#env = planningEnv(this.#model);
    this.#planner = new DayPlanner(this.#model);
  }

  async reset(seed: number | bigint): Promise<void> {
    const [env, planner] = [this.#env!, this.#planner!];
    let best: { plan: number[][]; sum: number } | undefined;
    const consider = async (options: DayPlanOptions): Promise<number> => {
      const plan = planner.plan(seed, options);
      const sum = await episodeReturn(env, new PlannedPolicy(env.policySpec, plan), seed);
      if (best === undefined || sum > best.sum) best = { plan, sum };
      return sum;
    };
    const lead = planner.leads[Math.floor(planner.leads.length / 2)]!;
    const choices = await bestChoices(planner, (tried) =>
      consider({ caution: CAUTIONS[2], leadSteps: lead, choices: tried }),
    );
    for (const leadSteps of planner.leads) {
      for (const caution of CAUTIONS) await consider({ caution, leadSteps, choices });
    }
    this.#plan = best!.plan;
    this.#step = 0;
  }

  act(_observation: unknown, info: PolicyInfo): unknown {
    const last = this.#plan.length - 1;
    return this.#spec!.encode(this.#plan[Math.min(this.#step++, last)]!, info);
  }
}

/** Carries out desired values that are known beforehand. */
class PlannedPolicy implements Policy {
  readonly name = "plan";
  readonly kind = "oracle" as const;
  #step = 0;

  constructor(
    private readonly spec: PolicySpec,
    private readonly plan: readonly (readonly number[])[],
  ) {}

  bind(): void {}

  reset(): void {
    this.#step = 0;
  }

  act(_observation: unknown, info: PolicyInfo): unknown {
    return this.spec.encode(this.plan[Math.min(this.#step++, this.plan.length - 1)]!, info);
  }
}

/** Of all controls that choose from lists, the values that suit a day best, one control after the other. */
async function bestChoices(
  planner: DayPlanner,
  returnOf: (choices: readonly number[]) => Promise<number>,
): Promise<readonly number[]> {
  let choices = planner.initialChoices;
  let best = await returnOf(choices);
  for (const { index, min, max } of planner.choiceControls) {
    for (let value = min; value <= max; value++) {
      if (value === planner.initialChoices[index]) continue;
      const tried = choices.with(index, value);
      const sum = await returnOf(tried);
      if (sum > best) [best, choices] = [sum, tried];
    }
  }
  return choices;
}
