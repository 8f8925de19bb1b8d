/** `info` of one step. @module */
import type { ControlStatus } from "../agents/policy.js";
import type { ActualResource, Backend } from "../backends/backend.js";
import type { RewardEvaluator, StepMeasurement } from "../reward/index.js";
import { type ServiceObjective, sloViolationSeconds, violationRatio } from "../reward/service-objective.js";
import type { CompiledEnv } from "./compile.js";
import type { Configuration } from "./configuration.js";
import type { ConstraintCosts, InfraInfo, SloInfo } from "./info.js";

/** What a step came to; without a measurement it is a reset. */
export interface StepOutcome {
  readonly measurement: StepMeasurement | null;
  readonly refusal: string | null;
  /** Paid for a refused action. Unit: USD. */
  readonly penalty: number;
}

const NO_NAMES: readonly string[] = Object.freeze([]);

/** Before the first step: nothing has come. */
export const QUIET: SloInfo = Object.freeze({
  arrivals: 0,
  answered: 0,
  failed: 0,
  slow: 0,
  violationRatio: 0,
  p95Seconds: Number.NaN,
});

/** Gathers `info`. Everything in it is new, or frozen and shared. */
export function describeStep(
  compiled: CompiledEnv,
  backend: Backend,
  reward: RewardEvaluator,
  from: Configuration,
  to: Configuration,
  raw: Float64Array,
  masks: readonly Uint8Array[] | null,
  { measurement, refusal, penalty }: StepOutcome,
): InfraInfo {
  const { configurations, definition } = compiled;
  const pending: Record<string, number> = {};
  const resources = backend.resources();
  for (const { address, pending: count } of resources) if (count > 0) pending[address] = count;
  const slo = measurement === null ? QUIET : sloOf(definition.objective, measurement);
  const rewardTerms = reward.byName();
  if (penalty > 0) rewardTerms.invalidAction = -penalty;
  return {
    costUsd: measurement === null ? 0 : measurement.costUsd,
    rewardTerms,
    slo,
    signals: signalsByControl(compiled, raw),
    controls: statusByControl(compiled, resources, to),
    actionMask: masks === null ? null : masks.length === 1 ? masks[0]! : masks,
    timeSeconds: backend.timeSeconds,
    plan: configurations.plan(from, to),
    refusal,
    pending,
    failures: backend.status().failures,
    constraints: constraintsOf(compiled, backend, measurement, slo.violationRatio),
    stale: backend.staleQueries.length === 0 ? NO_NAMES : backend.staleQueries.map((q) => compiled.features[q]!.name),
    lateSeconds: backend.lateSeconds,
  };
}

// Where names are written below, each of the first has a place of its own: it meets one name only, which the engine compiles to a plain
// property. In a loop each is looked up.

function statusByControl(
  compiled: CompiledEnv,
  resources: readonly ActualResource[],
  to: Configuration,
): Record<string, ControlStatus> {
  const { controls } = compiled;
  const { length } = controls;
  const status: Record<string, ControlStatus> = {};
  status[controls[0]!.name] = statusOf(compiled, 0, resources, to);
  if (length > 1) status[controls[1]!.name] = statusOf(compiled, 1, resources, to);
  if (length > 2) status[controls[2]!.name] = statusOf(compiled, 2, resources, to);
  for (let k = 3; k < length; k++) status[controls[k]!.name] = statusOf(compiled, k, resources, to);
  return status;
}

function statusOf(
  { controls, tierOf }: CompiledEnv,
  k: number,
  resources: readonly ActualResource[],
  { slots }: Configuration,
): ControlStatus {
  const { kind, min, values } = controls[k]!;
  const resource = resources[tierOf[k]!];
  const desired = slots[k]! + min;
  if (resource === undefined) return { desired, current: desired };
  return { desired, current: kind === "count" ? resource.ready : values.indexOf(resource.size) };
}

function signalsByControl(compiled: CompiledEnv, raw: Float64Array): Record<string, Record<string, number>> {
  const { controls } = compiled;
  const { length } = controls;
  const signals: Record<string, Record<string, number>> = {};
  signals[controls[0]!.name] = signalsOf(compiled, 0, raw, 1, 0);
  if (length > 1) signals[controls[1]!.name] = signalsOf(compiled, 1, raw, 1, 0);
  if (length > 2) signals[controls[2]!.name] = signalsOf(compiled, 2, raw, 1, 0);
  for (let k = 3; k < length; k++) signals[controls[k]!.name] = signalsOf(compiled, k, raw, 1, 0);
  return signals;
}

/** The signals of control `k`: the value of feature f lies at `f * stride + row` of `raw`. */
export function signalsOf(
  { signals }: CompiledEnv,
  k: number,
  raw: Float64Array,
  stride: number,
  row: number,
): Record<string, number> {
  const { names, features } = signals[k]!;
  const { length } = names;
  const values: Record<string, number> = {};
  const signal = (i: number): number => raw[features[i]! * stride + row]!;
  if (length > 0) values[names[0]!] = signal(0);
  if (length > 1) values[names[1]!] = signal(1);
  if (length > 2) values[names[2]!] = signal(2);
  if (length > 3) values[names[3]!] = signal(3);
  if (length > 4) values[names[4]!] = signal(4);
  if (length > 5) values[names[5]!] = signal(5);
  for (let i = 6; i < length; i++) values[names[i]!] = signal(i);
  return values;
}

/** How the service did in a measured step. */
export function sloOf(objective: ServiceObjective, measurement: StepMeasurement): SloInfo {
  const { arrivals, answered, failed } = measurement;
  return {
    arrivals,
    answered,
    failed,
    slow: Math.max(0, measurement.requestsBeyond(objective.targetSeconds) - failed),
    violationRatio: violationRatio(measurement, objective),
    p95Seconds: measurement.latencyQuantileSeconds(0.95),
  };
}

function constraintsOf(
  { definition }: CompiledEnv,
  backend: Backend,
  measurement: StepMeasurement | null,
  ratio: number,
): ConstraintCosts {
  const { maxUsd } = definition.limits;
  return {
    sloViolationSeconds: measurement === null ? 0 : sloViolationSeconds(measurement, definition.objective, ratio),
    overBudgetUsd: maxUsd === undefined ? 0 : Math.max(0, backend.totalCostUsd - maxUsd),
  };
}
