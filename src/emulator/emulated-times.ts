/** How long changes take in an emulated account, where that is not as long as at the provider. @module */
import { InvalidOptionError } from "../errors.js";
import type { Duration } from "../infra/resource-kind.js";

/** Times of changes. Each is drawn between `min` and `max`, half of them below `median`. */
export interface EmulatedTimes {
  /** From the request until a droplet is active. @defaultValue 30 to 71 s, median 35 s */
  readonly dropletCreate?: Duration;
  /** The action that resizes a droplet, which is off meanwhile. @defaultValue 15 to 60 s, median 30 s */
  readonly dropletResize?: Duration;
  /** Of a database to another size. @defaultValue 163 to 323 s, median 240 s */
  readonly databaseResize?: Duration;
}

const NAMES: readonly string[] = ["dropletCreate", "dropletResize", "databaseResize"] satisfies (keyof EmulatedTimes)[];

/** Refuses what is no time. @throws InvalidOptionError naming `times` and the change */
export function checkTimes(times: EmulatedTimes): EmulatedTimes {
  for (const [name, duration] of Object.entries(times) as [string, Duration | undefined][]) {
    if (!NAMES.includes(name)) throw new InvalidOptionError(`times.${name}`, `one of ${NAMES.join(", ")}`, duration);
    if (duration === undefined) continue;
    const { min, median, max } = duration;
    if (min >= 0 && median >= min && max >= median && max < Infinity) continue;
    throw new InvalidOptionError(
      `times.${name}`,
      "0 ≤ min ≤ median ≤ max, finite (seconds)",
      `${min}, ${median}, ${max}`,
    );
  }
  return times;
}
