/** Where the layers of a project keep their Terraform state. @module */
import { InvalidOptionError } from "../../errors.js";

/** State in files. There is no backend block, so Terraform needs no `init` for it. */
export interface LocalState {
  readonly kind: "local";
  /**
   * The state file of another layer as seen from a layer's folder; `{layer}` stands for its name.
   * @defaultValue "../{layer}/terraform.tfstate"
   */
  readonly path?: string;
}

/** State in a bucket that speaks S3, locked by an object beside it. Credentials come from the environment. */
export interface S3State {
  readonly kind: "s3";
  /** 3 to 63 characters. */
  readonly bucket: string;
  /** What stands before the name of the layer in the key. @defaultValue "" */
  readonly prefix?: string;
  /** @defaultValue "us-east-1", which stores other than Amazon's ignore */
  readonly region?: string;
  /** Of a store other than Amazon's, such as `https://nyc3.digitaloceanspaces.com`. Left out: Amazon's. */
  readonly endpoint?: string;
}

/** Where the layers of a project keep their Terraform state. */
export type StateLocation = LocalState | S3State;

/** What Terraform is told about the state of one layer: the type of its backend, and its settings. */
export interface StateBackend {
  readonly type: "local" | "s3";
  /** For `terraform_remote_state`. */
  readonly config: Readonly<Record<string, unknown>>;
  /** For the layer itself; undefined where no backend block is needed. */
  readonly backend: Readonly<Record<string, unknown>> | undefined;
}

/**
 * The backend of one layer.
 *
 * @throws InvalidOptionError when a bucket's name has not 3 to 63 characters, or a local path does not name the layer.
 */
export function stateBackend(state: StateLocation, layer: string): StateBackend {
  return state.kind === "s3" ? s3Backend(state, layer) : localBackend(state, layer);
}

function localBackend({ path = "../{layer}/terraform.tfstate" }: LocalState, layer: string): StateBackend {
  if (!path.includes("{layer}")) throw new InvalidOptionError("state.path", 'a path with "{layer}" in it', path);
  return { type: "local", config: { path: path.replaceAll("{layer}", layer) }, backend: undefined };
}

function s3Backend(state: S3State, layer: string): StateBackend {
  const { bucket, prefix = "", region = "us-east-1", endpoint } = state;
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)) {
    throw new InvalidOptionError("state.bucket", "the name of a bucket, of 3 to 63 characters", bucket);
  }
  const config = {
    bucket,
    key: `${prefix}${layer}.tfstate`,
    region,
    // None of these is there outside Amazon's cloud.
    ...(endpoint !== undefined && {
      endpoints: { s3: endpoint },
      use_path_style: true,
      skip_credentials_validation: true,
      skip_metadata_api_check: true,
      skip_region_validation: true,
      skip_requesting_account_id: true,
      skip_s3_checksum: true,
    }),
  };
  return { type: "s3", config, backend: { ...config, use_lockfile: true } };
}
