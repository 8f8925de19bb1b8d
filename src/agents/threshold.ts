/** Policy: what Kubernetes' horizontal pod autoscaler would do. @module */
import { InvalidOptionError } from "../errors.js";
import { ControlRule, type CountReading } from "./control-rule.js";
import { ControlSettings, type ControlSettingsOptions } from "./control-settings.js";
import { checkSeconds } from "./rule-options.js";

/** Options of {@link ThresholdPolicy}. */
export interface ThresholdPolicyOptions extends ControlSettingsOptions {
  /** What results call it. @defaultValue "threshold" */
  readonly name?: string;
  /** Utilization to keep, a ratio above 0 and at most 1. @defaultValue 0.6 */
  readonly utilization?: number;
  /** Relative distance from it that is left alone, from 0 to below 1. @defaultValue 0.1 */
  readonly tolerance?: number;
  /** How long a higher recommendation keeps the count from falling. Unit: seconds. @defaultValue 300 */
  readonly stabilizationSeconds?: number;
}

interface Recommendation {
  readonly timeSeconds: number;
  readonly count: number;
}

/**
 * The horizontal pod autoscaler's rule, once a step for every control of kind `count`.
 *
 * - The recommendation is ceil(ready × utilization / target), unless the ratio lies within the tolerance.
 * - Replicas asked for but not ready count as idle when it would scale up, which damps it, and not at all when it would
 *   scale down; a recommendation that this turns around is dropped.
 * - It scales up at once, and down to the greatest recommendation of the last 300 s.
 * - Without a ready replica or a known utilization, it holds.
 *
 * Kubernetes looks every 15 s, this policy once a step unless `everySeconds` says otherwise. Its limit on growth (the greater of 4 pods and a doubling every
 * 15 s) could not bind at a step of a minute and is left out. Real pods are "not ready" for 30 s more after their start.
 * @see https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#algorithm-details (2026-11)
 * @example
 * new ThresholdPolicy({ utilization: 0.5 }); // on the command line: threshold:0.5
 */
export class ThresholdPolicy extends ControlRule {
  readonly #settings: ControlSettings;
  readonly #tolerance: number;
  readonly #stabilizationSeconds: number;
  readonly #recommendations = new Map<string, Recommendation[]>();

  /** @throws {@link InvalidOptionError} when an option lies outside its range. */
  constructor({
    name = "threshold",
    utilization = 0.6,
    tolerance = 0.1,
    stabilizationSeconds = 300,
    ...options
  }: ThresholdPolicyOptions = {}) {
    const settings = new ControlSettings(utilization, options);
    super(name, settings);
    this.#settings = settings;
    checkSeconds("stabilizationSeconds", stabilizationSeconds);
    if (!(tolerance >= 0 && tolerance < 1)) {
      throw new InvalidOptionError("tolerance", "a number of at least 0 and below 1", tolerance);
    }
    this.#tolerance = tolerance;
    this.#stabilizationSeconds = stabilizationSeconds;
  }

  override reset(): void {
    this.#recommendations.clear();
  }

  protected override decide(reading: CountReading): number {
    const { control, desired, timeSeconds } = reading;
    const count = Math.min(control.max, Math.max(control.min, this.#recommend(reading)));
    const known = this.#recommendations.get(control.name) ?? [{ timeSeconds, count: desired }];
    const recent = known.filter((entry) => entry.timeSeconds > timeSeconds - this.#stabilizationSeconds);
    recent.push({ timeSeconds, count });
    this.#recommendations.set(control.name, recent);
    const highest = recent.reduce((most, entry) => Math.max(most, entry.count), 0);
    return count >= desired ? count : Math.min(desired, highest);
  }

  #recommend({ control, desired, utilization, ready }: CountReading): number {
    if (!(ready > 0) || !(utilization >= 0)) return desired;
    const ratio = utilization / this.#settings.utilizationOf(control);
    const unready = Math.max(0, desired - ready);
    if (unready === 0 || ratio <= 1) return this.#isClose(ratio) ? desired : ceil(ratio * ready);
    const damped = (ratio * ready) / (ready + unready);
    if (this.#isClose(damped) || damped < 1) return desired;
    return Math.max(desired, ceil(damped * (ready + unready)));
  }

  #isClose(ratio: number): boolean {
    return Math.abs(ratio - 1) <= this.#tolerance;
  }
}

/** The next integer, with room for the rounding of a product that is an integer. */
function ceil(value: number): number {
  return Math.ceil(value - 1e-9);
}
