/** What droplets are billed in model time, as the simulation bills them. @module */
import type { Ledger } from "../../reward/ledger.js";
import { prepaidSeconds } from "../../simulator/billing.js";

interface Billed {
  readonly address: string;
  usdPerHour: number;
  /** Until when it is paid for. Unit: seconds of model time. */
  paidUntil: number;
}

/** Bills droplets by the second, with the minimum charge at their creation and their last seconds as they go. */
export class DropletBill {
  readonly #ledger: Ledger;
  readonly #drainSeconds: number;
  readonly #billed = new Map<number, Billed>();

  constructor(ledger: Ledger, drainSeconds: number) {
    this.#ledger = ledger;
    this.#drainSeconds = drainSeconds;
  }

  /** List price of all droplets there are. Unit: USD per hour. */
  get usdPerHour(): number {
    return [...this.#billed.values()].reduce((sum, { usdPerHour }) => sum + usdPerHour, 0);
  }

  /** An episode begins: what is there runs since long before it. */
  begin(now: number): void {
    for (const one of this.#billed.values()) one.paidUntil = now;
  }

  /** A droplet is made: the minimum charge is due at once. */
  create(id: number, address: string, usdPerHour: number, now: number): void {
    const prepaid = prepaidSeconds(usdPerHour);
    this.#billed.set(id, { address, usdPerHour, paidUntil: now + prepaid });
    if (usdPerHour > 0) this.#ledger.record(address, (prepaid / 3600) * usdPerHour);
  }

  /** A droplet has another price. */
  change(id: number, usdPerHour: number, now: number): void {
    const one = this.#billed.get(id);
    if (one === undefined || one.usdPerHour === usdPerHour) return;
    this.#pay(one, now);
    one.usdPerHour = usdPerHour;
  }

  /** A droplet is deleted: it finishes what it has. */
  remove(id: number, now: number): void {
    const one = this.#billed.get(id);
    if (one === undefined) return;
    this.#pay(one, now + this.#drainSeconds);
    this.#billed.delete(id);
  }

  /** Bills everything until now. */
  until(now: number): void {
    for (const one of this.#billed.values()) this.#pay(one, now);
  }

  #pay(one: Billed, until: number): void {
    if (until <= one.paidUntil) return;
    this.#ledger.record(one.address, ((until - one.paidUntil) / 3600) * one.usdPerHour);
    one.paidUntil = until;
  }
}
