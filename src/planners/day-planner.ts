/** Plans of a whole known day: desired values for every step. @module */
import { compile } from "../envs/compile.js";
import { EpisodePlanner, type PlannedEpisode } from "../envs/episode-plan.js";
import type { PlanningModel } from "../envs/planning-model.js";
import { checkSeed, createRng, type Seed } from "../rng.js";
import { visitsOf } from "../simulator/core-model.js";
import type { TierModel } from "../simulator/model.js";
import { cheapestLevels } from "./cheapest-levels.js";
import { cheapestMoves } from "./cheapest-moves.js";
import { type LevelCostOptions, levelCosts } from "./level-costs.js";
import { slowRequestPrice } from "./slow-request-price.js";

/** How a day is planned. */
export interface DayPlanOptions {
  /** Factor on the known rates. */
  readonly caution: number;
  /** How many steps before it is needed a replica is asked for. An integer from 1. */
  readonly leadSteps: number;
  /** Value of each control that chooses from a list, held all day; what stands at the place of a count is not read. */
  readonly choices: readonly number[];
  /** How databases move to other sizes during the day; null where they keep what `choices` says. */
  readonly moves: DatabaseMoves | null;
}

/** How changes of a database's size are planned. */
export interface DatabaseMoves {
  /** Factor on the known rates. */
  readonly caution: number;
  /** Steps that a change is expected to take. An integer from 1. */
  readonly changeSteps: number;
}

/** A control that chooses from a list. */
export interface ChoiceControl {
  readonly index: number;
  readonly min: number;
  readonly max: number;
}

type Levels = Pick<LevelCostOptions, "size" | "min" | "max" | "caution">;

/** Makes plans for the days of one environment. */
export class DayPlanner {
  /** The definition's own values. */
  readonly initialChoices: readonly number[];
  readonly choiceControls: readonly ChoiceControl[];
  /** Sensible values of `leadSteps`: from the fastest boot to the slowest, rising. */
  readonly leads: readonly number[];
  /** Sensible values of `changeSteps`, rising; none where no control sizes a database. */
  readonly changes: readonly number[];
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
    const { bootScale, createSeconds, healthCheckSeconds, databaseResizeSeconds } = prepared.model.lifecycle;
    const [fast, slow] = createSeconds.map((seconds) => seconds * bootScale + healthCheckSeconds) as [number, number];
    const [fewest, most] = [fast, slow].map((seconds) => Math.ceil(seconds / definition.stepSeconds)) as [
      number,
      number,
    ];
    this.leads = Array.from({ length: most - fewest + 1 }, (_, k) => fewest + k);
    const [quick, long] = databaseResizeSeconds.map((seconds) => (seconds * bootScale) / definition.stepSeconds);
    const hasDatabase = controls.some((_, index) => this.#databaseOf(index) !== undefined);
    this.changes = hasDatabase ? [0.25, 0.6, 1].map((share) => Math.ceil(quick! + share * (long! - quick!))) : [];
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
      control.kind === "choice"
        ? this.#movePlan(index, episode, options.moves)
        : this.#countPlan(index, episode, options),
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
    const costs = this.#costs(t, episode, { size: sizeIndex, min, max: min + size - 1, caution });
    const levels = cheapestLevels({
      ...{ costs, levels: size, initial, leadSteps },
      upCost: (tier.sizes[sizeIndex]!.usdPerHour * leadSteps * stepSeconds) / 3600,
      maxChange: mode === "delta" ? maxDelta : size,
    });
    return Array.from(levels, (_, step) => min + Math.max(...levels.subarray(step, step + leadSteps + 1)));
  }

  /** When to ask for which size of a database; null for any other control. */
  #movePlan(index: number, episode: PlannedEpisode, moves: DatabaseMoves | null): number[] | null {
    const { controls, tierOf } = compile(this.#model.definition);
    const { min, size: levels, initial, mode, maxDelta } = controls[index]!;
    const tier = this.#databaseOf(index);
    if (moves === null || tier === undefined) return null;
    const costs = new Float64Array(episode.steps * levels);
    for (let level = 0; level < levels; level++) {
      const size = min + level;
      const own = this.#costs(tierOf[index]!, episode, { size, min: 1, max: 1, caution: moves.caution });
      for (let step = 0; step < episode.steps; step++) costs[step * levels + level] = own[step]!;
    }
    const maxChange = mode === "delta" ? maxDelta : levels;
    const asked = cheapestMoves({ costs, levels, initial, changeSteps: moves.changeSteps, maxChange });
    return Array.from(asked, (level) => min + level);
  }

  /** The database that a control sizes. */
  #databaseOf(index: number): TierModel | undefined {
    const { controls, prepared, tierOf } = compile(this.#model.definition);
    const tier = prepared.model.tiers[tierOf[index]!];
    return controls[index]!.kind === "choice" && tier?.kind === "database" ? tier : undefined;
  }

  #costs(t: number, episode: PlannedEpisode, levels: Levels): Float64Array {
    const { definition } = this.#model;
    const { model } = compile(definition).prepared;
    const visits = visitsOf(model);
    const idle = model.tiers.reduce((sum, other, k) => sum + visits[k]! * other.serviceTimeSeconds, 0);
    return levelCosts({
      ...{ tier: model.tiers[t]!, visits: visits[t]!, series: episode.series, steps: episode.steps },
      ...{ ...levels, slowUsd: this.#slowUsd, stepSeconds: definition.stepSeconds },
      patienceSeconds: Math.max(0, definition.objective.targetSeconds - idle),
    });
  }
}
