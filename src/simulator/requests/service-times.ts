/** Draws of the work of a request, by distribution. @module */
import { exp, inverseNormal, log, log1p } from "../../elementary.js";
import type { TierModel } from "../model.js";
import { regularizedGamma } from "../regularized-gamma.js";

/** A quantile function: uniform on (0, 1) in, seconds out. */
export type Quantile = (u: number) => number;

/** What a distribution of work follows from. */
export type ServiceTimeModel = Pick<TierModel, "service" | "serviceTimeSeconds" | "serviceTimeVariation">;

/** The quantile function of a tier's service time, with its mean and coefficient of variation. */
export function serviceTimeQuantile(tier: ServiceTimeModel): Quantile {
  const { serviceTimeSeconds: mean, serviceTimeVariation: variation } = tier;
  const distribution = tier.service.serviceTimeDistribution ?? "exponential";
  if (variation === 0) return () => mean;
  if (distribution === "exponential" || distribution === "deterministic") return (u) => -mean * log(u);
  switch (distribution.kind) {
    case "lognormal":
      return lognormalQuantile(mean, variation);
    case "gamma":
      return gammaQuantile(mean, variation);
    case "hyperexponential":
      return hyperexponentialQuantile(mean, variation);
  }
}

function lognormalQuantile(mean: number, variation: number): Quantile {
  const variance = log1p(variation * variation);
  const location = log(mean) - variance / 2;
  const sigma = Math.sqrt(variance);
  return (u) => exp(location + sigma * inverseNormal(u));
}

/**
 * Two exponential phases with balanced means, p₁ m₁ = p₂ m₂ = mean / 2; the first draw chooses the phase, and what is left of it the time.
 * A variation below 1 is no hyperexponential: then it is the exponential distribution.
 *
 * @see Whitt, "Approximating a point process by a renewal process" (1982), for balanced means.
 */
function hyperexponentialQuantile(mean: number, variation: number): Quantile {
  const square = Math.max(1, variation * variation);
  const first = (1 + Math.sqrt((square - 1) / (square + 1))) / 2;
  const meanFirst = mean / (2 * first);
  const meanSecond = mean / (2 * (1 - first));
  return (u) => (u < first ? -meanFirst * log(u / first) : -meanSecond * log((u - first) / (1 - first)));
}

/** Cells of the table of the gamma distribution's quantiles, even in the logit of the probability. */
const CELLS = 4096;
/** The table reaches from a probability of e^-22 to 1 - e^-22. */
const LOGIT_REACH = 22;

/** Linear between tabulated quantiles: within 1e-4 of the mean everywhere that matters. */
function gammaQuantile(mean: number, variation: number): Quantile {
  const shape = 1 / (variation * variation);
  const table = new Float64Array(CELLS + 1);
  for (let k = 0; k <= CELLS; k++) {
    const logit = (k / CELLS) * 2 * LOGIT_REACH - LOGIT_REACH;
    table[k] = (mean / shape) * gammaInverse(shape, 1 / (1 + exp(-logit)));
  }
  return (u) => {
    const position = ((log(u) - log1p(-u) + LOGIT_REACH) / (2 * LOGIT_REACH)) * CELLS;
    const cell = Math.min(CELLS - 1, Math.max(0, Math.floor(position)));
    const fraction = Math.min(1, Math.max(0, position - cell));
    return table[cell]! + fraction * (table[cell + 1]! - table[cell]!);
  };
}

/** Solves P(a, x) = p for x by bisection in log x. */
function gammaInverse(a: number, p: number): number {
  let low = -700;
  let high = 20;
  for (let pass = 0; pass < 60; pass++) {
    const middle = (low + high) / 2;
    if (regularizedGamma(a, exp(middle)) < p) low = middle;
    else high = middle;
  }
  return exp((low + high) / 2);
}
