/** Environments: definitions, `InfraEnv`, and the library's own. @module */
export type { InfraAction } from "./action-codec.js";
export { CONTROL_MODES, type Control, type ControlDomain, type ControlMode } from "./control.js";
export {
  type DefinitionJson,
  type DefinitionOptions,
  defineEnv,
  definitionFromJson,
  type EnvDefinition,
  type InvalidActionRule,
  type Signals,
} from "./definition.js";
export type { BuiltinEnvOptions } from "./env-options.js";
export type { EpisodeLength, EpisodeOptions } from "./episode-plan.js";
export type { Feature, FeatureTransform, WhenEmpty } from "./feature.js";
export type { ChangeFailure, ConstraintCosts, InfraInfo, SloInfo } from "./info.js";
export { InfraEnv, type InfraEnvOptions } from "./infra-env.js";
export { InfraVectorEnv, type InfraVectorEnvOptions } from "./infra-vector-env.js";
export type { PlanningModel } from "./planning-model.js";
export { clientFeatures, loadFeatures, replicaFeatures, tierFeatures, timeFeatures } from "./service-features.js";
export { threeTierDefinition } from "./three-tier/definition.js";
export type { InfraVectorInfos } from "./vector-infos.js";
export { webServiceDefinition } from "./web-service/definition.js";
