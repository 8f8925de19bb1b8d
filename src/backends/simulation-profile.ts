/** What was measured on a real plane, in the simulation's terms: a profile that it loads. @module */
import { readFileSync } from "node:fs";
import { InvalidProfileError } from "../errors.js";
import type { Service } from "../infra/service.js";
import type { LifecycleTimes } from "../simulator/model.js";

/** A profile. JSON; written by `infra-gym fidelity --calibrate`, described by docs/schemas/profile.schema.json. */
export interface SimulationProfile {
  readonly schema: 1;
  /** Id of the environment it was measured in. */
  readonly env: string;
  /** Time between client and service beside waiting and work. Unit: seconds, from 0. */
  readonly plumbingSeconds: number;
  /** Mean work of a request by service, where it differs from the definition's. Unit: seconds, above 0. */
  readonly serviceTimeSeconds: Readonly<Record<string, number>>;
  /** Times of changes that differ from DigitalOcean's. Unit: seconds of model time. */
  readonly lifecycle: Partial<Pick<LifecycleTimes, "createSeconds" | "healthCheckSeconds" | "drainSeconds">>;
  /** How it came about. */
  readonly measured: ProfileOrigin;
}

/** What a profile was measured on. */
export interface ProfileOrigin {
  readonly backend: string;
  readonly timeScale: number;
  readonly workload: string;
  /** As text: seeds may be larger than JSON's numbers. */
  readonly seeds: readonly string[];
  readonly steps: number;
  /** How sure the numbers are: half the width of their 95 % intervals, by name; absent where none was fitted. */
  readonly halfWidths: Readonly<Record<string, number>>;
}

/** Reads a profile from a file. @throws InvalidProfileError */
export function readSimulationProfile(path: string): SimulationProfile {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, "utf8"));
  } catch (cause) {
    throw new InvalidProfileError(path, (cause as Error).message, { cause });
  }
  checkProfile(value, path);
  return value;
}

/** Refuses what is no profile. @param source - Named in the message. @throws InvalidProfileError */
export function checkProfile(value: unknown, source: string): asserts value is SimulationProfile {
  const refuse = (reason: string): never => {
    throw new InvalidProfileError(source, reason);
  };
  if (typeof value !== "object" || value === null || Array.isArray(value)) return refuse("expected an object.");
  const { schema, env, plumbingSeconds, serviceTimeSeconds, lifecycle } = value as Partial<SimulationProfile>;
  if (schema !== 1) refuse(`expected schema 1, got ${JSON.stringify(schema)}.`);
  if (typeof env !== "string") refuse("expected env to be the id of an environment.");
  if (!isTime(plumbingSeconds)) refuse("expected plumbingSeconds to be a number from 0.");
  const times = Object.entries(serviceTimeSeconds ?? {});
  const wrong = times.find(([, seconds]) => !isTime(seconds) || seconds === 0);
  if (wrong !== undefined) refuse(`expected serviceTimeSeconds.${wrong[0]} to be a number above 0.`);
  for (const [name, time] of Object.entries(lifecycle ?? {})) {
    if (!["createSeconds", "healthCheckSeconds", "drainSeconds"].includes(name)) {
      refuse(`there is no lifecycle.${name} in a profile.`);
    }
    const numbers: readonly unknown[] = Array.isArray(time) ? time : [time];
    const isSpan = name === "createSeconds";
    if (numbers.length !== (isSpan ? 2 : 1) || Array.isArray(time) !== isSpan || !numbers.every(isTime)) {
      refuse(`expected lifecycle.${name} to be ${isSpan ? "[least, greatest] in seconds" : "a number from 0"}.`);
    }
  }
}

/** The services with the work that was measured. */
export function servicesOfProfile(
  services: readonly Service[],
  profile: SimulationProfile | undefined,
): readonly Service[] {
  if (profile === undefined) return services;
  const times = profile.serviceTimeSeconds;
  return services.map((service) => {
    const serviceTimeSeconds = times[service.name];
    return serviceTimeSeconds === undefined ? service : { ...service, serviceTimeSeconds };
  });
}

function isTime(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value) && value >= 0;
}
