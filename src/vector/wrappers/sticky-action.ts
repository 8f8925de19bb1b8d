/** Vector wrapper: now and then the last action again, whatever the next one is. @module */
import { createRng, type Generator, type GeneratorState } from "../../rng.js";
import { concatenate, createEmptyArray } from "../../spaces/concatenate.js";
import { iterate } from "../../spaces/iterate.js";
import type { Space } from "../../spaces/space.js";
import { wrapperOptions } from "../../wrappers/option-check.js";
import { checkStickiness, type StickyActionOptions } from "../../wrappers/sticky-action.js";
import { resetRequest } from "../reset-request.js";
import type { VectorEnv, VectorInfos, VectorResetOptions, VectorStepResult } from "../vector-env.js";
import { VectorWrapper } from "../vector-wrapper.js";

/** What is remembered of one environment. */
interface Lane {
  readonly rng: Generator;
  /** The last action; null at an episode's start. */
  last: { readonly action: unknown } | null;
  repeatsLeft: number;
  /** In mode NextStep: whether the next step only resets, whatever the action. */
  hasEnded: boolean;
}

interface LaneState extends Omit<Lane, "rng"> {
  readonly rng: GeneratorState;
}

/**
 * Takes each environment's last action again with a chance.
 *
 * Draws come from a generator of the wrapper for each environment, a child of that of the seed it is reset with: environments
 * in one kernel have none of their own, and what they draw stays the same with and without the wrapper. The draws are
 * therefore not those of `StickyAction` around each environment.
 */
export class VectorStickyAction<Observations, Actions> extends VectorWrapper<Observations, Actions> {
  readonly #probability: number;
  readonly #smallest: number;
  readonly #largest: number;
  readonly #lanes: Lane[];

  /** @throws {@link InvalidOptionError} when the probability is not below 1, or a duration not an integer above 0. */
  constructor(env: VectorEnv<Observations, Actions>, options: StickyActionOptions) {
    wrapperOptions(env, options, ["repeatActionProbability", "repeatActionDuration"]);
    const { probability, smallest, largest } = checkStickiness(options);
    super(env, { repeatActionProbability: probability, repeatActionDuration: [smallest, largest] });
    this.#probability = probability;
    this.#smallest = smallest;
    this.#largest = largest;
    this.#lanes = Array.from({ length: env.numEnvs }, (_, index) => laneOf(BigInt(index)));
  }

  override async reset(options: VectorResetOptions = {}): Promise<[observations: Observations, infos: VectorInfos]> {
    const { seeds, mask } = resetRequest(options, this.numEnvs);
    const result = await this.env.reset(options);
    for (const [index, seed] of seeds.entries()) {
      if (mask !== null && mask[index] === 0) continue;
      if (seed === undefined) begin(this.#lanes[index]!);
      else this.#lanes[index] = laneOf(seed);
    }
    return result;
  }

  override async step(actions: Actions): Promise<VectorStepResult<Observations, VectorInfos>> {
    const single = this.singleActionSpace;
    const given = [...iterate(this.actionSpace as Space<unknown>, actions)];
    const taken = given.map((action, index) => this.#choose(this.#lanes[index]!, action));
    const batch: unknown = concatenate(single, taken as never, createEmptyArray(single, this.numEnvs));
    const result = await this.env.step(batch as Actions);
    for (const [index, lane] of this.#lanes.entries()) {
      if (result[2][index] === 0 && result[3][index] === 0) continue;
      begin(lane);
      lane.hasEnded = this.autoresetMode === "NextStep";
    }
    return result;
  }

  #choose(lane: Lane, action: unknown): unknown {
    if (lane.hasEnded) {
      lane.hasEnded = false;
      return action;
    }
    const { rng, last } = lane;
    if (last === null || (lane.repeatsLeft === 0 && rng.random() >= this.#probability)) {
      lane.last = { action };
      return action;
    }
    if (lane.repeatsLeft === 0) lane.repeatsLeft = rng.integers(this.#smallest, this.#largest + 1);
    lane.repeatsLeft--;
    return last.action;
  }

  protected override saveState(index: number): unknown {
    const { rng, ...rest } = this.#lanes[index]!;
    const state: LaneState = { ...rest, rng: rng.state };
    return structuredClone(state);
  }

  protected override loadState(index: number, state: unknown): void {
    const { rng, ...rest } = structuredClone(state as LaneState);
    const lane = laneOf(0n);
    lane.rng.state = rng;
    this.#lanes[index] = Object.assign(lane, rest);
  }
}

/** One that begins with a seed. */
function laneOf(seed: bigint): Lane {
  return { rng: createRng(seed).spawn(1)[0]!, last: null, repeatsLeft: 0, hasEnded: false };
}

/** A new episode: no action is the last one. */
function begin(lane: Lane): void {
  lane.last = null;
  lane.repeatsLeft = 0;
  lane.hasEnded = false;
}
