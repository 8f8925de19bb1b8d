/** Running Terraform or OpenTofu: typed events and errors, level-triggered apply, layers. `infra-gym/terraform`. @module */
export { DesiredState, type DesiredStateOptions, type DesiredStatus } from "./desired-state.js";
export type { ChangeCounts, Diagnostic, TerraformAction, TerraformEvent } from "./events.js";
export { type Failure, failuresOf } from "./failure.js";
export {
  type FindTerraformOptions,
  findTerraform,
  OLDEST_VERSION,
  type TerraformBinary,
} from "./find-terraform.js";
export { type FolderLock, lockFolder } from "./folder-lock.js";
export { hclFromJson } from "./hcl.js";
export {
  ALL_LAYERS,
  LayeredEnvironment,
  type LayeredEnvironmentOptions,
  type LayerOutcome,
} from "./layered-environment.js";
export { type Layer, readLayers } from "./layers.js";
export {
  type ChangeInFlight,
  type DesiredLayer,
  ProjectApplier,
  type ProjectApplierOptions,
} from "./project-applier.js";
export type { SpacesAccess } from "./provider/api/spaces-client.js";
export { BuiltInProvider, type BuiltInProviderOptions } from "./provider/built-in-provider.js";
export type { PlannedChange, TerraformPlan, TerraformResult } from "./run-outcome.js";
export type { StateResource } from "./state-resources.js";
export {
  type ApplyOptions,
  type OutputValue,
  TerraformRunner,
  type TerraformRunnerOptions,
  type Variables,
} from "./terraform-runner.js";
