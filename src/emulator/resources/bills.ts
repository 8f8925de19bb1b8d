/** What resources cost: each from when it is made to when it goes, at its list price. @module */
import { billedUsd } from "../../infra/catalogue/billing.js";
import type { BillRecord } from "../records.js";
import type { World } from "../world.js";

/** Begins to charge for a resource, or changes its price. @param usdPerHour - 0 charges nothing. */
export function charge(world: World, urn: string, name: string, usdPerHour: number): void {
  const now = world.time.now();
  const running = runningBill(world, urn);
  if (running?.usdPerHour === usdPerHour) return;
  if (running !== undefined) stop(world, running, now);
  if (usdPerHour > 0)
    world.tables.bills.restore({ id: `${urn} open`, urn, name, usdPerHour, from: now, until: undefined });
}

/** Stops charging for a resource. */
export function stopCharging(world: World, urn: string): void {
  const running = runningBill(world, urn);
  if (running !== undefined) stop(world, running, world.time.now());
}

/** What was charged since a time, which the provider bills at the end of the month. Unit: USD. */
export function chargedSince(world: World, since: number): number {
  const now = world.time.now();
  let sum = 0;
  for (const { usdPerHour, from, until } of world.tables.bills.all()) {
    const seconds = (until ?? now) - Math.max(from, since);
    if (seconds >= 0 && (until ?? now) >= since) sum += billedUsd(usdPerHour, seconds);
  }
  return sum;
}

function runningBill(world: World, urn: string): BillRecord | undefined {
  return world.tables.bills.peek(`${urn} open`);
}

function stop(world: World, bill: BillRecord, now: number): void {
  world.tables.bills.delete(bill.id);
  world.tables.bills.restore({ ...bill, id: `${bill.urn} ${world.identity.integer()}`, until: now });
}
