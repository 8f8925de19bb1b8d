/** Errors of running Terraform: what went wrong, at which resource, what exists now, and the command that cleans up. @module */
import { InfraGymError } from "./infra-gym-error.js";

/** No `terraform` and no `tofu` was found. */
export class TerraformNotFoundError extends InfraGymError {
  constructor(readonly looked: readonly string[]) {
    super(
      "INFRA_GYM_TERRAFORM_NOT_FOUND",
      `Expected terraform or tofu on PATH, found neither (looked for ${looked.join(", ")}). Install one, or name it with --terraform PATH or INFRA_GYM_TERRAFORM.`,
    );
  }
}

/** Terraform is older than what is needed, or something that is no Terraform. */
export class TerraformVersionError extends InfraGymError {
  constructor(
    readonly binary: string,
    readonly expected: string,
    readonly got: string,
    options?: ErrorOptions,
  ) {
    super(
      "INFRA_GYM_TERRAFORM_VERSION",
      `Expected ${binary} to be ${expected}, got ${got}. Upgrade it, or name another one.`,
      options,
    );
  }
}

/** What is left after a failed run, for the end of its message. */
export interface Remains {
  /** Addresses in the state; null where it cannot be read. */
  readonly addresses: readonly string[] | null;
  /** The command that destroys them. */
  readonly cleanUp: string;
}

/** One sentence of what exists and how to remove it. */
function remainsText({ addresses, cleanUp }: Remains): string {
  if (addresses === null) return `What exists is not known; to clean up: ${cleanUp}`;
  if (addresses.length === 0) return "Nothing exists in its state.";
  const shown = addresses.slice(0, 5).join(", ");
  const more = addresses.length > 5 ? ` and ${addresses.length - 5} more` : "";
  return `${addresses.length} ${addresses.length === 1 ? "resource exists" : "resources exist"} (${shown}${more}); to clean up: ${cleanUp}`;
}

/** A failed run of Terraform. The base of what follows; `address` is the resource's, empty where none is to blame. */
abstract class TerraformRunError extends InfraGymError {
  constructor(
    code: string,
    readonly folder: string,
    readonly address: string,
    detail: string,
    readonly remains: Remains,
    options?: ErrorOptions,
  ) {
    super(code, `${address === "" ? folder : address}: ${detail} ${remainsText(remains)}`, options);
  }
}

/** A provider that is required but not installed, or cannot be downloaded. */
export class ProviderMissingError extends TerraformRunError {
  constructor(folder: string, detail: string, remains: Remains) {
    super(
      "INFRA_GYM_PROVIDER_MISSING",
      folder,
      "",
      `${detail} Run init first; where no registry is reached, name a mirror in TF_CLI_CONFIG_FILE.`,
      remains,
    );
  }
}

/** A state that another process is writing. */
export class StateLockedError extends TerraformRunError {
  constructor(
    folder: string,
    /** Who holds it, such as `ada@laptop, OperationTypeApply`. */
    readonly holder: string,
    /** Terraform's id of the lock; empty where it is not known. */
    readonly lockId: string,
    remains: Remains,
  ) {
    const unlock = lockId === "" ? "" : ` If that process is gone: terraform -chdir=${folder} force-unlock ${lockId}.`;
    super(
      "INFRA_GYM_STATE_LOCKED",
      folder,
      "",
      `The state is locked by ${holder}. Wait until it has ended.${unlock}`,
      remains,
    );
  }
}

/** A state file that cannot be read. */
export class CorruptStateError extends TerraformRunError {
  constructor(folder: string, detail: string, cleanUp: string) {
    super(
      "INFRA_GYM_CORRUPT_STATE",
      folder,
      "",
      `The state cannot be read: ${detail} Put terraform.tfstate.backup in its place, or import what exists.`,
      { addresses: null, cleanUp },
    );
  }
}

/** A configuration that Terraform refuses before it changes anything. */
export class TerraformConfigurationError extends TerraformRunError {
  constructor(folder: string, address: string, detail: string, remains: Remains) {
    super("INFRA_GYM_TERRAFORM_CONFIGURATION", folder, address, detail, remains);
  }
}

