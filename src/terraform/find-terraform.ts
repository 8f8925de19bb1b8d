/** Finds Terraform or OpenTofu and asks it for its version. @module */
import { execFile } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { TerraformNotFoundError, TerraformVersionError } from "../errors.js";

/** A Terraform that can be run. */
export interface TerraformBinary {
  /** Path of the program. */
  readonly path: string;
  readonly product: "terraform" | "opentofu";
  /** Such as `1.11.4`. */
  readonly version: string;
}

/** Options of {@link findTerraform}. */
export interface FindTerraformOptions {
  /** Path or name of the program. @defaultValue INFRA_GYM_TERRAFORM, else the first of `terraform` and `tofu` on PATH */
  readonly binary?: string;
  /** @defaultValue process.env */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** The first version with all that is used: `init -json`, and locks in object storage without a second service. */
export const OLDEST_VERSION = "1.10.0";

/**
 * Finds Terraform or OpenTofu.
 *
 * @throws TerraformNotFoundError when there is none
 * @throws TerraformVersionError when it is older than 1.10.0 or does not say its version
 */
export async function findTerraform(options: FindTerraformOptions = {}): Promise<TerraformBinary> {
  const env = options.env ?? process.env;
  const named = options.binary ?? env.INFRA_GYM_TERRAFORM;
  const names = named === undefined || named === "" ? ["terraform", "tofu"] : [named];
  const path = names.map((name) => locate(name, env.PATH ?? "")).find((found) => found !== undefined);
  if (path === undefined) throw new TerraformNotFoundError(names);
  const binary = await askVersion(path, env);
  if (isOlder(binary.version, OLDEST_VERSION)) {
    throw new TerraformVersionError(path, `version ${OLDEST_VERSION} or newer`, `version ${binary.version}`);
  }
  return binary;
}

/** The path of a program: as it is where it names a folder, else in the folders of PATH. */
function locate(name: string, path: string): string | undefined {
  const candidates = /[\\/]/.test(name) ? [name] : path.split(delimiter).map((folder) => join(folder, name));
  return candidates.find(isProgram);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

async function askVersion(path: string, env: FindTerraformOptions["env"]): Promise<TerraformBinary> {
  try {
    const { stdout } = await promisify(execFile)(path, ["version", "-json"], {
      env: { ...env, CHECKPOINT_DISABLE: "1" },
      timeout: 30_000,
    });
    const answer = JSON.parse(stdout) as { readonly terraform_version?: unknown };
    if (typeof answer.terraform_version !== "string") throw new SyntaxError("no terraform_version in it");
    const product = /tofu[^/\\]*$/.test(path) ? "opentofu" : "terraform";
    return { path, product, version: answer.terraform_version };
  } catch (cause) {
    throw new TerraformVersionError(path, "Terraform or OpenTofu", "a program that does not say its version", {
      cause,
    });
  }
}

/** Whether a version comes before another; what follows a hyphen does not count. */
function isOlder(version: string, than: string): boolean {
  const numbers = (text: string) => text.split("-")[0]!.split(".").map(Number);
  const [a, b] = [numbers(version), numbers(than)];
  const place = b.findIndex((part, k) => part !== (a[k] ?? 0));
  return place >= 0 && (a[place] ?? 0) < b[place]!;
}

/** How a Terraform is called in results, such as `1.11.4` or `tofu 1.9.0`. */
export function terraformName({ product, version }: TerraformBinary): string {
  return product === "terraform" ? version : `${product} ${version}`;
}
