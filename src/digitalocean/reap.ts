/** Finds what runs have left in an account, destroys it, and proves by listing that it is gone. @module */
import type { Clock } from "../clock.js";
import { InfraGymError, LeftoverResourcesError } from "../errors.js";
import type { AccountResource } from "./account-kinds.js";
import type { DigitalOceanClient } from "./digitalocean-client.js";
import { isHeld, type Leases } from "./lease.js";
import { belongsTo, markOfTag, type RunMark, runMark } from "./run-mark.js";

/** A run of which something may be left. */
export interface FoundRun {
  readonly mark: RunMark;
  /** `expired`: past its time. `abandoned`: its process on this machine is gone. `running`: its process is there. `elsewhere`: another machine's. */
  readonly state: "expired" | "abandoned" | "running" | "elsewhere";
}

/** Options of {@link destroyRun}. */
export interface DestroyRunOptions {
  readonly client: DigitalOceanClient;
  readonly clock: Clock;
  /** How long to go on before giving up. Unit: seconds. @defaultValue 900 */
  readonly patienceSeconds?: number;
  /** Between two looks. Unit: seconds. @defaultValue 5, or 0.05 with the emulator */
  readonly pauseSeconds?: number;
  /** Called for everything that is deleted. */
  readonly onRemove?: (resource: AccountResource) => void;
}

/** How often a list must be empty, one pause apart, to count: what was being created when it was taken may be missing. */
const EMPTY_LISTS = 2;

/** The runs of which an account bears a mark, and those that this machine has a lease for. */
export async function findRuns(client: DigitalOceanClient, leases: Leases, clock: Clock): Promise<readonly FoundRun[]> {
  const own = leases.all().filter(({ endpoint }) => endpoint === client.endpoint);
  const marks = new Map<string, RunMark>();
  for (const { run, expiresAt } of own) marks.set(run, runMark(run, expiresAt));
  for (const tag of await client.tags()) {
    const mark = markOfTag(tag);
    if (mark !== undefined) marks.set(mark.run, mark);
  }
  return [...marks.values()].map((mark) => {
    const lease = own.find(({ run }) => run === mark.run);
    if (lease !== undefined && isHeld(lease)) return { mark, state: "running" };
    if (mark.expiresAt <= clock.now()) return { mark, state: "expired" };
    return { mark, state: lease === undefined ? "elsewhere" : "abandoned" };
  });
}

/** What is left of a run, its tag included. */
export async function resourcesOfRun(client: DigitalOceanClient, mark: RunMark): Promise<readonly AccountResource[]> {
  const all = await client.resources();
  const own = all.filter((resource) => belongsTo(mark, resource));
  const droplets = new Set(own.filter(({ kind }) => kind === "droplet").map(({ id }) => id));
  // A reserved IP has no name and no tag, and is billed when its droplet goes before it.
  const ips = all.filter(({ dropletId }) => dropletId !== "" && droplets.has(dropletId));
  return [...ips, ...own];
}

/**
 * Deletes everything of a run until nothing is left, then lists again. The run's own tag goes last.
 *
 * @returns What was deleted.
 * @throws LeftoverResourcesError when something is still there at the end; `cause` is the last refusal
 */
export async function destroyRun(mark: RunMark, options: DestroyRunOptions): Promise<readonly AccountResource[]> {
  const { client, clock, patienceSeconds = 900, pauseSeconds = client.isLoopback ? 0.05 : 5 } = options;
  const deadline = clock.now() + patienceSeconds;
  const removed = new Map<string, AccountResource>();
  let empties = 0;
  let refusal: unknown;
  for (;;) {
    const left = (await resourcesOfRun(client, mark)).filter(({ id }) => id !== mark.tag);
    empties = left.length === 0 ? empties + 1 : 0;
    if (empties >= EMPTY_LISTS) break;
    if (clock.now() >= deadline) throw new LeftoverResourcesError(mark.run, left.map(nameOf), { cause: refusal });
    for (const resource of left) {
      if (!removed.has(keyOf(resource))) options.onRemove?.(resource);
      removed.set(keyOf(resource), resource);
      refusal = (await refusalOf(client, resource)) ?? refusal;
    }
    await clock.sleep(pauseSeconds);
  }
  await client.remove({ kind: "tag", id: mark.tag, name: mark.tag, tags: [], dropletId: "" });
  return [...removed.values()];
}

/** Such as `droplet 411222333 (shop-web-0)`. */
export function nameOf({ kind, id, name }: AccountResource): string {
  return name === "" || name === id ? `${kind} ${id}` : `${kind} ${id} (${name})`;
}

/** What is refused now, because something else is still in use, may be done on the next look. A refused token never is. */
async function refusalOf(client: DigitalOceanClient, resource: AccountResource): Promise<unknown> {
  try {
    await client.remove(resource);
    return undefined;
  } catch (error) {
    if (error instanceof InfraGymError && error.code === "INFRA_GYM_REQUEST_FAILED") return error;
    throw error;
  }
}

function keyOf({ kind, id }: AccountResource): string {
  return `${kind} ${id}`;
}
