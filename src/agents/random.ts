/** Policy: any allowed action, each as likely as another. @module */
import { type Seed, SeedSequence } from "../rng.js";
import type { Space } from "../spaces/space.js";
import type { Policy, PolicyInfo, PolicySpec } from "./policy.js";

/** Sets the policy's draws apart from those of an environment with the same seed. */
const SPAWN_KEY = [0x72616e64n];

/**
 * Draws a uniform action that the mask allows.
 *
 * It draws from the action space's own generator, which `reset` restarts: the same seed gives the same actions.
 */
export class RandomPolicy implements Policy {
  readonly name: string;
  readonly kind = "rule" as const;
  #space: Space<unknown> | undefined;

  constructor({ name = "random" }: { readonly name?: string } = {}) {
    this.name = name;
  }

  bind(spec: PolicySpec): void {
    this.#space = spec.actionSpace;
  }

  reset(seed: Seed): void {
    const [word] = new SeedSequence(seed, { spawnKey: SPAWN_KEY }).generateState(1, "uint64");
    this.#space!.seed(word);
  }

  act(_observation: unknown, { actionMask }: PolicyInfo): unknown {
    return this.#space!.sample(actionMask === null ? {} : { mask: actionMask });
  }
}
