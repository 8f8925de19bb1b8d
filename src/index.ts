/** The front door of `infra-gym`: the environment contract, making environments, and defining new ones. @module */

export type { IntegerDtype } from "./dtype.js";
export type {
  ActionOf,
  Env,
  EnvMetadata,
  EnvSnapshot,
  Info,
  ObservationOf,
  RenderMode,
  ResetOptions,
  ResetResult,
  StepResult,
} from "./env.js";
export { specFromJson } from "./env-spec-json.js";
export {
  type DefinitionJson,
  type DefinitionOptions,
  defineEnv,
  definitionFromJson,
  type EnvDefinition,
} from "./envs/definition.js";
export type { InfraInfo } from "./envs/info.js";
export { InfraEnv, type InfraEnvOptions } from "./envs/infra-env.js";
export { InfraVectorEnv, type InfraVectorEnvOptions } from "./envs/infra-vector-env.js";
export type { InfraVectorInfos } from "./envs/vector-infos.js";
export {
  ApplyFailedError,
  BudgetExceededError,
  CallOrderError,
  CapacityError,
  ClosedError,
  CloudWorldError,
  CorruptStateError,
  DriftError,
  DropletProcessError,
  EmulatorStateError,
  EnvAlreadyRegisteredError,
  EnvCheckError,
  EnvNotFoundError,
  EpisodeEndedError,
  ExpiredResourcesError,
  FolderInUseError,
  InfraGymError,
  InvalidActionError,
  InvalidDefinitionError,
  InvalidEnvIdError,
  InvalidExpositionError,
  InvalidGraphError,
  InvalidLeaseError,
  InvalidOptionError,
  InvalidQueryError,
  InvalidSeedError,
  InvalidTraceError,
  LayerInUseError,
  LeftoverResourcesError,
  LoadBalancerError,
  LoadRunnerError,
  LocalWorldError,
  MetricsServerError,
  MetricsSourceError,
  MissingSignalError,
  NotSupportedError,
  type OptionIssue,
  OutputFailedError,
  PolicyMismatchError,
  PolicyNotFoundError,
  PortInUseError,
  ProfileMismatchError,
  ProgramNotFoundError,
  ProgramVersionError,
  ProviderMissingError,
  PublicEndpointError,
  QueryFailedError,
  QuotaExceededError,
  type Remains,
  RequestFailedError,
  ResetNeededError,
  SnapshotMismatchError,
  StateLockedError,
  TerraformCancelledError,
  TerraformConfigurationError,
  TerraformCrashedError,
  TerraformNotFoundError,
  TerraformVersionError,
  TokenError,
  UnknownMetricError,
  UsageError,
  WorkerFailedError,
  WorkloadNotFoundError,
  WrapperNotFoundError,
} from "./errors.js";
export type {
  EntryPoint,
  EnvOf,
  EnvOptionsOf,
  EnvRegistration,
  EnvRegistry,
  EnvSpec,
  KnownEnvId,
  MakeOptions,
  VectorEntryPoint,
  VectorSpec,
  WrapperSpec,
} from "./registration.js";
export { make, register, registeredIds, spec } from "./registration.js";
export {
  type ChoiceOptions,
  checkSeed,
  createRng,
  Generator,
  type GeneratorState,
  type IntegersOptions,
  PCG64,
  type PCG64State,
  type Seed,
  SeedSequence,
  type SeedSequenceOptions,
} from "./rng.js";
export type { Dtype, Json, SeedResult, Space } from "./spaces/space.js";
export { type MakeVecOptions, makeVec } from "./vector/make-vec.js";
export type {
  AutoresetMode,
  VectorEnv,
  VectorInfos,
  VectorizationMode,
  VectorResetOptions,
  VectorStepResult,
} from "./vector/vector-env.js";
export type { VectorEnvOf } from "./vector/vector-env-of.js";
export { ActionWrapper, ObservationWrapper, RewardWrapper, Wrapper } from "./wrapper.js";
export { registerWrapper, type WrapperRegistration } from "./wrapper-registration.js";
