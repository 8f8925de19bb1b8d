/** Rule: a forecast of the load's quantiles, learnt from days for training. @module */
import { InvalidOptionError } from "../errors.js";
import type { Demand, DemandRuleOptions } from "./demand-rule.js";
import { FeedForwardPolicy } from "./feed-forward.js";
import { FORECAST_INPUTS, ForecastInputs } from "./forecast-inputs.js";
import type { ScheduleTable } from "./learned-schedule.js";

/** A learnt forecast, as plain data. */
export interface ForecastTable {
  /** Lead times it was learnt for, rising. Unit: seconds. */
  readonly leadSeconds: readonly number[];
  /** Quantiles it was learnt for, rising, above 0 and below 1. */
  readonly quantiles: readonly number[];
  /** How far ahead the signal `announcedRate` tells. Unit: seconds. */
  readonly announcedAheadSeconds: number;
  /** Weights of the inputs, by lead time, then quantile. */
  readonly weights: readonly (readonly (readonly number[])[])[];
}

/** Options of {@link ForecastPolicy}. */
export interface ForecastPolicyOptions extends DemandRuleOptions {
  /** Which quantile of the load ahead is prepared for, above 0 and below 1; the nearest one learnt is taken. @defaultValue 0.9 */
  readonly quantile?: number;
  /** @defaultValue none: the load's trend */
  readonly forecast?: ForecastTable;
  /** Load by time of day. @defaultValue none */
  readonly schedule?: ScheduleTable;
}

/**
 * Foresees a quantile of the greatest load up to `leadSeconds` ahead, by a linear function of the load, its changes, the usual day and announcements, whose weights
 * were learnt by quantile regression. The quantile is the safety margin: 0.9 is exceeded on one step of ten.
 *
 * @see R. Koenker and G. Bassett, "Regression Quantiles", Econometrica 46 (1978)
 * @example
 * createPolicy("forecast.json"); // the file that `infra-gym calibrate forecast WebService-v0 --out forecast.json` has written
 */
export class ForecastPolicy extends FeedForwardPolicy {
  readonly #weights: readonly number[] | null;
  readonly #inputs = new Map<string, ForecastInputs>();
  readonly #newInputs: () => ForecastInputs;

  /** @throws InvalidOptionError when an option lies outside its range */
  constructor({ quantile = 0.9, forecast, schedule, ...options }: ForecastPolicyOptions = {}) {
    super(options, "forecast");
    if (!(quantile > 0 && quantile < 1)) {
      throw new InvalidOptionError("quantile", "a number above 0 and below 1", quantile);
    }
    const { leadSeconds } = this;
    this.#weights = forecast === undefined ? null : weightsOf(forecast, leadSeconds, quantile);
    const ahead = forecast?.announcedAheadSeconds ?? 180;
    this.#newInputs = () => new ForecastInputs(leadSeconds, ahead, schedule);
  }

  protected override forget(): void {
    super.forget();
    this.#inputs.clear();
  }

  protected override foreseeRate(demand: Demand): number {
    const weights = this.#weights;
    if (weights === null) return super.foreseeRate(demand);
    const known = this.#inputs.get(demand.control.name) ?? this.#newInputs();
    this.#inputs.set(demand.control.name, known);
    const inputs = known.next(demand);
    let rate = 0;
    for (let k = 0; k < FORECAST_INPUTS; k++) rate += weights[k]! * inputs[k]!;
    return Math.max(demand.arrivalRate, rate);
  }
}

function weightsOf(
  { leadSeconds, quantiles, weights }: ForecastTable,
  lead: number,
  quantile: number,
): readonly number[] {
  const found = weights?.[nearest(leadSeconds, lead)]?.[nearest(quantiles, quantile)];
  if (Array.isArray(found) && found.length === FORECAST_INPUTS && found.every(Number.isFinite)) return found;
  throw new InvalidOptionError(
    "forecast.weights",
    `${FORECAST_INPUTS} finite numbers for each lead and quantile`,
    found,
  );
}

function nearest(values: readonly number[], wanted: number): number {
  let best = 0;
  for (let k = 1; k < (values?.length ?? 0); k++) {
    if (Math.abs(values[k]! - wanted) < Math.abs(values[best]! - wanted)) best = k;
  }
  return best;
}
