/** A slice of an episode: random actions that the mask allows, recorded, or recorded ones taken again. @module */
import type { StepResult } from "../env.js";
import { attempt, type EnvCheck, maskOf } from "./env-check.js";
import { sameValue } from "./same-value.js";

/** What was done and what came back. */
export interface SliceStep {
  readonly action: unknown;
  readonly result: StepResult<unknown, object>;
}

/** Draws an action under `info`'s mask. @returns Undefined where the mask does not fit; that is an issue. */
export async function drawAction(check: EnvCheck, info: object): Promise<{ readonly action: unknown } | undefined> {
  const mask = maskOf(info);
  return attempt(check, "actionSpace.sample({ mask: info.actionMask })", () => ({
    action: check.env.actionSpace.sample(mask === undefined ? {} : { mask }),
  }));
}

/**
 * Takes random steps until the episode or the slice ends.
 * @param info - Of the reset or step before.
 * @param until - Ends the slice early.
 */
export async function playSlice(
  check: EnvCheck,
  info: object,
  until: (step: SliceStep) => boolean = () => false,
): Promise<SliceStep[]> {
  const played: SliceStep[] = [];
  let last = info;
  while (played.length < check.steps) {
    const drawn = await drawAction(check, last);
    if (drawn === undefined) break;
    const result = await attempt(check, "step(action) with an action that space and mask allow", () =>
      check.env.step(drawn.action),
    );
    if (!Array.isArray(result)) break;
    const step = { action: drawn.action, result };
    played.push(step);
    last = result[4] ?? {};
    if (result[2] || result[3] || until(step)) break;
  }
  return played;
}

/** Takes recorded steps again. @returns The first that came out otherwise, counted from 1, or undefined. */
export async function replaySlice(check: EnvCheck, recorded: readonly SliceStep[]): Promise<number | undefined> {
  for (const [k, { action, result }] of recorded.entries()) {
    const again = await attempt(check, "step(action) with an action that was taken before", () =>
      check.env.step(action),
    );
    if (again === undefined) return undefined;
    const mask = sameValue(maskOf(again[4]), maskOf(result[4]));
    if (!mask || !sameValue(again.slice(0, 4), result.slice(0, 4))) return k + 1;
  }
  return undefined;
}
