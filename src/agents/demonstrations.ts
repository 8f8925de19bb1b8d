/** Data sets of a policy's steps, and recording them from an environment. @module */
import type { Env } from "../env.js";
import { PolicyMismatchError } from "../errors.js";
import type { Seed } from "../rng.js";
import { GrowingRows } from "./learning/growing-rows.js";
import type { Policy, PolicyInfo } from "./policy.js";

/** Where demonstrations come from. */
export interface DemonstrationSource {
  /** Id of the environment, with version. */
  readonly env: string;
  /** What it was made with. */
  readonly options: Readonly<Record<string, unknown>>;
  /** The teacher's name. */
  readonly policy: string;
  /** The spaces, as their `toString` shows them. */
  readonly observationSpace: string;
  readonly actionSpace: string;
}

/** Why nothing follows a step: it goes on, it was the last one, or the episode was cut there. */
export const STEP_END: Readonly<Record<"none" | "terminated" | "truncated", number>> = Object.freeze({
  none: 0,
  terminated: 1,
  truncated: 2,
});

/** Steps of a teacher, one per row, episode after episode. All arrays are row by row and flat. */
export interface Demonstrations {
  readonly source: DemonstrationSource;
  readonly rows: number;
  /** What was seen: shape [rows, observation size]. */
  readonly observations: Float32Array;
  /** 1 where an action was allowed: shape [rows, mask size]; empty where there are no masks. */
  readonly masks: Uint8Array;
  /** The teacher's actions, as the space holds them: shape [rows, action size]. */
  readonly actions: Float32Array;
  /** What each step earned. */
  readonly rewards: Float64Array;
  /** One of {@link STEP_END} for each row. */
  readonly ends: Uint8Array;
}

/** Options of {@link recordDemonstrations}. */
export interface RecordOptions {
  /** One episode for each. */
  readonly seeds: readonly Seed[];
  /** Where to cut an episode. @defaultValue Infinity */
  readonly maxSteps?: number;
  /**
   * Acts in the teacher's place, bound already: the teacher only says what it would have done. So a clone is shown what to do in states of its own making.
   * @see S. Ross, G. Gordon and D. Bagnell, "A Reduction of Imitation Learning and Structured Prediction to No-Regret Online Learning" (2011), arXiv:1011.0686
   */
  readonly learner?: Policy;
}

/**
 * Records what a policy does.
 *
 * @param env - Its days should be train days: what is learnt from test days proves nothing.
 * @param teacher - Bound to the environment already.
 * @throws PolicyMismatchError for observations that are no flat numbers
 * @example
 * const env = await make("WebService-v0");
 * const teacher = createPolicy("expert.json");
 * teacher.bind(env.policySpec);
 * const demonstrations = await recordDemonstrations(env, teacher, { seeds: [0, 1, 2, 3] });
 */
export async function recordDemonstrations(
  env: Env<unknown, unknown, object>,
  teacher: Policy,
  { seeds, maxSteps = Infinity, learner }: RecordOptions,
): Promise<Demonstrations> {
  const rows = new DemonstrationRows(sourceOf(env, teacher.name));
  for (const seed of seeds) {
    await teacher.reset(seed);
    await learner?.reset(seed);
    let [observation, info] = await env.reset({ seed });
    for (let step = 1, hasEnded = false; !hasEnded; step++) {
      const action = teacher.act(observation, info as PolicyInfo);
      const taken = learner === undefined ? action : learner.act(observation, info as PolicyInfo);
      // A mask may be the environment's own: it is read before the step.
      const actionMask = flatMask((info as Partial<PolicyInfo>).actionMask);
      const [next, reward, terminated, truncated, details] = await env.step(taken);
      hasEnded = terminated || truncated || step >= maxSteps;
      const end = terminated ? STEP_END.terminated : hasEnded ? STEP_END.truncated : STEP_END.none;
      rows.add({ observation, actionMask, action, reward, end });
      [observation, info] = [next, details];
    }
  }
  return rows.take();
}

