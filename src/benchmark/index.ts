/** Judging policies: paired episodes, intervals, a report. @module */
export { type BootstrapOptions, bootstrapMean, type MeanInterval } from "./bootstrap-mean.js";
export { type CalibrateOptions, type CalibrationProgress, calibrate } from "./calibrate.js";
export type { EpisodeSeries } from "./episode-series.js";
export { type EvaluatedEpisode, type EvaluateOptions, type Evaluation, evaluate } from "./evaluate.js";
export { learnSchedule } from "./learn-schedule.js";
export { makeJudgedEnv } from "./make-judged-env.js";
export { type EpisodeMeasures, type JudgedInfo, MEASURES, type MeasureName } from "./measures.js";
export { policySpecOf } from "./policy-spec-of.js";
export { renderReport } from "./report/render-report.js";
export { renderSuiteReport } from "./report/suite-report.js";
export { type BenchmarkResults, type EpisodeResult, type PolicyResult, summarizePolicy } from "./results.js";
export {
  type Benchmark,
  type BenchmarkOptions,
  type BenchmarkProgress,
  type BenchmarkSeries,
  type PolicySource,
  runBenchmark,
} from "./run-benchmark.js";
export { type JudgedEnv, type ObservedStep, type RunEpisodeOptions, runEpisode } from "./run-episode.js";
export {
  type Estimate,
  type ImprovementOptions,
  interquartileMean,
  interquartileMeanScore,
  performanceProfile,
  probabilityOfImprovement,
  type ScoreTable,
  type StratifiedBootstrapOptions,
  scoresOf,
} from "./score.js";
export { type BenchmarkScores, type PolicyScore, type ScoreReference, scoreBenchmark } from "./score-benchmark.js";
export { calibratableRules } from "./search-space.js";
export type { PairedDifference } from "./suite/paired-difference.js";
export type { PolicyImprovement } from "./suite/policy-improvement.js";
export { type RunSuiteOptions, runSuite, type SuiteProgress } from "./suite/run-suite.js";
export { type Suite, type SuiteTask, type SuiteTraining, suiteNamed, suiteNames } from "./suite/suite.js";
export type { SuitePolicyResult, SuiteReference, SuiteResults, TaskScore } from "./suite/suite-results.js";
export type { AgentToTrain } from "./suite/train-agents.js";
export type { TraceResult } from "./trace-results.js";
