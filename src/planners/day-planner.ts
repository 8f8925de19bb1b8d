/** Plans of a whole known day: desired values for every step. @module */
import { compile } from "../envs/compile.js";
import { EpisodePlanner, type PlannedEpisode } from "../envs/episode-plan.js";
import type { PlanningModel } from "../envs/planning-model.js";
import { checkSeed, createRng, type Seed } from "../rng.js";
import { visitsOf } from "../simulator/core-model.js";
import { cheapestLevels } from "./cheapest-levels.js";
import { levelCosts } from "./level-costs.js";
import { slowRequestPrice } from "./slow-request-price.js";

/** How a day is planned. */
export interface DayPlanOptions {
  /** Factor on the known rates. */
  readonly caution: number;
  /** How many steps before it is needed a replica is asked for. An integer from 1. */
  readonly leadSteps: number;
  /** Value of each control that chooses from a list, held all day; what stands at the place of a count is not read. */
  readonly choices: readonly number[];
}

/** A control that chooses from a list. */
export interface ChoiceControl {
  readonly index: number;
  readonly min: number;
  readonly max: number;
}

/** Makes plans for the days of one environment. */
export class DayPlanner {
  /** The definition's own values. */
  readonly initialChoices: readonly number[];
  readonly choiceControls: readonly ChoiceControl[];
  /** Sensible values of `leadSteps`: from the fastest boot to the slowest, rising. */
  readonly leads: readonly number[];
  readonly #model: PlanningModel;
  readonly #episodes: EpisodePlanner;
  readonly #slowUsd: number;

  constructor(model: PlanningModel) {
    const { definition, ...days } = model;
    const { controls, prepared } = compile(definition);
    this.#model = model;
    this.#episodes = new EpisodePlanner(definition, days);
    this.#slowUsd = slowRequestPrice(definition.reward, definition.stepSeconds);
    this.initialChoices = controls.map(({ min, initial }) => min + initial);
    this.choiceControls = controls.flatMap(({ kind, min, size }, index) =>
      kind === "choice" ? [{ index, min, max: min + size - 1 }] : [],
    );
    const { bootScale, createSeconds, healthCheckSeconds } = prepared.model.lifecycle;
    const [fast, slow] = createSeconds.map((seconds) => seconds * bootScale + healthCheckSeconds) as [number, number];
    const [fewest, most] = [fast, slow].map((seconds) => Math.ceil(seconds / definition.stepSeconds)) as [
      number,
      number,
    ];
    this.leads = Array.from({ length: most - fewest + 1 }, (_, k) => fewest + k);
  }

  /** The day of a seed. @throws InvalidSeedError */
  episode(seed: Seed): PlannedEpisode {
    return this.#episodes.next(createRng(seed), checkSeed(seed));
  }

  /** Desired values of all controls, in order, for every step of a seed's day. */
  plan(seed: Seed, options: DayPlanOptions): number[][] {
    const { controls } = compile(this.#model.definition);
    const episode = this.episode(seed);
    const columns = controls.map((control, index) =>
      control.kind === "choice" ? null : this.#countPlan(index, episode, options),
    );
    return Array.from({ length: episode.steps }, (_, step) =>
      columns.map((column, index) => column?.[step] ?? options.choices[index]!),
    );
  }

  #countPlan(index: number, episode: PlannedEpisode, { caution, leadSteps, choices }: DayPlanOptions): number[] | null {
    const { definition } = this.#model;
    const { controls, prepared, tierOf } = compile(definition);
    const { min, size, initial, mode, maxDelta, target } = controls[index]!;
    const t = tierOf[index]!;
    const tier = prepared.model.tiers[t];
    if (tier === undefined) return null;
    const sizing = controls.findIndex((other) => other.kind === "choice" && other.target === target);
    const slug = definition.graph.get(target).attributes.size;
    const sizeIndex =
      sizing < 0
        ? Math.max(
            0,
            tier.sizes.findIndex((entry) => entry.slug === slug),
          )
        : choices[sizing]!;
    const { stepSeconds } = definition;
    const visits = visitsOf(prepared.model);
    const idle = prepared.model.tiers.reduce((sum, other, k) => sum + visits[k]! * other.serviceTimeSeconds, 0);
    const costs = levelCosts({
      ...{ tier, size: sizeIndex, visits: visits[t]!, series: episode.series, steps: episode.steps, stepSeconds },
      ...{ min, max: min + size - 1, slowUsd: this.#slowUsd, caution },
      patienceSeconds: Math.max(0, definition.objective.targetSeconds - idle),
    });
    const levels = cheapestLevels({
      ...{ costs, levels: size, initial, leadSteps },
      upCost: (tier.sizes[sizeIndex]!.usdPerHour * leadSteps * stepSeconds) / 3600,
      maxChange: mode === "delta" ? maxDelta : size,
    });
    return Array.from(levels, (_, step) => min + Math.max(...levels.subarray(step, step + leadSteps + 1)));
  }
}
