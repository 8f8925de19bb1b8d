/** Faults of a service, by seed: crashes, hangs and times in which it is slow. @module */
import { log } from "../../elementary.js";
import { InvalidOptionError } from "../../errors.js";
import { streamKey, uniform53At } from "../../simulator/stream.js";

/** What may go wrong with a service, and how often. */
export interface ServiceFaults {
  /** Mean time between crashes. Unit: seconds, above 0. @defaultValue never */
  readonly crashEverySeconds?: number;
  /** Mean time between hangs, in which nothing is answered. Unit: seconds, above 0. @defaultValue never */
  readonly hangEverySeconds?: number;
  /** Length of a hang. Unit: seconds, above 0. @defaultValue 5 */
  readonly hangSeconds?: number;
  /** Mean time between slow times. Unit: seconds, above 0. @defaultValue never */
  readonly slowEverySeconds?: number;
  /** Length of a slow time. Unit: seconds, above 0. @defaultValue 30 */
  readonly slowSeconds?: number;
  /** What work is multiplied by in a slow time. Above 0. @defaultValue 3 */
  readonly slowFactor?: number;
}

/** One fault. */
export type ServiceFault =
  | { readonly kind: "crash" }
  | { readonly kind: "hang"; readonly seconds: number }
  | { readonly kind: "slow"; readonly seconds: number; readonly factor: number };

/** A fault and when it comes. Unit: seconds from the start of the service. */
export interface PlannedFault {
  readonly atSeconds: number;
  readonly fault: ServiceFault;
}

/** The defaults, with what was given. @throws InvalidOptionError when something is not a number above 0 */
export function checkServiceFaults(faults: ServiceFaults): Required<ServiceFaults> {
  const never = { crashEverySeconds: Infinity, hangEverySeconds: Infinity, slowEverySeconds: Infinity };
  const complete = { ...never, hangSeconds: 5, slowSeconds: 30, slowFactor: 3, ...faults };
  for (const [name, value] of Object.entries(complete)) {
    if (typeof value !== "number" || !(value > 0)) {
      throw new InvalidOptionError(`faults.${name}`, "a number above 0", value);
    }
  }
  return complete;
}

/**
 * All faults of one service in order of time: each kind comes after times drawn from an exponential distribution. Without an end
 * unless no kind is asked for.
 *
 * @param seed - The same seed plans the same faults.
 */
export function* planFaults(faults: ServiceFaults, seed: bigint): Generator<PlannedFault, void> {
  const { crashEverySeconds, hangEverySeconds, hangSeconds, slowEverySeconds, slowSeconds, slowFactor } =
    checkServiceFaults(faults);
  const kinds = [
    { every: crashEverySeconds, fault: { kind: "crash" } as const },
    { every: hangEverySeconds, fault: { kind: "hang", seconds: hangSeconds } as const },
    { every: slowEverySeconds, fault: { kind: "slow", seconds: slowSeconds, factor: slowFactor } as const },
  ].filter(({ every }) => every < Infinity);
  const draws = kinds.map(({ every, fault }) => {
    const [high, low] = streamKey(seed, `fault/${fault.kind}`);
    let count = 0;
    let at = 0;
    const next = (): number => {
      at -= every * log(uniform53At(high, low, count++));
      return at;
    };
    return { fault, at: next(), next };
  });
  while (draws.length > 0) {
    const first = draws.reduce((earliest, draw) => (draw.at < earliest.at ? draw : earliest));
    yield { atSeconds: first.at, fault: first.fault };
    first.at = first.next();
  }
}
