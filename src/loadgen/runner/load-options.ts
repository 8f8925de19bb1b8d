/** What a load runner is told, and what it may be pointed at. @module */
import { InvalidOptionError } from "../../errors.js";
import { checkRange } from "../option-check.js";
import { KNOT_SECONDS, type RateSeries } from "../workload.js";
import { checkProfile, type RateProfile, type Spacing } from "./arrivals.js";

/** Options of {@link LoadRunner.start}. */
export interface LoadRunnerOptions {
  /** `http:` or `https:`. Redirects are answers, and never followed. */
  readonly url: string;
  /** The rate over time; {@link LoadRunner.setRate} replaces it. */
  readonly profile: RateProfile;
  /** For how long requests are asked for. Unit: seconds, above 0. */
  readonly durationSeconds: number;
  /** Seed of the arrival times. @defaultValue 0n */
  readonly seed?: bigint;
  /** @defaultValue "poisson" */
  readonly spacing?: Spacing;
  /** Connections at most, and so requests in flight. An integer from 1 to 4096. @defaultValue 512 */
  readonly connections?: number;
  /** How long an answer may take from when the request was due. Unit: seconds, above 0. @defaultValue 10 */
  readonly timeoutSeconds?: number;
  /** Value of the label `service` on the exported metrics. @defaultValue "web" */
  readonly service?: string;
  /** Port on 127.0.0.1 that shows metrics; 0 takes a free one. @defaultValue none */
  readonly metricsPort?: number;
  /** Whether the last report lists every request. @defaultValue false */
  readonly keepsRequests?: boolean;
  /** Whether nothing is due before {@link LoadRunner.begin}: what there is to load is loaded, and metrics are shown. @defaultValue false */
  readonly isHeld?: boolean;
  /** The one host outside loopback that may be sent to: said by its owner. @defaultValue none */
  readonly ownHost?: string;
  /** The highest rate that is sent. Unit: requests per second. @defaultValue no limit on loopback, 100 outside; there no more is taken */
  readonly maxRate?: number;
}

/** Outside loopback: requests per second, and seconds. */
const FOREIGN_RATE = 100;
const FOREIGN_SECONDS = 600;

/** Every option, with its default; the profile cut at the highest rate. Plain, so that it goes to another process. */
export type CheckedLoad = Required<Omit<LoadRunnerOptions, "metricsPort" | "ownHost" | "maxRate">> & {
  readonly metricsPort: number | undefined;
  readonly maxRate: number;
};

/** Fills in the defaults, and refuses what no load can be. @throws InvalidOptionError */
export function checkLoad(options: LoadRunnerOptions): CheckedLoad {
  const { profile, durationSeconds, connections = 512, timeoutSeconds = 10, metricsPort } = options;
  const { host, isForeign } = targetOf(options.url);
  if (isForeign && options.ownHost !== host) {
    throw new InvalidOptionError(
      "ownHost",
      `${JSON.stringify(host)}, said by its owner (--i-own-this-host), as it is not loopback`,
      options.ownHost,
    );
  }
  const maxRate = options.maxRate ?? (isForeign ? FOREIGN_RATE : Number.MAX_VALUE);
  checkRange("maxRate", maxRate, 0, isForeign ? FOREIGN_RATE : Number.MAX_VALUE, "requests per second");
  checkRange("durationSeconds", durationSeconds, 0.001, isForeign ? FOREIGN_SECONDS : 86_400 * 6, "seconds");
  checkRange("timeoutSeconds", timeoutSeconds, 0.001, 3600, "seconds");
  if (!Number.isInteger(connections) || connections < 1 || connections > 4096) {
    throw new InvalidOptionError("connections", "an integer from 1 to 4096", connections);
  }
  if (metricsPort !== undefined && !(Number.isInteger(metricsPort) && metricsPort >= 0 && metricsPort <= 65_535)) {
    throw new InvalidOptionError("metricsPort", "an integer from 0 to 65535", metricsPort);
  }
  checkProfile(profile);
  const { url, seed = 0n, spacing = "poisson", service = "web" } = options;
  const { keepsRequests = false, isHeld = false } = options;
  const rates = profile.rates.map((rate) => Math.min(rate, maxRate));
  const cut = { atSeconds: [...profile.atSeconds], rates };
  return {
    url,
    seed,
    spacing,
    service,
    keepsRequests,
    isHeld,
    durationSeconds,
    connections,
    timeoutSeconds,
    metricsPort,
    maxRate,
    profile: cut,
  };
}

/**
 * A workload's rates as a profile.
 *
 * @param speed - How much faster than the workload's own time it passes; the rates stay what they are. @defaultValue 1
 */
export function profileOf({ rates }: RateSeries, speed = 1): RateProfile {
  return { atSeconds: Array.from(rates, (_, knot) => (knot * KNOT_SECONDS) / speed), rates: Array.from(rates) };
}

function targetOf(text: string): { readonly host: string; readonly isForeign: boolean } {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.username !== "" || url.password !== "") {
    throw new InvalidOptionError("url", "an address that begins with http:// or https://, without credentials", text);
  }
  const host = url.hostname;
  return { host, isForeign: !/^(?:localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])$/.test(host) };
}
