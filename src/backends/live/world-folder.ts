/** What live worlds have running, on disk, for the next start to find and end when a process was killed. @module */
import { randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { InvalidOptionError } from "../../errors.js";
import { isProcessAlive, type ProcessIdentity, processOf, thisProcess } from "../../process-identity.js";

/** Whose worlds they are. */
export type LiveBackendName = "local" | "digitalocean";

/** Content of a lease. Plain JSON. */
interface WorldLease {
  readonly schema: 1;
  readonly holder: ProcessIdentity;
  readonly processes: readonly ProcessIdentity[];
}

const LEASE_FILE = "lease.json";

/** The folder of one world, with its lease: what runs for it. Only its owner can read it. */
export class WorldFolder {
  readonly path: string;
  #processes: ProcessIdentity[] = [];

  /** Makes a folder of its own. @throws InvalidOptionError when there can be none, or others can write to the folder around it */
  constructor(backend: LiveBackendName, around: string = defaultFolder(backend)) {
    try {
      mkdirSync(around, { recursive: true, mode: 0o700 });
      const { uid, mode } = statSync(around);
      const isOurs = process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0);
      if (!isOurs) throw new Error("it belongs to someone else, or others can write to it");
      this.path = join(around, `world-${randomBytes(6).toString("hex")}`);
      mkdirSync(this.path, { mode: 0o700 });
    } catch (cause) {
      throw new InvalidOptionError(`${backend}.folder`, "a folder that can be made, and is this user's alone", around, {
        cause,
      });
    }
    this.#write();
  }

  /** Notes a process, before anything else is done with it. */
  readonly note = (pid: number): void => {
    this.#processes = [...this.#processes.filter(isProcessAlive), processOf(pid)];
    this.#write();
  };

  /** Those noted that are still there. */
  alive(): readonly ProcessIdentity[] {
    return this.#processes.filter(isProcessAlive);
  }

  /** Removes the folder with all that is in it. Idempotent. */
  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }

  #write(): void {
    const lease: WorldLease = { schema: 1, holder: thisProcess(), processes: this.#processes };
    const half = join(this.path, `${LEASE_FILE}.half`);
    writeFileSync(half, `${JSON.stringify(lease)}\n`, { mode: 0o600 });
    renameSync(half, join(this.path, LEASE_FILE));
  }
}

/** Where worlds are unless told otherwise. */
export function defaultFolder(backend: LiveBackendName): string {
  return join(tmpdir(), `infra-gym-${backend}-${userInfo().username.replace(/[^\w-]/g, "_")}`);
}

/**
 * Ends what worlds have left running whose process is gone, and removes their folders.
 *
 * @returns The process ids that were ended.
 */
export function endOrphans(backend: LiveBackendName, around: string = defaultFolder(backend)): readonly number[] {
  const ended: number[] = [];
  for (const name of namesIn(around)) {
    const folder = join(around, name);
    const lease = readLease(folder);
    if (lease === undefined || isProcessAlive(lease.holder)) continue;
    for (const one of lease.processes.filter(isProcessAlive)) {
      endGroup(one.pid);
      ended.push(one.pid);
    }
    rmSync(folder, { recursive: true, force: true });
  }
  return ended;
}

function namesIn(around: string): string[] {
  try {
    return readdirSync(around).filter((name) => /^world-[0-9a-f]{12}$/.test(name));
  } catch {
    return [];
  }
}

function readLease(folder: string): WorldLease | undefined {
  try {
    const lease = JSON.parse(readFileSync(join(folder, LEASE_FILE), "utf8")) as Partial<WorldLease>;
    return lease.schema === 1 && Array.isArray(lease.processes) ? (lease as WorldLease) : undefined;
  } catch {
    return undefined;
  }
}

/** A process, with its group where it leads one. */
function endGroup(pid: number): void {
  for (const target of [-pid, pid]) {
    try {
      process.kill(target, "SIGKILL");
    } catch {
      // It leads no group, or is gone.
    }
  }
}
