/** Faults of the reference service as a command line writes them. @module */
import type { ServiceFaults } from "../emulator/service/service-faults.js";
import { UsageError } from "../errors.js";
import type { OptionValues } from "./option-values.js";

/** What the numbers of each fault mean, in order. */
const KEYS: Readonly<Record<string, readonly (keyof ServiceFaults)[]>> = {
  crash: ["crashEverySeconds"],
  hang: ["hangEverySeconds", "hangSeconds"],
  slow: ["slowEverySeconds", "slowSeconds", "slowFactor"],
};

/** Reads `--faults`, such as `crash=600,hang=300:5,slow=120:30:3`; nothing where it is not given. @throws UsageError */
export function readServiceFaults(values: OptionValues): ServiceFaults {
  const faults: { -readonly [Key in keyof ServiceFaults]: number } = {};
  for (const part of values.list("faults") ?? []) {
    const [kind = "", numbers = ""] = part.split("=");
    const keys = Object.hasOwn(KEYS, kind) ? KEYS[kind]! : [];
    const given = numbers.split(":").map((text) => (text.trim() === "" ? Number.NaN : Number(text)));
    if (given.length > keys.length || given.some((number) => !(number > 0 && number < Infinity))) {
      const expected = "faults such as crash=600,hang=300:5,slow=120:30:3 (mean seconds between, length, factor)";
      throw new UsageError(`Expected ${values.source("faults")} to be ${expected}, got ${JSON.stringify(part)}.`);
    }
    given.forEach((number, i) => {
      faults[keys[i]!] = number;
    });
  }
  return faults;
}
