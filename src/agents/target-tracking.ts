/** Policy: what a DigitalOcean droplet autoscale pool would do. @module */
import { ControlRule, type CountReading } from "./control-rule.js";
import { ControlSettings, type ControlSettingsOptions } from "./control-settings.js";
import { checkSeconds } from "./rule-options.js";

/** Options of {@link TargetTrackingPolicy}. */
export interface TargetTrackingPolicyOptions extends ControlSettingsOptions {
  /** What results call it. @defaultValue "target-tracking" */
  readonly name?: string;
  /** Utilization to keep, a ratio above 0 and at most 1; the provider accepts 0.05 and above. @defaultValue 0.6 */
  readonly utilization?: number;
  /**
   * Least time between two changes of a control. Unit: seconds. The provider accepts 300 to 1,200 and takes 600 where
   * nothing is given. @defaultValue 300
   */
  readonly cooldownSeconds?: number;
}

/**
 * Keeps the mean utilization near a target: ceil(ready × utilization / target) replicas, then a pause.
 *
 * There is no tolerance, and no difference between up and down. Without a ready replica or a known utilization, it holds.
 * @see https://docs.digitalocean.com/products/droplets/how-to/autoscale-pools/ and the provider's API description,
 * `autoscale_pool_dynamic_config` (2026-11): the example's target 0.6, the cooldown's range and default.
 * @example
 * new TargetTrackingPolicy({ utilization: 0.5 }); // on the command line: target-tracking:0.5
 */
export class TargetTrackingPolicy extends ControlRule {
  readonly #settings: ControlSettings;
  readonly #cooldownSeconds: number;
  readonly #changedAt = new Map<string, number>();

  /** @throws {@link InvalidOptionError} when an option lies outside its range. */
  constructor({
    name = "target-tracking",
    utilization = 0.6,
    cooldownSeconds = 300,
    ...options
  }: TargetTrackingPolicyOptions = {}) {
    const settings = new ControlSettings(utilization, options);
    super(name, settings);
    this.#settings = settings;
    checkSeconds("cooldownSeconds", cooldownSeconds);
    this.#cooldownSeconds = cooldownSeconds;
  }

  override reset(): void {
    this.#changedAt.clear();
  }

  protected override decide({ control, desired, utilization, ready, timeSeconds }: CountReading): number {
    if (!(ready > 0) || !(utilization >= 0)) return desired;
    if (timeSeconds - (this.#changedAt.get(control.name) ?? -Infinity) < this.#cooldownSeconds) return desired;
    const wanted = Math.ceil((ready * utilization) / this.#settings.utilizationOf(control) - 1e-9);
    const count = Math.min(control.max, Math.max(control.min, wanted));
    if (count !== desired) this.#changedAt.set(control.name, timeSeconds);
    return count;
  }
}
