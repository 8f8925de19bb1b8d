/** What was billed in an episode, resource by resource. @module */
import { InvalidOptionError, SnapshotMismatchError } from "../errors.js";

/** A ledger as plain data: addresses with what was billed for them. Unit: USD. */
export interface LedgerSnapshot {
  readonly totalUsd: number;
  readonly entries: readonly (readonly [address: string, usd: number])[];
}

/**
 * Sums what was billed, by the resource's address. Backends write to it; the reward's cost term reads the difference of `totalUsd`.
 *
 * @example
 * const ledger = new Ledger();
 * ledger.record("digitalocean_droplet.web", 0.0006);
 * ledger.totalUsd; // 0.0006
 */
export class Ledger {
  readonly #usdByAddress = new Map<string, number>();
  #totalUsd = 0;

  /** Everything billed so far. Unit: USD. */
  get totalUsd(): number {
    return this.#totalUsd;
  }

  /**
   * Adds an amount.
   *
   * @param address - The resource's address in the graph.
   * @param usd - What was billed since the last record. Unit: USD, from 0.
   * @throws InvalidOptionError for an amount that is negative or not finite
   */
  record(address: string, usd: number): void {
    if (!Number.isFinite(usd) || usd < 0) throw new InvalidOptionError("usd", "a finite number from 0 (USD)", usd);
    this.#usdByAddress.set(address, this.usdOf(address) + usd);
    this.#totalUsd += usd;
  }

  /**
   * Brings an address up to the value of its counter `infra_gym_cost_usd_total`, which began with the episode.
   *
   * @param totalUsd - The counter's value. Unit: USD, not less than at the last reading.
   * @throws InvalidOptionError for a value that is not finite or has fallen
   */
  recordTotal(address: string, totalUsd: number): void {
    const before = this.usdOf(address);
    if (!Number.isFinite(totalUsd) || totalUsd < before) {
      throw new InvalidOptionError(
        "totalUsd",
        `a finite number from ${before}, the last reading of ${address} (USD)`,
        totalUsd,
      );
    }
    this.#usdByAddress.set(address, totalUsd);
    this.#totalUsd += totalUsd - before;
  }

  /** What was billed for one resource. Unit: USD; 0 for one that is not known. */
  usdOf(address: string): number {
    return this.#usdByAddress.get(address) ?? 0;
  }

  /** What was billed by resource, in the order of first records. Unit: USD. */
  entries(): IterableIterator<[address: string, usd: number]> {
    return this.#usdByAddress.entries();
  }

  /** Forgets everything: an episode starts. */
  clear(): void {
    this.#usdByAddress.clear();
    this.#totalUsd = 0;
  }

  /** A copy as plain data, which the caller owns. */
  snapshot(): LedgerSnapshot {
    return { totalUsd: this.#totalUsd, entries: [...this.#usdByAddress] };
  }

  /** Puts a copy back. @throws SnapshotMismatchError when it is none of a ledger */
  restore(snapshot: LedgerSnapshot): void {
    if (typeof snapshot?.totalUsd !== "number" || !Array.isArray(snapshot.entries)) {
      throw new SnapshotMismatchError("a ledger", "something else");
    }
    this.clear();
    for (const [address, usd] of snapshot.entries) this.#usdByAddress.set(address, usd);
    this.#totalUsd = snapshot.totalUsd;
  }
}
