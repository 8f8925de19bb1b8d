/** What rules that look ahead share: demand in replicas, and going down slowly. @module */
import { MissingSignalError, PolicyMismatchError } from "../errors.js";
import { ControlSettings, type ControlSettingsOptions } from "./control-settings.js";
import type { Policy, PolicyControl, PolicyInfo, PolicySpec } from "./policy.js";
import { checkSeconds } from "./rule-options.js";

/** Options that all rules of this kind have. */
export interface DemandRuleOptions extends ControlSettingsOptions {
  /** What results call it. @defaultValue the rule's own name */
  readonly name?: string;
  /** Utilization to keep, a ratio above 0 and at most 1. @defaultValue 0.6 */
  readonly utilization?: number;
  /** How far ahead it looks: boot time and a step. Unit: seconds. @defaultValue 120 */
  readonly leadSeconds?: number;
  /** The count falls to the greatest wish of this time. Unit: seconds. @defaultValue 180 */
  readonly stabilizationSeconds?: number;
}

/** One control of kind `count` at one step. */
export interface Demand {
  readonly control: PolicyControl;
  /** Work that arrives, as far as the tier shows it: utilization × ready replicas. Unit: replicas. */
  readonly replicas: number;
  /** Mean utilization of the ready replicas, a ratio. */
  readonly utilization: number;
  /** Replicas that are ready to serve. */
  readonly ready: number;
  /** The signal `arrivalRate`; NaN where there is none. */
  readonly arrivalRate: number;
  /** The signal `announcedRate`; 0 where there is none. */
  readonly announcedRate: number;
  /** Model time. Unit: seconds. */
  readonly timeSeconds: number;
}

interface Wish {
  readonly timeSeconds: number;
  readonly count: number;
}

/**
 * A rule that foresees the demand of every control of kind `count`, and keeps ceil(demand / utilization) replicas. It goes up at once, and down to
 * the greatest wish of the last `stabilizationSeconds`.
 */
export abstract class DemandRule implements Policy {
  readonly kind = "rule" as const;
  readonly name: string;
  /** How far ahead it looks. Unit: seconds. */
  protected readonly leadSeconds: number;
  readonly everySeconds: number | undefined;
  readonly #settings: ControlSettings;
  readonly #stabilizationSeconds: number;
  readonly #wishes = new Map<string, Wish[]>();
  readonly #signals: readonly string[];
  #spec: PolicySpec | undefined;

  /**
   * @param ownName - Name where the options have none.
   * @param signals - What every count control must have.
   * @throws InvalidOptionError
   */
  protected constructor(
    ownName: string,
    signals: readonly string[],
    { name = ownName, utilization = 0.6, leadSeconds = 120, stabilizationSeconds = 180, ...options }: DemandRuleOptions,
  ) {
    this.#settings = new ControlSettings(utilization, options);
    checkSeconds("leadSeconds", leadSeconds);
    checkSeconds("stabilizationSeconds", stabilizationSeconds);
    this.name = name;
    this.leadSeconds = leadSeconds;
    this.everySeconds = options.everySeconds;
    this.#stabilizationSeconds = stabilizationSeconds;
    this.#signals = signals;
  }

  /** @throws MissingSignalError, PolicyMismatchError when there is no control of kind `count` */
  bind(spec: PolicySpec): void {
    const counts = spec.controls.filter(({ kind }) => kind === "count");
    if (counts.length === 0) {
      const got = `${spec.controls.length} other controls`;
      throw new PolicyMismatchError(this.name, "a control that counts replicas", got);
    }
    for (const control of counts) {
      const missing = this.#signals.find((signal) => !control.signals.includes(signal));
      if (missing !== undefined) throw new MissingSignalError(this.name, `${control.name}.${missing}`, spec.id);
    }
    this.#settings.check(this.name, spec);
    this.#spec = spec;
    this.reset(0);
  }

  reset(_seed: number | bigint): void {
    this.#wishes.clear();
    this.forget();
  }

  act(_observation: unknown, info: PolicyInfo): unknown {
    const spec = this.#spec!;
    const demands = spec.controls.filter(({ kind }) => kind === "count").map((control) => demandOf(control, info));
    const foreseen = this.foresee(demands);
    let next = 0;
    const desired = spec.controls.map((control) => {
      const present = info.controls[control.name]!.desired;
      if (control.kind !== "count") return this.#settings.heldAt(control, present);
      const demand = foreseen[next++]!;
      return Number.isFinite(demand) ? this.#settle(control, demand, present, info.timeSeconds) : present;
    });
    return spec.encode(desired, info);
  }

  /** Forgets the last episode. */
  protected abstract forget(): void;

  /** The greatest demand until replicas asked for now are ready, by control. Unit: replicas; NaN to hold. */
  protected abstract foresee(demands: readonly Demand[]): number[];

  #settle(control: PolicyControl, demand: number, present: number, timeSeconds: number): number {
    const { name, min, max } = control;
    const wanted = Math.ceil(demand / this.#settings.utilizationOf(control) - 1e-9);
    const count = Math.min(max, Math.max(min, wanted));
    const known = this.#wishes.get(name) ?? [{ timeSeconds, count: present }];
    const recent = known.filter((wish) => wish.timeSeconds > timeSeconds - this.#stabilizationSeconds);
    recent.push({ timeSeconds, count });
    this.#wishes.set(name, recent);
    if (count >= present) return count;
    return Math.min(
      present,
      recent.reduce((most, wish) => Math.max(most, wish.count), 0),
    );
  }
}

function demandOf(control: PolicyControl, { signals, timeSeconds }: PolicyInfo): Demand {
  const own = signals[control.name]!;
  const ready = own.readyReplicas ?? own.replicas!;
  const utilization = own.utilization!;
  return {
    control,
    replicas: ready > 0 ? utilization * ready : Number.NaN,
    utilization,
    ready,
    arrivalRate: own.arrivalRate ?? Number.NaN,
    announcedRate: own.announcedRate ?? 0,
    timeSeconds,
  };
}
