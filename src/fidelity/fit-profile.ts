/** From episodes on a real plane and their like in the simulator to a profile. @module */
import type { ProfileOrigin, SimulationProfile } from "../backends/simulation-profile.js";
import { DEFAULT_LIFECYCLE } from "../simulator/model.js";
import { studentQuantile } from "./paired-difference.js";
import { type EpisodeRecord, episodeKey, type StepRecord } from "./step-record.js";

/** A number and half the width of its 95 % interval. */
export interface Fitted {
  readonly value: number;
  readonly halfWidth: number;
}

/** Up to this utilization queues are short, and what is left of the response time is plumbing. */
const QUIET = 0.7;

/** The work of a request by service: those alone whose interval leaves out what the definition says. */
export function fitWork(
  episodes: readonly EpisodeRecord[],
  nominal: Readonly<Record<string, number>>,
): Readonly<Record<string, Fitted>> {
  const steady = episodes.flatMap(({ steps }) => steps.filter((step) => step.isSteady && step.answered > 0));
  const fitted = Object.entries(nominal).flatMap(([name, seconds]): [string, Fitted][] => {
    const known = steady.filter(({ workSeconds }) => (workSeconds[name] ?? null) !== null);
    if (known.length < 2) return [];
    const work = weightedMean(known, (step) => step.workSeconds[name]!);
    return Math.abs(work.value - seconds) > work.halfWidth ? [[name, work]] : [];
  });
  return Object.fromEntries(fitted);
}

/**
 * What is left of the mean response time beside waiting and work: the difference to a simulation of the same steps without plumbing, where
 * queues are short.
 */
export function fitPlumbing(real: readonly EpisodeRecord[], simulated: readonly EpisodeRecord[]): Fitted {
  const pairs = pairSteps(real, simulated).filter(
    ([a, b]) =>
      a.isSteady && b.isSteady && a.meanSeconds !== null && b.meanSeconds !== null && (a.utilization ?? 1) <= QUIET,
  );
  if (pairs.length < 2) return { value: 0, halfWidth: Number.NaN };
  const differences = new Map(pairs.map(([a, b]) => [a, a.meanSeconds! - b.meanSeconds!]));
  const { value, halfWidth } = weightedMean([...differences.keys()], (step) => differences.get(step)!);
  return { value: Math.max(0, value), halfWidth };
}

/** How much longer a new replica takes on the real plane, from wanted to ready. Unit: seconds of model time; NaN where too few came up. */
export function fitBoot(
  real: readonly EpisodeRecord[],
  simulated: readonly EpisodeRecord[],
  stepSeconds: number,
): Fitted {
  const missing = (step: StepRecord): number => stepSeconds * Math.max(0, step.desired! - step.ready!);
  return perChange(real, simulated, missing, (change) => Math.max(0, change));
}

/** How much longer a replica that is removed is billed on the real plane. Unit: seconds of model time; NaN where too few went. */
export function fitDrain(
  real: readonly EpisodeRecord[],
  simulated: readonly EpisodeRecord[],
  stepSeconds: number,
): Fitted {
  const extra = (step: StepRecord): number => stepSeconds * Math.max(0, step.active! - step.desired!);
  return perChange(real, simulated, extra, (change) => Math.max(0, -change));
}

