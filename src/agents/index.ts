/** Policies: rules that decide on actions. @module */
export { AlwaysUpPolicy } from "./always-up.js";
export { ControlRule, type CountReading } from "./control-rule.js";
export { createPolicy, type PolicyOptions, policyNames } from "./create-policy.js";
export type { ControlStatus, Policy, PolicyControl, PolicyInfo, PolicyKind, PolicySpec } from "./policy.js";
export { RandomPolicy } from "./random.js";
export { StaticPolicy, type StaticPolicyOptions } from "./static.js";
export { TargetTrackingPolicy, type TargetTrackingPolicyOptions } from "./target-tracking.js";
export { ThresholdPolicy, type ThresholdPolicyOptions } from "./threshold.js";
