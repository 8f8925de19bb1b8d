/** Checks that calls at the wrong time, and wrong arguments, are refused by the right errors. @module */
import { ClosedError, EpisodeEndedError, InvalidActionError, InvalidSeedError, ResetNeededError } from "../errors.js";
import { attempt, type EnvCheck, nameOf, report } from "./env-check.js";

/** `step` before the first `reset` is refused. */
export async function checkNew(check: EnvCheck): Promise<void> {
  const { env } = check;
  await refuses(check, "step before reset", ResetNeededError, () => env.step(env.actionSpace.sample()));
}

/** `step` after the episode's end may go on, as behind a time limit; where it is refused, then with the error for it. */
export async function checkEnded(check: EnvCheck): Promise<void> {
  try {
    await check.env.step(check.env.actionSpace.sample());
  } catch (error) {
    if (error instanceof EpisodeEndedError) return;
    report(check, `step after the end of the episode must be refused with EpisodeEndedError, got ${nameOf(error)}.`);
  }
}

/** A seed that is none, and an action outside the space, are refused. */
export async function checkArguments(check: EnvCheck): Promise<void> {
  const { env, seed } = check;
  await refuses(check, "reset({ seed: -1 })", InvalidSeedError, () => env.reset({ seed: -1 }));
  await attempt(check, "reset({ seed })", () => env.reset({ seed }));
  await refuses(check, "step(undefined)", InvalidActionError, () => env.step(undefined));
}

/** `close` may be called twice, and ends all use. The environment is closed afterwards. */
export async function checkClose(check: EnvCheck): Promise<void> {
  const { env } = check;
  await attempt(check, "close()", () => env.close());
  await attempt(check, "close() a second time", () => env.close());
  await refuses(check, "reset after close", ClosedError, () => env.reset());
  await refuses(check, "step after close", ClosedError, () => env.step(env.actionSpace.sample()));
}

async function refuses(
  check: EnvCheck,
  what: string,
  expected: new (...given: never[]) => Error,
  run: () => Promise<unknown>,
): Promise<void> {
  let got = "no error";
  try {
    await run();
  } catch (error) {
    if (error instanceof expected) return;
    got = nameOf(error);
  }
  report(check, `${what} must be refused with ${expected.name}, got ${got}.`);
}
