/** A policy with a handful of numbers to learn: droplets as a weighted sum of the observation. */
import type { Policy, PolicyInfo, PolicySpec } from "infra-gym/agents";

export class LinearPolicy implements Policy {
  readonly name = "linear";
  readonly kind = "trained";
  #spec: PolicySpec | undefined;

  /** @param weights - One for each value of the observation, then the constant. */
  constructor(readonly weights: readonly number[]) {}

  bind(spec: PolicySpec): void {
    this.#spec = spec;
  }

  reset(): void {}

  act(observation: unknown, info: PolicyInfo): unknown {
    const values = observation as Float32Array;
    const { encode, controls } = this.#spec!;
    const { min, max } = controls[0]!;
    let desired = this.weights[values.length]!;
    for (let i = 0; i < values.length; i++) desired += this.weights[i]! * values[i]!;
    return encode([Math.min(max, Math.max(min, Math.round(desired)))], info);
  }
}
