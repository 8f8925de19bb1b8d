/** What the single checks of an environment share: the environment, and the list of issues. @module */
import type { Env, Info } from "../env.js";
import type { Seed } from "../rng.js";

/** One environment under check. */
export interface EnvCheck {
  readonly env: Env<unknown, unknown, object>;
  readonly seed: Seed;
  /** How many steps an episode slice has at most. */
  readonly steps: number;
  /** What was found so far, each a sentence. */
  readonly issues: string[];
}

/** Notes an issue, once. */
export function report({ issues }: EnvCheck, issue: string): void {
  if (!issues.includes(issue)) issues.push(issue);
}

/** Does something that should work; where it throws, that is an issue. @returns Undefined then. */
export async function attempt<T>(check: EnvCheck, what: string, run: () => Promise<T> | T): Promise<T | undefined> {
  try {
    return await run();
  } catch (error) {
    report(check, `${what} must not fail, but threw ${nameOf(error)}.`);
    return undefined;
  }
}

/** An error by its class and message. */
export function nameOf(error: unknown): string {
  return error instanceof Error ? `${error.constructor.name}: ${error.message.replace(/\.$/, "")}` : String(error);
}

/** `info.actionMask`, or undefined where there is none. */
export function maskOf(info: unknown): unknown {
  return (info as Info | undefined)?.actionMask ?? undefined;
}