/** The profile of what was fitted. @param boot - And `drain`: on top of the simulator's own times. */
export function profileOf(
  env: string,
  measured: Omit<ProfileOrigin, "halfWidths">,
  work: Readonly<Record<string, Fitted>>,
  plumbing: Fitted,
  boot: Fitted,
  drain: Fitted,
): SimulationProfile {
  const { healthCheckSeconds, drainSeconds, createSeconds } = DEFAULT_LIFECYCLE;
  const isSure = ({ value, halfWidth }: Fitted): boolean => Math.abs(value) > halfWidth;
  const ready = healthCheckSeconds + boot.value;
  // What cannot be taken from the health check is taken from the creation.
  const sooner = Math.min(0, ready);
  const create = createSeconds.map((seconds) => round(Math.max(0, seconds + sooner))) as [number, number];
  return {
    schema: 1,
    env,
    plumbingSeconds: round(plumbing.value),
    serviceTimeSeconds: Object.fromEntries(Object.entries(work).map(([name, { value }]) => [name, round(value)])),
    lifecycle: {
      ...(isSure(boot) ? { healthCheckSeconds: round(Math.max(0, ready)) } : {}),
      ...(isSure(boot) && sooner < 0 ? { createSeconds: create } : {}),
      ...(isSure(drain) ? { drainSeconds: round(Math.max(0, drainSeconds + drain.value)) } : {}),
    },
    measured: { ...measured, halfWidths: halfWidthsOf({ ...work, plumbing, boot, drain }) },
  };
}

function halfWidthsOf(fitted: Readonly<Record<string, Fitted>>): Record<string, number> {
  const known = Object.entries(fitted).filter(([, { halfWidth }]) => Number.isFinite(halfWidth));
  return Object.fromEntries(known.map(([name, { halfWidth }]) => [name, round(halfWidth)]));
}

/** Six digits after the point: a microsecond. */
function round(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

/** A total of the steps of each episode, per change of what is desired, real less simulated; episodes are what varies. */
function perChange(
  real: readonly EpisodeRecord[],
  simulated: readonly EpisodeRecord[],
  amount: (step: StepRecord) => number,
  counted: (change: number) => number,
): Fitted {
  const others = new Map(simulated.map((episode) => [episodeKey(episode), episode]));
  const rows = real.flatMap((episode) => {
    const other = others.get(episodeKey(episode));
    if (other === undefined) return [];
    const known = episode.steps.flatMap((step, k): [StepRecord, StepRecord][] => {
      const same = other.steps[k];
      return same !== undefined && isKnown(step) && isKnown(same) ? [[step, same]] : [];
    });
    const changes = known.reduce((sum, [{ change }]) => sum + counted(change), 0);
    const total = known.reduce((sum, [a, b]) => sum + amount(a) - amount(b), 0);
    return changes === 0 ? [] : [{ total, changes }];
  });
  const changes = rows.reduce((sum, row) => sum + row.changes, 0);
  if (rows.length < 2) return { value: Number.NaN, halfWidth: Number.NaN };
  const value = rows.reduce((sum, row) => sum + row.total, 0) / changes;
  const squares = rows.reduce((sum, row) => sum + (row.total - value * row.changes) ** 2, 0);
  const error = Math.sqrt((squares * rows.length) / (rows.length - 1)) / changes;
  return { value, halfWidth: studentQuantile(rows.length - 1) * error };
}

function isKnown({ desired, ready, active }: StepRecord): boolean {
  return desired !== null && ready !== null && active !== null;
}

function pairSteps(
  real: readonly EpisodeRecord[],
  simulated: readonly EpisodeRecord[],
): (readonly [StepRecord, StepRecord])[] {
  const others = new Map(simulated.map((episode) => [episodeKey(episode), episode]));
  return real.flatMap((episode) => {
    const steps = others.get(episodeKey(episode))?.steps ?? [];
    return episode.steps.slice(0, steps.length).map((step, k) => [step, steps[k]!] as const);
  });
}

/** A mean weighted by the requests answered, with its interval. */
function weightedMean(steps: readonly StepRecord[], of: (step: StepRecord) => number): Fitted {
  const weight = steps.reduce((sum, { answered }) => sum + answered, 0);
  const value = steps.reduce((sum, step) => sum + of(step) * step.answered, 0) / weight;
  const squares = steps.reduce((sum, step) => sum + ((of(step) - value) * step.answered) ** 2, 0);
  const n = steps.length;
  const error = Math.sqrt((squares * n) / (n - 1)) / weight;
  return { value, halfWidth: studentQuantile(n - 1) * error };
}
