/** Holds a run to its budget: before anything is applied, and while it runs. @module */
import type { Clock } from "../clock.js";
import { BudgetExceededError, InvalidOptionError } from "../errors.js";
import { billedUsd, MINIMUM_CHARGE_USD } from "../infra/catalogue/billing.js";
import type { InfraGraph } from "../infra/infra-graph.js";

/** Options of {@link SpendGuard}. */
export interface SpendGuardOptions {
  /** The most that may be billed. There is no default: it is to be said. Unit: USD. */
  readonly budgetUsd: number;
  /** When everything is destroyed at the latest. Unit: seconds since 1970-01-01 UTC. */
  readonly expiresAt: number;
  readonly clock: Clock;
  /** Spent before, by a process that went on before this one. Unit: USD. @defaultValue 0 */
  readonly spentUsd?: number;
}

/** Instances of one resource at one price, from some time on. */
interface Running {
  readonly usdPerHour: number;
  /** Unit: seconds since 1970-01-01 UTC. */
  readonly since: number;
}

/**
 * Reckons what a run has cost by the list prices, and what it can come to until it expires. Every instance counts from the
 * moment it is asked for, with the least that is billed for one, so the reckoning is rather too high than too low.
 */
export class SpendGuard {
  readonly #options: SpendGuardOptions;
  readonly #running: Map<string, Running> = new Map();
  #endedUsd: number;

  /** @throws InvalidOptionError when there is no budget above 0 */
  constructor(options: SpendGuardOptions) {
    if (!(Number.isFinite(options.budgetUsd) && options.budgetUsd > 0)) {
      throw new InvalidOptionError(
        "budgetUsd",
        "a number above 0: the most that may be billed (USD)",
        options.budgetUsd,
      );
    }
    this.#options = options;
    this.#endedUsd = options.spentUsd ?? 0;
  }

  /** Spent until now. Unit: USD. */
  get spentUsd(): number {
    return this.#costAt(this.#options.clock.now());
  }

  /** Price of all that runs now. Unit: USD per hour. */
  get usdPerHour(): number {
    return [...this.#running.values()].reduce((sum, { usdPerHour }) => sum + usdPerHour, 0);
  }

  /** What it comes to if all that runs now runs until it expires. Unit: USD. */
  get worstCaseUsd(): number {
    return this.#costAt(Math.max(this.#options.expiresAt, this.#options.clock.now()));
  }

  /**
   * Takes a graph for what is asked for from now on.
   * @throws BudgetExceededError when it could cost more than the budget until it expires; then nothing has changed
   */
  admit(graph: InfraGraph): void {
    const before = { running: new Map(this.#running), endedUsd: this.#endedUsd };
    this.#switchTo(instancesOf(graph));
    const { budgetUsd } = this.#options;
    const { worstCaseUsd } = this;
    if (worstCaseUsd <= budgetUsd) return;
    this.#running.clear();
    for (const [key, running] of before.running) this.#running.set(key, running);
    this.#endedUsd = before.endedUsd;
    throw new BudgetExceededError(budgetUsd, this.spentUsd, worstCaseUsd);
  }

  /** Everything is destroyed: nothing costs any more. */
  ended(): void {
    this.#switchTo(new Map());
  }

  /** Resolves when all must be destroyed: the budget is used up, or the time is over. Rejects when it is aborted. */
  async untilOver(signal?: AbortSignal): Promise<"budget" | "expiry"> {
    const { clock, budgetUsd, expiresAt } = this.#options;
    for (;;) {
      if (this.spentUsd >= budgetUsd) return "budget";
      const left = expiresAt - clock.now();
      if (left <= 0) return "expiry";
      // Looks again now and then: what runs may change while it sleeps.
      await clock.sleep(Math.min(left, 5), signal);
    }
  }

  #switchTo(wanted: ReadonlyMap<string, number>): void {
    const now = this.#options.clock.now();
    for (const [key, { usdPerHour, since }] of this.#running) {
      if (wanted.get(key) === usdPerHour) continue;
      this.#endedUsd += billedUsd(usdPerHour, now - since);
      this.#running.delete(key);
    }
    for (const [key, usdPerHour] of wanted) {
      if (!this.#running.has(key)) this.#running.set(key, { usdPerHour, since: now });
    }
  }

  #costAt(time: number): number {
    const costs = [...this.#running.values()].map(({ usdPerHour, since }) => billedUsd(usdPerHour, time - since));
    return costs.reduce((sum, usd) => sum + usd, this.#endedUsd);
  }
}

/**
 * What a graph costs in the worst case if it stands for a while. Unit: USD.
 * @param seconds - How long. Unit: seconds.
 */
export function worstCaseUsd(graph: InfraGraph, seconds: number): number {
  return [...instancesOf(graph).values()].reduce(
    (sum, usdPerHour) => sum + Math.max(billedUsd(usdPerHour, seconds), MINIMUM_CHARGE_USD),
    0,
  );
}

/** Price of every instance that costs something, by address and number. Unit: USD per hour. */
function instancesOf(graph: InfraGraph): Map<string, number> {
  const instances = graph.resources.flatMap(({ address }) => {
    const price = graph.priceOf(address);
    if (price === 0) return [];
    return Array.from({ length: graph.count(address) }, (_, k): [string, number] => [`${address}[${k}]`, price]);
  });
  return new Map(instances);
}