/** A resource that could not be created, changed or destroyed. */
export class ApplyFailedError extends TerraformRunError {
  constructor(folder: string, address: string, detail: string, remains: Remains, options?: ErrorOptions) {
    super("INFRA_GYM_APPLY_FAILED", folder, address, detail, remains, options);
  }
}

/** A limit of the account is reached. */
export class QuotaExceededError extends TerraformRunError {
  constructor(folder: string, address: string, detail: string, remains: Remains) {
    super(
      "INFRA_GYM_QUOTA_EXCEEDED",
      folder,
      address,
      `${detail} Ask for fewer, or have the account's limit raised.`,
      remains,
    );
  }
}

/** A region that has no room for what was asked for. */
export class CapacityError extends TerraformRunError {
  constructor(folder: string, address: string, detail: string, remains: Remains) {
    super("INFRA_GYM_CAPACITY", folder, address, `${detail} Try later, or another region or size.`, remains);
  }
}

/** A token that is missing, wrong, or not allowed to do what was asked for. */
export class TokenError extends InfraGymError {
  constructor(
    readonly reason: "missing" | "rejected" | "scope",
    /** Where it showed: an address, or the endpoint. */
    readonly at: string,
    readonly remains: Remains | undefined = undefined,
  ) {
    const detail = {
      missing: "No token. Set DIGITALOCEAN_TOKEN.",
      rejected: "The token is not valid. Set DIGITALOCEAN_TOKEN to one that is.",
      scope: "The token is not allowed to do this. Set DIGITALOCEAN_TOKEN to one with write scope.",
    }[reason];
    super("INFRA_GYM_TOKEN", `${at}: ${detail}${remains === undefined ? "" : ` ${remainsText(remains)}`}`);
  }
}

/** Resources that were changed or deleted by something else than Terraform. */
export class DriftError extends TerraformRunError {
  constructor(
    folder: string,
    /** By address, what happened to it. */
    readonly drifted: readonly { readonly address: string; readonly action: "changed" | "deleted" }[],
    remains: Remains,
  ) {
    const list = drifted.map(({ address, action }) => `${address} was ${action}`).join(", ");
    super(
      "INFRA_GYM_DRIFT",
      folder,
      drifted[0]?.address ?? "",
      `Changed outside of Terraform: ${list}. Apply mends it.`,
      remains,
    );
  }
}

/** A run that was stopped on request before it was done. */
export class TerraformCancelledError extends TerraformRunError {
  constructor(folder: string, remains: Remains) {
    super("INFRA_GYM_TERRAFORM_CANCELLED", folder, "", "Terraform was stopped before it was done.", remains);
  }
}

/** Terraform ended in a way it should not: killed, crashed, or without a reason given. */
export class TerraformCrashedError extends TerraformRunError {
  constructor(folder: string, detail: string, remains: Remains, options?: ErrorOptions) {
    super("INFRA_GYM_TERRAFORM_CRASHED", folder, "", detail, remains, options);
  }
}

/** A layer that others still refer to, and which is therefore not destroyed. */
export class LayerInUseError extends InfraGymError {
  constructor(
    readonly layer: string,
    /** Layers that refer to it and have resources. */
    readonly users: readonly string[],
  ) {
    const verb = users.length === 1 ? "refers" : "refer";
    super(
      "INFRA_GYM_LAYER_IN_USE",
      `${layer}: ${users.join(", ")} still ${verb} to this layer. Destroy ${users.length === 1 ? "it" : "them"} first, or destroy all.`,
    );
  }
}

/** A folder that another process is working in. */
export class FolderInUseError extends InfraGymError {
  constructor(
    readonly folder: string,
    /** Process that holds it. */
    readonly pid: number,
    readonly host: string,
  ) {
    super(
      "INFRA_GYM_FOLDER_IN_USE",
      `${folder}: Process ${pid} on ${host} is working in this folder. Wait until it has ended, or choose another folder.`,
    );
  }
}
