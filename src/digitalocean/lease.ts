/** Leases: what this machine has running in an account, on disk, for the next start to find when a process was killed. @module */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { InvalidLeaseError } from "../errors.js";
import { isProcessAlive, type ProcessIdentity } from "../process-identity.js";

/** One lease. Plain JSON; no token is in it. */
export interface Lease {
  readonly schema: 1;
  readonly run: string;
  /** Unit: seconds since 1970-01-01 UTC. */
  readonly startedAt: number;
  /** Unit: seconds since 1970-01-01 UTC. */
  readonly expiresAt: number;
  readonly endpoint: string;
  /** Working folder with the Terraform states. */
  readonly folder: string;
  readonly budgetUsd: number;
  /** What it can come to if nobody destroys it before it expires. Unit: USD. */
  readonly worstCaseUsd: number;
  /** Spent until `asOf`. Unit: USD. */
  readonly spentUsd: number;
  /** What was running then. Unit: USD per hour. */
  readonly usdPerHour: number;
  /** Unit: seconds since 1970-01-01 UTC. */
  readonly asOf: number;
  readonly holder: ProcessIdentity;
}

/** Where leases are kept unless told otherwise: INFRA_GYM_LEASES, or a folder in the user's own. */
export function leasesFolder(env: Readonly<Record<string, string | undefined>>): string {
  return env.INFRA_GYM_LEASES || join(homedir(), ".infra-gym", "leases");
}

/** The leases of this machine. Only their owner can read them. */
export class Leases {
  constructor(readonly folder: string) {}

  /** Writes a lease, whole or not at all. */
  write(lease: Lease): void {
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    const file = this.#file(lease.run);
    const half = `${file}.${process.pid}`;
    writeFileSync(half, `${JSON.stringify(lease, null, 2)}\n`, { mode: 0o600 });
    renameSync(half, file);
  }

  /** All leases. @throws InvalidLeaseError when one cannot be read */
  all(): readonly Lease[] {
    return this.#files().map((name) => {
      const file = join(this.folder, name);
      try {
        const lease = JSON.parse(readFileSync(file, "utf8")) as Partial<Lease>;
        if (lease.schema === 1 && typeof lease.run === "string" && lease.holder !== undefined) return lease as Lease;
      } catch (cause) {
        throw new InvalidLeaseError(file, "The lease cannot be read.", { cause });
      }
      throw new InvalidLeaseError(file, "This is no lease.");
    });
  }

  /** Removes the lease of a run. */
  remove(run: string): void {
    rmSync(this.#file(run), { force: true });
  }

  #files(): string[] {
    try {
      return readdirSync(this.folder).filter((name) => name.endsWith(".json"));
    } catch {
      return [];
    }
  }

  #file(run: string): string {
    return join(this.folder, `${run}.json`);
  }
}

/** Whether the process that took a lease is still there. */
export function isHeld({ holder }: Lease): boolean {
  return isProcessAlive(holder);
}
