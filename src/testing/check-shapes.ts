/** Checks what `reset` and `step` resolve to, and that the spaces are spaces. @module */
import { explainMismatch } from "../spaces/explain-mismatch.js";
import type { Space } from "../spaces/space.js";
import { checkEnded } from "./check-refusals.js";
import { attempt, type EnvCheck, maskOf, report } from "./env-check.js";
import { playSlice } from "./episode-slice.js";

const SPACE_METHODS = ["seed", "sample", "contains", "toJsonable", "fromJsonable", "equals"] as const;

/** Both spaces have a space's methods and contain what they sample. @returns Whether it makes sense to go on. */
export async function checkSpaces(check: EnvCheck): Promise<boolean> {
  let usable = true;
  for (const name of ["observationSpace", "actionSpace"] as const) {
    const space = check.env[name] as Space<unknown> | undefined;
    const missing = SPACE_METHODS.filter((method) => typeof space?.[method] !== "function");
    if (missing.length > 0) {
      report(check, `${name} must be a space; it has no ${missing.join(", ")}.`);
      usable = false;
      continue;
    }
    await attempt(check, `${name}.sample()`, () => {
      space!.seed(check.seed);
      if (!space!.contains(space!.sample())) report(check, `${name} must contain what it samples.`);
    });
  }
  return usable;
}

/** An episode slice with random allowed actions: shapes, types and bounds of all that comes back. */
export async function checkShapes(check: EnvCheck): Promise<void> {
  const reset = await attempt(check, "reset({ seed })", () => check.env.reset({ seed: check.seed }));
  if (reset === undefined) return;
  if (!Array.isArray(reset) || reset.length !== 2) {
    report(check, "reset must resolve to [observation, info].");
    return;
  }
  checkObservation(check, "reset", reset[0]);
  checkInfo(check, "reset", reset[1]);
  const played = await playSlice(check, reset[1] ?? {});
  for (const { result } of played) checkResult(check, result);
  const last = played.at(-1)?.result;
  if (last?.[2] || last?.[3]) await checkEnded(check);
  keepsObservations(check, [reset[0], ...played.map(({ result }) => result[0])]);
}

function checkResult(check: EnvCheck, result: readonly unknown[]): void {
  if (result.length !== 5) {
    report(check, "step must resolve to [observation, reward, terminated, truncated, info].");
    return;
  }
  const [observation, reward, terminated, truncated, info] = result;
  checkObservation(check, "step", observation);
  if (!Number.isFinite(reward)) report(check, `step's reward must be a finite number, got ${String(reward)}.`);
  if (typeof terminated !== "boolean") report(check, `step's terminated must be a boolean, got ${String(terminated)}.`);
  if (typeof truncated !== "boolean") report(check, `step's truncated must be a boolean, got ${String(truncated)}.`);
  checkInfo(check, "step", info);
}

function checkObservation(check: EnvCheck, method: string, observation: unknown): void {
  const space = check.env.observationSpace as Space<unknown>;
  if (space.contains(observation)) return;
  const mismatch = explainMismatch(space, observation);
  const detail = mismatch === null ? "" : ` Expected observation${mismatch.path} to be ${mismatch.expected}.`;
  report(check, `${method}'s observation must lie in observationSpace.${detail}`);
}

function checkInfo(check: EnvCheck, method: string, info: unknown): void {
  if (typeof info !== "object" || info === null) report(check, `${method}'s info must be an object.`);
  else checkMask(check, method, maskOf(info));
}

/** A mask consists of 0 and 1, and every part of it allows something. */
function checkMask(check: EnvCheck, method: string, mask: unknown): void {
  if (mask === undefined) return;
  if (Array.isArray(mask) && mask.every((part) => typeof part === "object")) {
    for (const part of mask) checkMask(check, method, part);
    return;
  }
  if (!ArrayBuffer.isView(mask)) return;
  const values = Array.from(mask as Uint8Array);
  if (values.some((value) => value !== 0 && value !== 1)) {
    report(check, `${method}'s info.actionMask must consist of 0 and 1.`);
  }
  if (values.length > 0 && !values.includes(1)) {
    report(check, `${method}'s info.actionMask must allow at least one value of every component.`);
  }
}

/** The caller owns observations: none may overlap another in memory. */
function keepsObservations(check: EnvCheck, observations: readonly unknown[]): void {
  const arrays = observations.map(arraysOf);
  const overlap = arrays.some((own, k) =>
    arrays.slice(0, k).some((others) => own.some((array) => others.some((other) => isOverlapping(array, other)))),
  );
  if (overlap) report(check, "every observation must have memory of its own: the caller owns it.");
}

/** All arrays in an observation. */
function arraysOf(observation: unknown): ArrayBufferView[] {
  if (ArrayBuffer.isView(observation)) return [observation];
  if (typeof observation !== "object" || observation === null) return [];
  return Object.values(observation).flatMap(arraysOf);
}

/** Whether two arrays have bytes in common. */
function isOverlapping(a: ArrayBufferView, b: ArrayBufferView): boolean {
  if (a.buffer !== b.buffer) return false;
  return a.byteOffset < b.byteOffset + b.byteLength && b.byteOffset < a.byteOffset + a.byteLength;
}
