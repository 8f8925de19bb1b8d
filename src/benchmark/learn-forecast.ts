/** Forecasts of the load's quantiles, learnt from days that were watched. @module */
import type { ForecastTable } from "../agents/forecast.js";
import { FORECAST_INPUTS, ForecastInputs, type LoadReading } from "../agents/forecast-inputs.js";
import type { ScheduleTable } from "../agents/learned-schedule.js";
import { quantileRegression } from "./quantile-regression.js";

/** Unit: seconds. */
export const FORECAST_LEADS: readonly number[] = [60, 120, 180, 240, 300];
export const FORECAST_QUANTILES: readonly number[] = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98];
/** How far ahead the signal `announcedRate` of the library's environments tells. Unit: seconds. */
const ANNOUNCED_AHEAD_SECONDS = 180;

/**
 * Learns, for every lead time, the quantiles of the greatest load from now until then.
 *
 * @param days - Readings of each day, in order.
 */
export function learnForecast(
  days: readonly (readonly LoadReading[])[],
  schedule: ScheduleTable | undefined,
): ForecastTable {
  const weights = FORECAST_LEADS.map((lead) => {
    const { inputs, targets } = samplesOf(days, lead, schedule);
    return FORECAST_QUANTILES.map((quantile) =>
      quantileRegression(inputs, targets, FORECAST_INPUTS, quantile).map((weight) => Number(weight.toPrecision(6))),
    );
  });
  return {
    leadSeconds: FORECAST_LEADS,
    quantiles: FORECAST_QUANTILES,
    announcedAheadSeconds: ANNOUNCED_AHEAD_SECONDS,
    weights,
  };
}

function samplesOf(
  days: readonly (readonly LoadReading[])[],
  lead: number,
  schedule: ScheduleTable | undefined,
): { inputs: Float64Array; targets: Float64Array } {
  const count = days.reduce((sum, day) => sum + day.length, 0);
  const inputs = new Float64Array(count * FORECAST_INPUTS);
  const targets = new Float64Array(count);
  let row = 0;
  for (const day of days) {
    const reader = new ForecastInputs(lead, ANNOUNCED_AHEAD_SECONDS, schedule);
    for (const [step, reading] of day.entries()) {
      inputs.set(reader.next(reading), row * FORECAST_INPUTS);
      let most = reading.arrivalRate;
      for (let later = step + 1; later < day.length; later++) {
        if (day[later]!.timeSeconds > reading.timeSeconds + lead) break;
        most = Math.max(most, day[later]!.arrivalRate);
      }
      targets[row++] = most;
    }
  }
  return { inputs, targets };
}
