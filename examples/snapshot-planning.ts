/** Looking ahead: every change is tried out in the simulator from a snapshot, and the best one is taken. @module */
import { make } from "infra-gym";

const hours = 12;
const lookAheadSteps = 5;
const HOLD = 4;

await using env = await make("WebService-v0", { split: "test" });

/**
 * What an action is worth over the next minutes, when nothing is changed after it. The simulator's arrivals are part of the
 * snapshot, so this planner knows the future: an upper bound for what a forecast could do, and no rule for real life.
 */
async function lookAhead(change: number): Promise<number> {
  let [, value] = await env.step(Int32Array.of(change, 1));
  for (let i = 1; i < lookAheadSteps; i++) value += (await env.step(Int32Array.of(HOLD, 1)))[1];
  return value;
}

async function bestChange(mask: Uint8Array): Promise<number> {
  const here = env.snapshot();
  let [best, bestValue] = [HOLD, -Infinity];
  for (let change = 0; change < mask.length; change++) {
    if (mask[change] === 0) continue;
    const value = await lookAhead(change);
    env.restore(here);
    if (value > bestValue) [best, bestValue] = [change, value];
  }
  return best;
}

/** The reward of the first hours of a day that no policy was trained on. */
async function run(isPlanned: boolean): Promise<number> {
  let [, info] = await env.reset({ seed: 3 });
  let total = 0;
  for (let step = 0; step < hours * 60; step++) {
    const mask = (info.actionMask as readonly Uint8Array[])[0]!;
    const change = isPlanned ? await bestChange(mask) : HOLD;
    const [, reward, , , details] = await env.step(Int32Array.of(change, 1));
    [info, total] = [details, total + reward];
  }
  return total;
}

const held = await run(false);
const planned = await run(true);
console.log(`${hours} hours of ${env}, in USD: ${held.toFixed(3)} unchanged, ${planned.toFixed(3)} with look-ahead`);
