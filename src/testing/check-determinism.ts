/** Checks that one seed gives one episode, and that a saved state goes on as it would have. @module */
import type { EnvSnapshot, ResetResult } from "../env.js";
import { NotSupportedError } from "../errors.js";
import { attempt, type EnvCheck, maskOf, report } from "./env-check.js";
import { playSlice, replaySlice, type SliceStep } from "./episode-slice.js";
import { sameValue } from "./same-value.js";

/** The same seed and actions give the same observations, rewards, ends and masks, byte for byte. */
export async function checkDeterminism(check: EnvCheck): Promise<void> {
  const first = await start(check);
  if (first === undefined) return;
  const played = await playSlice(check, first[1]);
  const second = await start(check);
  if (second === undefined) return;
  if (!sameValue(first[0], second[0]) || !sameValue(maskOf(first[1]), maskOf(second[1]))) {
    report(check, "reset with the same seed must give the same observation, byte for byte.");
    return;
  }
  const step = await replaySlice(check, played);
  if (step !== undefined) {
    report(
      check,
      `the same seed and actions must give the same episode, byte for byte; step ${step} came out otherwise.`,
    );
  }
}

/** A state saved in the middle of an episode, if possible with changes pending, goes on byte for byte, also as a clone. */
export async function checkSnapshot(check: EnvCheck): Promise<void> {
  const last = await middle(check);
  if (last === undefined) return;
  const snapshot = await saved(check);
  if (snapshot === undefined) return;
  const clone = await attempt(check, "structuredClone(env.snapshot())", () => structuredClone(snapshot));
  const after = await playSlice(check, last);
  for (const state of [snapshot, clone]) {
    if (state === undefined) continue;
    const restored = await attempt(check, "restore(snapshot)", () => {
      check.env.restore(state);
      return true;
    });
    if (restored === undefined) return;
    const step = await replaySlice(check, after);
    if (step !== undefined) {
      report(check, `a restored state must go on byte for byte; step ${step} after restore came out otherwise.`);
    }
  }
}

async function start(check: EnvCheck): Promise<ResetResult<unknown, object> | undefined> {
  check.env.actionSpace.seed(check.seed);
  return attempt(check, "reset({ seed })", () => check.env.reset({ seed: check.seed }));
}

/** Plays to the middle of an episode: to a step with changes pending where there is one. @returns The info there. */
async function middle(check: EnvCheck): Promise<object | undefined> {
  const reset = await start(check);
  if (reset === undefined) return undefined;
  const length = (await playSlice(check, reset[1])).length;
  if (length < 2) return undefined;
  const again = await start(check);
  if (again === undefined) return undefined;
  let steps = 0;
  const isPlace = (step: SliceStep): boolean => {
    steps++;
    return steps === length - 1 || (steps >= length / 4 && isPending(step));
  };
  return (await playSlice(check, again[1], isPlace)).at(-1)?.result[4];
}

/** A snapshot; undefined where the clock is not virtual. */
function saved(check: EnvCheck): Promise<EnvSnapshot | undefined> {
  return attempt(check, "snapshot()", () => {
    try {
      return check.env.snapshot();
    } catch (error) {
      if (error instanceof NotSupportedError) return undefined;
      throw error;
    }
  });
}

function isPending({ result }: SliceStep): boolean {
  const { pending } = result[4] as { readonly pending?: object };
  return pending === undefined || Object.keys(pending).length > 0;
}
