/** The work of each request of a service, by seed. @module */
import { InvalidOptionError } from "../../errors.js";
import type { Service, ServiceTimeDistribution } from "../../infra/service.js";
import { variationOf } from "../../simulator/model.js";
import { serviceTimeQuantile } from "../../simulator/requests/service-times.js";
import { streamKey, uniform53At } from "../../simulator/stream.js";

/** Distributions that have a coefficient of variation to choose. */
const SHAPED = ["lognormal", "gamma", "hyperexponential"] as const;

/**
 * The work of request after request: the simulator's distributions, drawn by seed.
 *
 * @returns A function of the request's number, from 0. Unit: seconds on a slot.
 * @throws InvalidOptionError when the mean is not above 0
 */
export function workDraws(service: Service, seed: bigint): (request: number) => number {
  const { serviceTimeSeconds } = service;
  if (!Number.isFinite(serviceTimeSeconds) || serviceTimeSeconds <= 0) {
    throw new InvalidOptionError("serviceTimeSeconds", "a finite number above 0 (seconds)", serviceTimeSeconds);
  }
  const quantile = serviceTimeQuantile({ service, serviceTimeSeconds, serviceTimeVariation: variationOf(service) });
  const [high, low] = streamKey(seed, "work");
  return (request) => quantile(uniform53At(high, low, request));
}

/**
 * A distribution as a command line names it: `exponential`, `deterministic`, or one with its coefficient of variation, as in `gamma:0.5`.
 *
 * @throws InvalidOptionError
 */
export function parseDistribution(text: string): ServiceTimeDistribution {
  if (text === "exponential" || text === "deterministic") return text;
  const [name, variation = ""] = text.split(":");
  const kind = SHAPED.find((shaped) => shaped === name);
  const coefficientOfVariation = variation.trim() === "" ? Number.NaN : Number(variation);
  if (kind !== undefined && coefficientOfVariation > 0 && coefficientOfVariation < Infinity) {
    return { kind, coefficientOfVariation };
  }
  throw new InvalidOptionError(
    "distribution",
    "exponential, deterministic, or lognormal, gamma or hyperexponential with a coefficient of variation above 0, such as gamma:0.5",
    text,
  );
}
