/** Every error the library throws: one class per mistake a caller would handle differently. See docs/errors.md. @module */
import { InfraGymError } from "./errors/infra-gym-error.js";
import { describeValue, suggestion } from "./messages.js";

export {
  BudgetExceededError,
  CloudWorldError,
  ExpiredResourcesError,
  InvalidLeaseError,
  LeftoverResourcesError,
} from "./errors/cloud-errors.js";
export {
  InvalidDefinitionError,
  InvalidGraphError,
  InvalidProfileError,
  InvalidQueryError,
  InvalidTraceError,
} from "./errors/description-errors.js";
export { DropletProcessError, EmulatorStateError, LocalWorldError } from "./errors/emulator-errors.js";
export { InfraGymError } from "./errors/infra-gym-error.js";

import { describeIssues, type OptionIssue } from "./errors/invalid-option-error.js";

export { InvalidOptionError, type OptionIssue } from "./errors/invalid-option-error.js";
export { GeneratorLimitError, LoadRunnerError } from "./errors/load-errors.js";
export {
  InvalidExpositionError,
  MetricsServerError,
  ProfileMismatchError,
  QueryFailedError,
} from "./errors/metrics-errors.js";
export {
  LoadBalancerError,
  MachineLimitError,
  MetricsSourceError,
  PortInUseError,
  ProgramNotFoundError,
  ProgramVersionError,
} from "./errors/program-errors.js";
export { PublicEndpointError, RequestFailedError } from "./errors/provider-errors.js";
export {
  ApplyFailedError,
  CapacityError,
  CorruptStateError,
  DriftError,
  FolderInUseError,
  LayerInUseError,
  ProviderMissingError,
  QuotaExceededError,
  type Remains,
  StateLockedError,
  TerraformCancelledError,
  TerraformConfigurationError,
  TerraformCrashedError,
  TerraformNotFoundError,
  TerraformVersionError,
  TokenError,
} from "./errors/terraform-errors.js";
export {
  CheckpointMismatchError,
  CorruptCheckpointError,
  InvalidDatasetError,
  TrainingDivergedError,
  TrainingFailedError,
} from "./errors/training-errors.js";

/** An action outside the action space. */
export class InvalidActionError extends InfraGymError {
  /** Everything that was found wrong, at least one; `path`, `expected` and `got` are those of the first. */
  readonly issues: readonly OptionIssue[];
  constructor(
    readonly path: string,
    readonly expected: string,
    readonly got: unknown,
    issues: readonly OptionIssue[] = [{ path, expected, got }],
  ) {
    const nameOf = (part: string): string => (part === "" || part.startsWith("[") ? `action${part}` : `action.${part}`);
    super("INFRA_GYM_INVALID_ACTION", describeIssues(issues, nameOf));
    this.issues = issues;
  }
}

/** A seed that is negative, not an integer, or a number too large to be exact. */
export class InvalidSeedError extends InfraGymError {
  constructor(readonly got: unknown) {
    const unsafe = typeof got === "number" && Number.isInteger(got) && got >= 0;
    const advice = unsafe
      ? ` A number this large is not exact: pass the bigint ${BigInt(got as number)}n instead.`
      : "";
    super("INFRA_GYM_INVALID_SEED", `Expected seed to be a non-negative integer, got ${describeValue(got)}.${advice}`);
  }
}

/** `step` was called before `reset`. */
export class ResetNeededError extends InfraGymError {
  constructor(readonly id: string) {
    super("INFRA_GYM_RESET_NEEDED", `${id} has no running episode. Call env.reset() before env.step().`);
  }
}

/** `step` was called after the episode had ended. */
export class EpisodeEndedError extends InfraGymError {
  constructor(
    readonly id: string,
    advice = "Call env.reset() to start another.",
  ) {
    super("INFRA_GYM_EPISODE_ENDED", `The episode of ${id} has ended. ${advice}`);
  }
}

/** An environment, backend or runner was used after `close`. */
export class ClosedError extends InfraGymError {
  constructor(readonly id: string) {
    super("INFRA_GYM_CLOSED", `${id} is closed. Make a new one.`);
  }
}

/** No environment is registered under an id. */
export class EnvNotFoundError extends InfraGymError {
  constructor(
    readonly id: string,
    known: Iterable<string>,
  ) {
    super("INFRA_GYM_ENV_NOT_FOUND", `No environment is registered as ${JSON.stringify(id)}. ${suggestion(id, known)}`);
  }
}

/** An id that is not of the form `[namespace/]Name[-vN]`. */
export class InvalidEnvIdError extends InfraGymError {
  constructor(readonly id: string) {
    super(
      "INFRA_GYM_INVALID_ENV_ID",
      `Expected an environment id such as "WebService-v0" or "my-lab/Web-v1", got ${describeValue(id)}.`,
    );
  }
}

/** A second registration under an id that is taken. */
export class EnvAlreadyRegisteredError extends InfraGymError {
  constructor(readonly id: string) {
    super(
      "INFRA_GYM_ENV_ALREADY_REGISTERED",
      `An environment is already registered as ${JSON.stringify(id)}. Raise the version, or pass { force: true }.`,
    );
  }
}

