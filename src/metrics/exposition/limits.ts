/** How much of a stranger's metrics is read before it is cut off. @module */
import { InvalidOptionError } from "../../errors.js";

/** Limits of reading metrics. Each is an integer from 1; passing one is an error that names it. */
export interface ExpositionLimits {
  /** Length of the whole. Unit: UTF-16 code units. @defaultValue 268,435,456 */
  readonly maxLength?: number;
  /** Length of one line. Unit: UTF-16 code units. @defaultValue 65,536 */
  readonly maxLineLength?: number;
  /** Different series. @defaultValue 100,000 */
  readonly maxSeries?: number;
  /** Samples, where a series has several at different times. @defaultValue 5,000,000 */
  readonly maxSamples?: number;
  /** Labels of one series. @defaultValue 64 */
  readonly maxLabels?: number;
}

/** The limits unless told otherwise. */
export const DEFAULT_LIMITS: Required<ExpositionLimits> = Object.freeze({
  maxLength: 268_435_456,
  maxLineLength: 65_536,
  maxSeries: 100_000,
  maxSamples: 5_000_000,
  maxLabels: 64,
});

/** Limits with the defaults filled in. @throws InvalidOptionError */
export function limitsOf(limits: ExpositionLimits): Required<ExpositionLimits> {
  for (const [name, value] of Object.entries(limits)) {
    if (!Number.isInteger(value) || value < 1) throw new InvalidOptionError(name, "an integer from 1", value);
  }
  return { ...DEFAULT_LIMITS, ...limits };
}