/** Data sets one after the other. @throws PolicyMismatchError where environments or spaces differ */
export function joinDemonstrations(parts: readonly [Demonstrations, ...Demonstrations[]]): Demonstrations {
  const { source } = parts[0];
  for (const { source: other } of parts) {
    for (const key of ["env", "observationSpace", "actionSpace"] as const) {
      if (other[key] === source[key]) continue;
      throw new PolicyMismatchError("behaviour-cloning", `one ${key} in all data sets: ${source[key]}`, other[key]);
    }
  }
  const policies = new Set(parts.map((part) => part.source.policy));
  return {
    source: { ...source, policy: [...policies].join(", ") },
    rows: parts.reduce((sum, part) => sum + part.rows, 0),
    observations: joined(parts, "observations", Float32Array),
    masks: joined(parts, "masks", Uint8Array),
    actions: joined(parts, "actions", Float32Array),
    rewards: joined(parts, "rewards", Float64Array),
    ends: joined(parts, "ends", Uint8Array),
  };
}

/** One column of all data sets. */
function joined<Name extends "observations" | "masks" | "actions" | "rewards" | "ends">(
  parts: readonly Demonstrations[],
  name: Name,
  make: new (length: number) => Demonstrations[Name],
): Demonstrations[Name] {
  const columns = parts.map((part) => part[name]);
  const all = new make(columns.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const column of columns) {
    all.set(column, at);
    at += column.length;
  }
  return all;
}

/** One step, as environments give it or a file holds it. */
export interface DemonstratedStep {
  readonly observation: unknown;
  /** See {@link flatMask}. */
  readonly actionMask: readonly number[];
  readonly action: unknown;
  readonly reward: number;
  /** One of {@link STEP_END}. */
  readonly end: number;
}

/** Collects steps; their widths are those of the first. @internal */
export class DemonstrationRows {
  readonly #source: DemonstrationSource;
  readonly #observations = new GrowingRows(Float32Array);
  readonly #masks = new GrowingRows(Uint8Array);
  readonly #actions = new GrowingRows(Float32Array);
  readonly #rewards = new GrowingRows(Float64Array);
  readonly #ends = new GrowingRows(Uint8Array);

  constructor(source: DemonstrationSource) {
    this.#source = source;
  }

  /** @throws PolicyMismatchError for what is no list of numbers, or a list of another length than before */
  add({ observation, actionMask, action, reward, end }: DemonstratedStep): void {
    this.#addOne(this.#observations, "observations", observation);
    this.#addOne(this.#masks, "masks", actionMask);
    this.#addOne(this.#actions, "actions", typeof action === "number" ? [action] : action);
    this.#rewards.add([reward]);
    this.#ends.add([end]);
  }

  take(): Demonstrations {
    return {
      source: this.#source,
      rows: this.#ends.rows,
      observations: this.#observations.take(),
      masks: this.#masks.take(),
      actions: this.#actions.take(),
      rewards: this.#rewards.take(),
      ends: this.#ends.take(),
    };
  }

  #addOne(to: GrowingRows<Float32Array | Uint8Array>, what: string, value: unknown): void {
    const values = value as ArrayLike<number>;
    if (isNumbers(values) && to.add(values)) return;
    const expected = to.rows === 0 ? "flat lists of numbers" : `lists of ${to.width} numbers`;
    throw new PolicyMismatchError("behaviour-cloning", `${what} that are ${expected}`, String(value));
  }
}

/** All components' masks in one list; empty where there are none. @internal */
export function flatMask(mask: unknown): number[] {
  if (mask === null || mask === undefined) return [];
  return Array.from(mask as ArrayLike<number | ArrayLike<number>>, (part) =>
    typeof part === "number" ? [part] : Array.from(part),
  ).flat();
}

function isNumbers(value: ArrayLike<unknown> | null | undefined): value is ArrayLike<number> {
  if (typeof value !== "object" || value === null || typeof value.length !== "number") return false;
  for (let i = 0; i < value.length; i++) if (typeof value[i] !== "number") return false;
  return true;
}

function sourceOf(
  { spec, unwrapped, observationSpace, actionSpace }: Env<unknown, unknown, object>,
  policy: string,
): DemonstrationSource {
  const env = spec?.id ?? unwrapped.constructor.name;
  return {
    ...{ env, options: spec?.options ?? {}, policy },
    observationSpace: String(observationSpace),
    actionSpace: String(actionSpace),
  };
}