/** No policy has a name. */
export class PolicyNotFoundError extends InfraGymError {
  constructor(
    readonly policy: string,
    known: Iterable<string>,
  ) {
    super("INFRA_GYM_POLICY_NOT_FOUND", `No policy is called ${JSON.stringify(policy)}. ${suggestion(policy, known)}`);
  }
}

/** A policy reads a signal that the environment does not give. */
export class MissingSignalError extends InfraGymError {
  constructor(
    readonly policy: string,
    readonly signal: string,
    readonly id: string,
  ) {
    super(
      "INFRA_GYM_MISSING_SIGNAL",
      `Policy ${policy} needs the signal ${JSON.stringify(signal)}, which ${id} does not have. Add it to the definition's signals.`,
    );
  }
}

/** A policy does not fit the action space of an environment. */
export class PolicyMismatchError extends InfraGymError {
  constructor(
    readonly policy: string,
    readonly expected: string,
    readonly got: string,
  ) {
    super("INFRA_GYM_POLICY_MISMATCH", `Policy ${policy} needs ${expected}, got ${got}.`);
  }
}

/** No workload has a name, and no trace file either. */
export class WorkloadNotFoundError extends InfraGymError {
  constructor(
    readonly workload: string,
    known: Iterable<string>,
  ) {
    super(
      "INFRA_GYM_WORKLOAD_NOT_FOUND",
      `No workload is called ${JSON.stringify(workload)}, and no such file exists. ${suggestion(workload, known)}`,
    );
  }
}

/** A metric or series that the catalogue or the source does not have. */
export class UnknownMetricError extends InfraGymError {
  constructor(
    readonly metric: string,
    known: Iterable<string>,
  ) {
    super("INFRA_GYM_UNKNOWN_METRIC", `No metric is called ${JSON.stringify(metric)}. ${suggestion(metric, known)}`);
  }
}

/** No wrapper has a name that a spec asks for. */
export class WrapperNotFoundError extends InfraGymError {
  constructor(
    readonly wrapper: string,
    known: Iterable<string>,
  ) {
    super(
      "INFRA_GYM_WRAPPER_NOT_FOUND",
      `No wrapper is registered as ${JSON.stringify(wrapper)}. ${suggestion(wrapper, known)}`,
    );
  }
}

/** A saved state that does not belong here. */
export class SnapshotMismatchError extends InfraGymError {
  constructor(
    readonly expected: string,
    readonly got: string,
  ) {
    super("INFRA_GYM_SNAPSHOT_MISMATCH", `Expected a snapshot of ${expected}, got one of ${got}.`);
  }
}

/** Something this implementation does not offer. */
export class NotSupportedError extends InfraGymError {
  constructor(
    readonly what: string,
    readonly advice: string,
  ) {
    super("INFRA_GYM_NOT_SUPPORTED", `${what} is not supported. ${advice}`);
  }
}

/** A result that could not be written. */
export class OutputFailedError extends InfraGymError {
  constructor(
    readonly file: string,
    options: { readonly cause: unknown },
  ) {
    const reason = options.cause instanceof Error ? options.cause.message : String(options.cause);
    super("INFRA_GYM_OUTPUT_FAILED", `Could not write ${file}: ${reason}. Choose another place.`, options);
  }
}

/** An environment that does not keep the contract of environments; `issues` lists every point that was found. */
export class EnvCheckError extends InfraGymError {
  constructor(
    readonly id: string,
    readonly issues: readonly string[],
  ) {
    const points = issues.length === 1 ? "1 point" : `${issues.length} points`;
    const list = issues.map((issue) => `\n- ${issue}`).join("");
    super("INFRA_GYM_ENV_CHECK", `${id} does not keep the contract of environments in ${points}. Correct:${list}`);
  }
}

/** A worker thread of `AsyncVectorEnv` that is gone: it crashed, or did not answer in time. `cause` says why. */
export class WorkerFailedError extends InfraGymError {
  constructor(
    /** Counts from 0. */
    readonly worker: number,
    /** The environments that were in it. */
    readonly envs: readonly number[],
    reason: string,
    options?: ErrorOptions,
  ) {
    const names = envs.length === 1 ? `environment ${envs[0]}` : `environments ${envs[0]} to ${envs.at(-1)}`;
    super(
      "INFRA_GYM_WORKER_FAILED",
      `Worker ${worker} with ${names} ${reason} Call restart(), then reset the environments that were in it.`,
      options,
    );
  }
}

/** A call that does not fit what was called before and has not been finished. */
export class CallOrderError extends InfraGymError {
  constructor(
    readonly call: string,
    detail: string,
  ) {
    super("INFRA_GYM_CALL_ORDER", `${call} cannot be called now: ${detail}`);
  }
}

/** A command line that cannot be understood; the process ends with exit code 2. */
export class UsageError extends InfraGymError {
  constructor(detail: string) {
    super("INFRA_GYM_USAGE", detail);
  }
}
