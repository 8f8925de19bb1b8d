/** Running Terraform or OpenTofu: typed events and errors, level-triggered apply, layers. `infra-gym/terraform`. @module */
export type { ChangeCounts, Diagnostic, TerraformAction, TerraformEvent } from "./events.js";
export { type Failure, failuresOf } from "./failure.js";
export {
  type FindTerraformOptions,
  findTerraform,
  OLDEST_VERSION,
  type TerraformBinary,
} from "./find-terraform.js";
export {
  type OutputValue,
  type PlannedChange,
  type TerraformPlan,
  type TerraformResult,
  TerraformRunner,
  type TerraformRunnerOptions,
} from "./terraform-runner.js";
