/** Options of the backend `local`, and the checks of them. @module */
import type { ServiceFaults } from "../../emulator/service/service-faults.js";
import { InvalidOptionError } from "../../errors.js";
import { suggestion } from "../../messages.js";
import type { MetricsSourceKind } from "../../metrics/server/metrics-source.js";

/** Options of the backend `local`. */
export interface LocalOptions {
  /**
   * How many times faster than the wall's the model's time passes: 12 makes of a step of 60 s one of 5 s, 1 is real time. Requests keep their
   * rates and latencies; there are that many times fewer of them in a step, and each counts that many times.
   * @defaultValue 12
   */
  readonly timeScale?: number;
  /** `haproxy` where it is installed, else `built-in`; or the path of a haproxy. @defaultValue "auto" */
  readonly loadBalancer?: "auto" | "haproxy" | "built-in" | (string & {});
  /** Prometheus where it is installed, else `embedded`; or a server that runs already. @defaultValue "auto" */
  readonly metrics?: MetricsSourceKind;
  /** Time between two scrapes, on the wall. Unit: seconds, above 0. @defaultValue a fifth of a step, at least 0.2 and at most 15 */
  readonly scrapeSeconds?: number;
  /** Path or name of the Terraform to run. @defaultValue the first of `terraform` and `tofu` on PATH */
  readonly terraform?: string;
  /** Whether droplets whose `user_data` begins with `#!` run it, as this user. @defaultValue false; such a world is refused */
  readonly allowCommands?: boolean;
  /** What goes wrong with droplets, and how often, by the episode's seed. Unit: seconds of model time. @defaultValue crashes as in the simulation */
  readonly faults?: ServiceFaults;
  /** The highest rate that one load generator is trusted with. Unit: requests per second, above 0. @defaultValue 3000 */
  readonly maxRate?: number;
  /** How long the first start of all parts may take. Unit: seconds of the wall, above 0. @defaultValue 60 */
  readonly startSeconds?: number;
  /** Folder for the worlds of this machine, each in one of its own. @defaultValue one of this user's in the system's folder for temporary files */
  readonly folder?: string;
  /** Arguments of Node for the processes that are started. @defaultValue none */
  readonly execArgv?: readonly string[];
}

/** The defaults, with what was given. */
export type CheckedLocalOptions = Required<Omit<LocalOptions, "scrapeSeconds" | "terraform" | "faults" | "folder">> &
  Pick<LocalOptions, "scrapeSeconds" | "terraform" | "faults" | "folder">;

const DEFAULTS = {
  timeScale: 12,
  loadBalancer: "auto",
  metrics: "auto",
  allowCommands: false,
  maxRate: 3000,
  startSeconds: 60,
  execArgv: [],
} as const;
const NAMES: readonly string[] = [...Object.keys(DEFAULTS), "scrapeSeconds", "terraform", "faults", "folder"];

/** Fills in the defaults. @throws InvalidOptionError naming `local` and the option */
export function checkLocalOptions(options: LocalOptions): CheckedLocalOptions {
  const unknown = Object.keys(options).find((name) => !NAMES.includes(name));
  if (unknown !== undefined) {
    throw new InvalidOptionError(
      `local.${unknown}`,
      `an option of local. ${suggestion(unknown, NAMES)}`,
      "no such one",
    );
  }
  for (const name of ["timeScale", "maxRate", "startSeconds", "scrapeSeconds"] as const) {
    const value = options[name];
    const least = name === "timeScale" ? "of at least 1" : "above 0";
    const isFine = value === undefined || (Number.isFinite(value) && (name === "timeScale" ? value >= 1 : value > 0));
    if (!isFine) throw new InvalidOptionError(`local.${name}`, `a finite number ${least}`, value);
  }
  return { ...DEFAULTS, ...options };
}
