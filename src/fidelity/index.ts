/** Fidelity: how far a simulation is from what it stands for, and profiles that bring it nearer. @module */

export {
  type BandComparison,
  compareSides,
  type Errors,
  MODERATE_UTILIZATION,
  type PairComparison,
  type PolicyComparison,
  type SideComparison,
} from "./compare.js";
export { type Fitted, fitBoot, fitDrain, fitPlumbing, fitWork, profileOf } from "./fit-profile.js";
export { Journal, type JournalHead } from "./journal.js";
export { kendallTau } from "./kendall-tau.js";
export { definitionOf, type SidesOptions, sidesOf } from "./open-sides.js";
export { type PairedDifference, pairedDifference } from "./paired-difference.js";
export { planRun, type RunBudget, type RunPlan } from "./plan-run.js";
export { type Pooled, pool } from "./pooled.js";
export { type MeasuredStep, type Probe, probe, type QueriedStep } from "./probe.js";
export { writeFidelityPage } from "./report/fidelity-page.js";
export { fidelityPlot } from "./report/fidelity-plot.js";
export { type FidelityFigure, type FidelityResults, type FidelityRun, figuresOf } from "./results.js";
export {
  type Deadline,
  type FidelityOptions,
  type FidelityProgress,
  runFidelity,
  type SideOpener,
} from "./run-fidelity.js";
export { type EpisodeChoice, recordSide, type Side } from "./side.js";
export type { EpisodeRecord, StepRecord } from "./step-record.js";
