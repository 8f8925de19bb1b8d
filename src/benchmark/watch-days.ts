/** Days watched with all replicas up, for what can be learnt of the load. @module */
import { AlwaysUpPolicy } from "../agents/always-up.js";
import type { LoadReading } from "../agents/forecast-inputs.js";
import type { Seed } from "../rng.js";
import { policySpecOf } from "./policy-spec-of.js";
import { type JudgedEnv, runEpisode } from "./run-episode.js";

/**
 * Watches one day for each seed.
 *
 * @returns A reading for each step of each day; null where no count control has the signal `arrivalRate`.
 */
export async function watchDays(env: JudgedEnv, seeds: readonly Seed[]): Promise<LoadReading[][] | null> {
  const spec = policySpecOf(env);
  const control = spec.controls.find(({ kind, signals }) => kind === "count" && signals.includes("arrivalRate"));
  if (control === undefined) return null;
  const policy = new AlwaysUpPolicy();
  policy.bind(spec);
  const days: LoadReading[][] = [];
  for (const seed of seeds) {
    const day: LoadReading[] = [];
    await runEpisode(env, policy, {
      seed,
      onStep({ info: { signals, timeSeconds } }) {
        const { arrivalRate = Number.NaN, announcedRate = 0 } = signals[control.name]!;
        if (arrivalRate >= 0) day.push({ arrivalRate, announcedRate, timeSeconds });
      },
    });
    days.push(day);
  }
  return days;
}
