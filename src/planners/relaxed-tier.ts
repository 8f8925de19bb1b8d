/** The least that a tier costs: what any policy pays for capacity, and for being there at all. @module */
import type { CompiledEnv } from "../envs/compile.js";
import { visitsOf } from "../simulator/core-model.js";
import type { TierModel } from "../simulator/model.js";

/** Lower bounds on the bill of one tier. */
export interface RelaxedTier {
  readonly tier: TierModel;
  /** Mean visits per request at the entry. */
  readonly visits: number;
  /** One slot ready for a second, at the cheapest size. Unit: USD. */
  readonly usdPerSlotSecond: number;
  /** The fewest replicas of the cheapest size, for a second. Unit: USD. */
  readonly leastUsdPerSecond: number;
  /** What may be used a second time unpaid: a database that shrinks goes on with its old size to the next tick. Unit: USD per second of the episode. */
  readonly leakUsdPerSecond: number;
}

/** The tiers of a compiled definition, relaxed: every size there is, and any mix of sizes, at once. */
export function relaxTiers({ prepared: { model }, controls, configurations }: CompiledEnv): RelaxedTier[] {
  const visits = visitsOf(model);
  return model.tiers.map((tier, t) => {
    const { resource } = tier.service;
    const counted = controls.filter(({ target, attribute }) => target === resource && attribute === "count");
    const replicas = counted.length > 0 ? counted[0]!.min : configurations.initial.state.replicas[t]!;
    // Replicas of mixed sizes that have queues of their own are taken as equal ones, with up to half a slot more each.
    const isRounded = model.balancing !== "least_connections" && tier.kind === "droplets" && tier.sizes.length > 1;
    const perSlotHour = Math.min(...tier.sizes.map(({ usdPerHour, slots }) => usdPerHour / slots));
    const prices = tier.sizes.map(({ usdPerHour }) => usdPerHour);
    const { databaseResizeSeconds, bootScale } = model.lifecycle;
    const resizing = databaseResizeSeconds[0] * bootScale;
    const spread = ((Math.max(...prices) - Math.min(...prices)) / 3600) * model.tickSeconds;
    return {
      tier,
      visits: visits[t]!,
      usdPerSlotSecond: (perSlotHour / 3600) * (isRounded ? 2 / 3 : 1),
      leastUsdPerSecond: (replicas * Math.min(...prices)) / 3600,
      leakUsdPerSecond: tier.kind === "database" && spread > 0 ? spread / Math.max(model.tickSeconds, resizing) : 0,
    };
  });
}
