/** The guard: limits on what a graph may become and on what may be spent. @module */
import { InvalidOptionError } from "../errors.js";
import type { InfraGraph } from "./infra-graph.js";

/** Limits of {@link createGuard}; without any, everything is allowed. */
export interface GuardLimits {
  /** Most droplets at a time, those of pools and clusters included. An integer from 0. */
  readonly maxDroplets?: number;
  /** Highest list price of the whole graph. Unit: USD per hour, from 0. */
  readonly maxUsdPerHour?: number;
  /** Most that may be spent; from then on nothing may become dearer. Unit: USD, from 0. */
  readonly maxUsd?: number;
}

/** The guard's answer. A refusal is a value, not an error: the graph stays as it was. */
export type GuardVerdict =
  | { readonly allowed: true }
  | {
      readonly allowed: false;
      /** Name of the limit. */
      readonly reason: keyof GuardLimits;
      /** The limit's value. */
      readonly limit: number;
      /** What the edit would make of it. */
      readonly value: number;
      /** One sentence for people. */
      readonly text: string;
    };

/** Judges edits. */
export interface Guard {
  readonly limits: GuardLimits;
  /**
   * Judges a change of the graph. A change that makes a figure no larger is never refused for that figure, so that a graph beyond its limits can come back.
   *
   * @param spentUsd - Spent so far. Unit: USD.
   */
  check(from: InfraGraph, to: InfraGraph, spentUsd: number): GuardVerdict;
}

const allowed: GuardVerdict = { allowed: true };

/** Makes a guard. @throws InvalidOptionError when a limit is not a number from 0 */
export function createGuard(limits: GuardLimits = {}): Guard {
  const { maxDroplets, maxUsdPerHour, maxUsd } = limits;
  if (maxDroplets !== undefined && !(Number.isInteger(maxDroplets) && maxDroplets >= 0)) {
    throw new InvalidOptionError("maxDroplets", "an integer from 0", maxDroplets);
  }
  for (const [name, limit] of Object.entries({ maxUsdPerHour, maxUsd })) {
    if (limit !== undefined && !(limit >= 0)) throw new InvalidOptionError(name, "a number from 0 (USD)", limit);
  }
  return {
    limits,
    check: (from, to, spentUsd) => {
      if (maxDroplets !== undefined && to.dropletCount > Math.max(maxDroplets, from.dropletCount)) {
        const text = `${to.dropletCount} droplets would be more than the limit of ${maxDroplets}.`;
        return { allowed: false, reason: "maxDroplets", limit: maxDroplets, value: to.dropletCount, text };
      }
      const value = to.priceUsdPerHour;
      if (value <= from.priceUsdPerHour) return allowed;
      if (maxUsdPerHour !== undefined && value > maxUsdPerHour) {
        const text = `$${value.toFixed(4)} an hour would be more than the limit of $${maxUsdPerHour} an hour.`;
        return { allowed: false, reason: "maxUsdPerHour", limit: maxUsdPerHour, value, text };
      }
      if (maxUsd !== undefined && spentUsd >= maxUsd) {
        const text = `$${spentUsd.toFixed(2)} of $${maxUsd} is spent, so nothing may become dearer.`;
        return { allowed: false, reason: "maxUsd", limit: maxUsd, value: spentUsd, text };
      }
      return allowed;
    },
  };
}
