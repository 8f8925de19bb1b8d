/** What rules that set counts share: which controls they act on, and when a control lacks a signal. @module */
import { MissingSignalError, PolicyMismatchError } from "../errors.js";
import type { ControlSettings } from "./control-settings.js";
import type { Policy, PolicyControl, PolicyInfo, PolicySpec } from "./policy.js";

/** One control of kind `count`, as a rule reads it in one step. */
export interface CountReading {
  readonly control: PolicyControl;
  /** What was last asked for. */
  readonly desired: number;
  /** Mean utilization of the ready replicas, a ratio; NaN where nothing is known. */
  readonly utilization: number;
  /** Replicas that are ready to serve. */
  readonly ready: number;
  /** Model time. Unit: seconds. */
  readonly timeSeconds: number;
}

/**
 * A rule that decides about every control of kind `count` by itself, and holds every other control: where it is, or where its settings say.
 *
 * It reads the signals `utilization` and `replicas` of each such control, and `readyReplicas` where it is given.
 */
export abstract class ControlRule implements Policy {
  readonly kind = "rule" as const;
  readonly everySeconds: number | undefined;
  #spec: PolicySpec | undefined;

  /** @param settings - Which sizes it holds, and how often it looks; without them it holds what there is, and looks once a step. */
  protected constructor(
    readonly name: string,
    private readonly settings: ControlSettings | undefined = undefined,
  ) {
    this.everySeconds = settings?.everySeconds;
  }

  /** @throws MissingSignalError, PolicyMismatchError when there is no control of kind `count` */
  bind(spec: PolicySpec): void {
    const counts = spec.controls.filter(({ kind }) => kind === "count");
    if (counts.length === 0) {
      throw new PolicyMismatchError(
        this.name,
        "a control that counts replicas",
        `${spec.controls.length} other controls`,
      );
    }
    for (const control of counts) {
      for (const signal of ["utilization", "replicas"]) {
        if (!control.signals.includes(signal)) {
          throw new MissingSignalError(this.name, `${control.name}.${signal}`, spec.id);
        }
      }
    }
    this.settings?.check(this.name, spec);
    this.#spec = spec;
  }

  abstract reset(seed: number | bigint): void;

  act(_observation: unknown, info: PolicyInfo): unknown {
    const spec = this.#spec!;
    const desired = spec.controls.map((control) => {
      const present = info.controls[control.name]!.desired;
      if (control.kind !== "count") return this.settings?.heldAt(control, present) ?? present;
      const wanted = this.decide(readingOf(control, info));
      return Math.min(control.max, Math.max(control.min, wanted));
    });
    return spec.encode(desired, info);
  }

  /** The count one control should have; limits are kept by the caller. */
  protected abstract decide(reading: CountReading): number;
}

function readingOf(control: PolicyControl, info: PolicyInfo): CountReading {
  const signals = info.signals[control.name]!;
  return {
    control,
    desired: info.controls[control.name]!.desired,
    utilization: signals.utilization!,
    ready: signals.readyReplicas ?? signals.replicas!,
    timeSeconds: info.timeSeconds,
  };
}
