/** Policies and what trains them: rules, learners, checkpoints. @module */
export { A2C, type A2COptions } from "./a2c.js";
export { AlwaysUpPolicy } from "./always-up.js";
export { BehaviourCloning, type BehaviourCloningOptions } from "./behaviour-cloning.js";
export {
  type CalibratedRule,
  type CalibrationRecord,
  calibratedRuleText,
  isCalibratedRule,
  readCalibratedRule,
} from "./calibrated-rule.js";
export { CEM, type CEMOptions } from "./cem.js";
export { type Checkpoint, type CheckpointEnv, readCheckpoint, saveCheckpoint } from "./checkpoint.js";
export { ControlRule, type CountReading } from "./control-rule.js";
export { ControlSettings, type ControlSettingsOptions } from "./control-settings.js";
export { algorithmNames, createLearner, type LearnerOptions, resumeLearner } from "./create-learner.js";
export { createPolicy, createRule, type LearntParts, type PolicyOptions, policyNames } from "./create-policy.js";
export { type Demand, DemandRule, type DemandRuleOptions } from "./demand-rule.js";
export {
  type DemonstrationSource,
  type Demonstrations,
  joinDemonstrations,
  type RecordOptions,
  recordDemonstrations,
  STEP_END,
} from "./demonstrations.js";
export { DQN, type DQNOptions } from "./dqn.js";
export { ExpertPolicy, type ExpertPolicyOptions } from "./expert.js";
export { FeedForwardPolicy } from "./feed-forward.js";
export { ForecastPolicy, type ForecastPolicyOptions, type ForecastTable } from "./forecast.js";
export { LearnedSchedule, type ScheduleTable } from "./learned-schedule.js";
export type { Algorithm, Learner, Metrics, PolicyWeights, UpdateResult } from "./learner.js";
export type { ActionHeadKind } from "./learning/action-head.js";
export type { ActorCriticTrainingOptions } from "./learning/actor-critic-training-options.js";
export type { ConstraintOptions } from "./learning/cost-channel.js";
export type { FinishedEpisode } from "./learning/env-stream.js";
export { JoinedVectorEnv } from "./learning/joined-vector-env.js";
export type { OffPolicyOptions } from "./learning/off-policy-options.js";
export type { OnPolicyOptions } from "./learning/on-policy-options.js";
export type { MomentsState } from "./learning/running-moments.js";
export type { ControlStatus, Policy, PolicyControl, PolicyInfo, PolicyKind, PolicySpec } from "./policy.js";
export { PPO, type PPOOptions } from "./ppo.js";
export { PPOLagrangian, type PPOLagrangianOptions } from "./ppo-lagrangian.js";
export { PredictivePolicy, type PredictivePolicyOptions } from "./predictive.js";
export { RandomPolicy } from "./random.js";
export { readDemonstrations } from "./read-demonstrations.js";
export { SAC, type SACOptions } from "./sac.js";
export { StaticPolicy, type StaticPolicyOptions } from "./static.js";
export { TargetTrackingPolicy, type TargetTrackingPolicyOptions } from "./target-tracking.js";
export { ThresholdPolicy, type ThresholdPolicyOptions } from "./threshold.js";
export {
  type TrainBudget,
  type TrainingState,
  type TrainOptions,
  type TrainProgress,
  type TrainResult,
  train,
} from "./train.js";
export { isTrainedPolicy, loadTrainedPolicy, TrainedPolicy, type TrainedPolicyOptions } from "./trained-policy.js";
export { TrendPolicy } from "./trend.js";
export { warmStart } from "./warm-start.js";
