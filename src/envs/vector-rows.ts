/** Single rows of a batch as policies and judges see them, by their own `info`. @module */
import type { ControlStatus, PolicyInfo, PolicySpec } from "../agents/policy.js";
import type { SimulatedPlane } from "../backends/simulated-plane.js";
import type { Plan } from "../infra/plan.js";
import type { CompiledEnv } from "./compile.js";
import type { Configuration } from "./configuration.js";
import type { SloInfo } from "./info.js";
import { policySpecOf } from "./policy-spec.js";
import { QUIET, signalsOf, sloOf } from "./step-info.js";
import type { VectorDecisions } from "./vector-decisions.js";

/** What one row is judged by: the part of `InfraInfo` that a judge reads. */
export interface RowInfo extends PolicyInfo {
  /** Billed in this step. Unit: USD. */
  readonly costUsd: number;
  readonly slo: SloInfo;
  /** What the action changed in the graph. Frozen and shared. */
  readonly plan: Plan;
}

/**
 * Gives a batch's rows as if each were an environment of its own: the same spec and, number for number, the same info that `InfraEnv` gives.
 */
export class VectorRows {
  readonly #compiled: CompiledEnv;
  readonly #plane: SimulatedPlane;
  readonly #decisions: VectorDecisions;
  readonly #ended: Uint8Array;
  readonly #before: Configuration[];

  /** @param ended - By row, rewritten in every step: 1 where the episode ended with it. */
  constructor(compiled: CompiledEnv, plane: SimulatedPlane, decisions: VectorDecisions, ended: Uint8Array) {
    this.#compiled = compiled;
    this.#plane = plane;
    this.#decisions = decisions;
    this.#ended = ended;
    this.#before = [...decisions.configurations];
  }

  /** What a policy of one row is bound to; there is no model for planners. */
  specOf(row: number): PolicySpec {
    const compiled = this.#compiled;
    const { decision, configurations } = this.#decisions;
    // Spaces of its own: a policy may seed them and draw from them.
    return policySpecOf(compiled, compiled.makeObservationSpace(), compiled.codec.makeSpace(), () => ({
      slots: configurations[row]!.slots,
      rules: decision.rules(configurations[row]!, this.#decisions.circumstances(row)),
    }));
  }

  /**
   * A row's `info` after `reset` or `step`. To be asked for once each time: the plan goes from the last asking to this one.
   * @param isFirst - Whether the row was just reset.
   */
  infoOf(row: number, isFirst: boolean): RowInfo {
    const compiled = this.#compiled;
    const plane = this.#plane;
    const { decision, configurations } = this.#decisions;
    const configuration = configurations[row]!;
    const before = isFirst ? configuration : this.#before[row]!;
    this.#before[row] = configuration;
    const { applying, spentUsd } = this.#decisions.circumstances(row);
    const { values, stride } = plane;
    const signals: Record<string, Readonly<Record<string, number>>> = {};
    const controls: Record<string, ControlStatus> = {};
    for (let k = 0; k < compiled.controls.length; k++) {
      const { name } = compiled.controls[k]!;
      signals[name] = signalsOf(compiled, k, values, stride, row);
      controls[name] = this.#statusOf(k, row, configuration);
    }
    const masks = compiled.codec.continuous ? null : decision.masks(configuration, applying, spentUsd).components;
    const measurement = plane.measurement.at(row, this.#ended[row] === 1);
    return {
      costUsd: isFirst ? 0 : measurement.costUsd,
      slo: isFirst ? QUIET : sloOf(compiled.definition.objective, measurement),
      plan: compiled.configurations.plan(before, configuration),
      signals,
      controls,
      actionMask: masks === null ? null : masks.length === 1 ? masks[0]! : masks,
      timeSeconds: plane.simulator.timeOf(row),
    };
  }

  #statusOf(k: number, row: number, { slots }: Configuration): ControlStatus {
    const { simulator } = this.#plane;
    const { kind, min, values } = this.#compiled.controls[k]!;
    const desired = slots[k]! + min;
    const tier = this.#compiled.tierOf[k]!;
    if (tier < 0) return { desired, current: desired };
    if (kind === "choice") return { desired, current: values.indexOf(simulator.sizeOf(row, tier)) };
    const { rows, current, stride } = simulator;
    return { desired, current: current[rows.tiers[tier]!.ready * stride + row]! };
  }
}
