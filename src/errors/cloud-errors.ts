/** Errors of working with a real account: budgets, expiry, leases, and what is left behind. @module */
import { InfraGymError } from "./infra-gym-error.js";

/** Money with cents, or more digits where it is less. */
function usd(amount: number): string {
  return `$${amount.toFixed(Math.abs(amount) < 0.1 ? 4 : 2)}`;
}

/** What is asked for could cost more than was allowed. */
export class BudgetExceededError extends InfraGymError {
  constructor(
    /** Unit: USD. */
    readonly budgetUsd: number,
    /** What is spent already. Unit: USD. */
    readonly spentUsd: number,
    /** What it could come to until everything is destroyed. Unit: USD. */
    readonly worstCaseUsd: number,
  ) {
    super(
      "INFRA_GYM_BUDGET_EXCEEDED",
      `Expected a bill of at most ${usd(budgetUsd)}, got one of up to ${usd(worstCaseUsd)} (${usd(spentUsd)} of it spent). Ask for less, for a shorter time, or raise the budget.`,
    );
  }
}

/** Something that a world in an account runs on could not be had, or was lost: then it is taken down. */
export class CloudWorldError extends InfraGymError {
  constructor(
    readonly part: string,
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    super(
      "INFRA_GYM_CLOUD_WORLD",
      `The world in the account has lost its ${part}: ${reason} It is taken down; infra-gym reap --dry-run shows whether anything is left.`,
      options,
    );
  }
}

/** Resources that are still there although they should be gone. */
export class LeftoverResourcesError extends InfraGymError {
  constructor(
    readonly run: string,
    /** Such as `droplet 411222333 (shop-web-0)`. */
    readonly resources: readonly string[],
    options?: ErrorOptions,
  ) {
    const shown = resources.slice(0, 8).join(", ");
    const more = resources.length > 8 ? ` and ${resources.length - 8} more` : "";
    super(
      "INFRA_GYM_LEFTOVER_RESOURCES",
      `Run ${run}: Expected nothing to be left, found ${shown}${more}. They are billed: infra-gym reap destroys them.`,
      options,
    );
  }
}

/** An account in which resources are past their time. Nothing is started in it. */
export class ExpiredResourcesError extends InfraGymError {
  constructor(
    /** Runs that are past their time. */
    readonly runs: readonly string[],
  ) {
    const noun = runs.length === 1 ? "run is" : "runs are";
    super(
      "INFRA_GYM_EXPIRED_RESOURCES",
      `${runs.length} earlier ${noun} past their time and may still be billed: ${runs.join(", ")}. Destroy what is left: infra-gym reap --expired.`,
    );
  }
}

/** A lease file that cannot be read. */
export class InvalidLeaseError extends InfraGymError {
  constructor(
    readonly file: string,
    readonly detail: string,
    options?: ErrorOptions,
  ) {
    super(
      "INFRA_GYM_INVALID_LEASE",
      `${file}: ${detail} Look into the account for what it stood for, then remove it.`,
      options,
    );
  }
}
