/** One run in an account, from the checks before it starts to the proof that nothing is left of it. @module */
import { type Clock, systemClock } from "../clock.js";
import { BudgetExceededError, ExpiredResourcesError, FolderInUseError, InvalidOptionError } from "../errors.js";
import type { InfraGraph } from "../infra/infra-graph.js";
import { thisProcess } from "../process-identity.js";
import type { AccountResource } from "./account-kinds.js";
import type { DigitalOceanClient } from "./digitalocean-client.js";
import { isHeld, type Lease, type Leases } from "./lease.js";
import { type DestroyRunOptions, destroyRun, findRuns } from "./reap.js";
import { markGraph, newRunMark, type RunMark, runMark } from "./run-mark.js";
import { SpendGuard, worstCaseUsd } from "./spend-guard.js";

/** Options of {@link CloudRun.start}. */
export interface CloudRunOptions {
  readonly client: DigitalOceanClient;
  readonly leases: Leases;
  /** The most that may be billed. Unit: USD, above 0. There is no default. */
  readonly budgetUsd: number;
  /** How long it may last at most. Unit: seconds. @defaultValue 7200 */
  readonly lifetimeSeconds?: number;
  /** What it starts with. */
  readonly graph: InfraGraph;
  /** Working folder with the Terraform states. */
  readonly folder: string;
  /** @defaultValue that of this machine */
  readonly clock?: Clock;
  /** Is told what it may cost, before anything is made. */
  readonly print?: (line: string) => void;
}

/** Options of {@link CloudRun.resume}. */
export interface ResumeOptions {
  readonly client: DigitalOceanClient;
  readonly leases: Leases;
  /** The lease of the run. */
  readonly lease: Lease;
  /** @defaultValue that of this machine */
  readonly clock?: Clock;
}

/** A run that has been let in. Everything it makes bears its mark. */
export class CloudRun {
  readonly mark: RunMark;
  readonly guard: SpendGuard;
  readonly #client: DigitalOceanClient;
  readonly #leases: Leases;
  readonly #lease: Lease;
  readonly #clock: Clock;

  private constructor(client: DigitalOceanClient, leases: Leases, lease: Lease, guard: SpendGuard, clock: Clock) {
    this.#client = client;
    this.#leases = leases;
    this.#lease = lease;
    this.mark = runMark(lease.run, lease.expiresAt);
    this.guard = guard;
    this.#clock = clock;
  }

  /**
   * Checks budget and account, then makes the run's tag and writes its lease.
   *
   * @throws InvalidOptionError without a budget above 0
   * @throws BudgetExceededError when the graph could cost more than the budget until the run expires
   * @throws ExpiredResourcesError while something of an earlier run is past its time
   */
  static async start(options: CloudRunOptions): Promise<CloudRun> {
    const { client, leases, budgetUsd, lifetimeSeconds = 7200, graph, clock = systemClock(), print } = options;
    if (!(Number.isFinite(lifetimeSeconds) && lifetimeSeconds > 0)) {
      throw new InvalidOptionError("lifetimeSeconds", "a number above 0 (seconds)", lifetimeSeconds);
    }
    const startedAt = clock.now();
    const mark = newRunMark(startedAt + lifetimeSeconds);
    const guard = new SpendGuard({ budgetUsd, expiresAt: mark.expiresAt, clock });
    const worst = worstCaseUsd(graph, mark.expiresAt - startedAt);
    if (worst > budgetUsd) throw new BudgetExceededError(budgetUsd, 0, worst);
    const runs = await findRuns(client, leases, clock);
    const late = runs.filter(({ state }) => state === "expired" || state === "abandoned");
    if (late.length > 0) throw new ExpiredResourcesError(late.map((found) => found.mark.run));
    print?.(
      `Run ${mark.run} at ${client.endpoint}: ${graph.priceUsdPerHour.toFixed(4)} USD an hour to begin with, until ${isoOf(mark.expiresAt)} at most; worst case ${worst.toFixed(2)} USD, budget ${budgetUsd.toFixed(2)} USD.`,
    );
    const lease: Lease = {
      schema: 1,
      run: mark.run,
      startedAt,
      expiresAt: mark.expiresAt,
      endpoint: client.endpoint,
      folder: options.folder,
      budgetUsd,
      worstCaseUsd: worst,
      spentUsd: 0,
      usdPerHour: 0,
      asOf: startedAt,
      holder: thisProcess(),
    };
    // The lease comes first: whatever is made after it is found.
    leases.write(lease);
    await client.createTag(mark.tag);
    return new CloudRun(client, leases, lease, guard, clock);
  }

  /**
   * Goes on with a run whose process is gone: same mark, same end, same budget, less what it has spent.
   *
   * @param lease - One of `Leases.all`.
   * @throws FolderInUseError when its process is still there
   * @throws ExpiredResourcesError when it is past its time
   */
  static async resume({ client, leases, lease, clock = systemClock() }: ResumeOptions): Promise<CloudRun> {
    const { run, expiresAt, budgetUsd, spentUsd, usdPerHour, asOf, holder, folder } = lease;
    if (isHeld(lease)) throw new FolderInUseError(folder, holder.pid, holder.host);
    const now = clock.now();
    if (expiresAt <= now) throw new ExpiredResourcesError([run]);
    // What ran when the process was last heard of is taken to have run on.
    const spent = spentUsd + (usdPerHour * Math.max(0, now - asOf)) / 3600;
    const guard = new SpendGuard({ budgetUsd, expiresAt, clock, spentUsd: spent });
    const taken = { ...lease, spentUsd: spent, asOf: now, holder: thisProcess() };
    leases.write(taken);
    await client.createTag(runMark(run, expiresAt).tag);
    return new CloudRun(client, leases, taken, guard, clock);
  }

  /** The graph to apply: the budget is checked, and every name bears the run's id. @throws BudgetExceededError */
  admit(graph: InfraGraph): InfraGraph {
    this.guard.admit(graph);
    const { spentUsd, usdPerHour } = this.guard;
    this.#leases.write({ ...this.#lease, spentUsd, usdPerHour, asOf: this.#clock.now() });
    return markGraph(graph, this.mark);
  }

  /**
   * Turns on the run's droplets that are off: a resize that was cut short leaves them so, and DigitalOcean's provider does not
   * look. For after the first apply of a run that is gone on with; the built-in provider does it by itself.
   *
   * @returns Their ids.
   */
  async powerOn(): Promise<readonly string[]> {
    const ids = await this.#client.dropletsOff(this.mark.tag);
    for (const id of ids) await this.#client.powerOn(id);
    return ids;
  }

  /**
   * Ends the run, after Terraform has destroyed what it knows: deletes what is left all the same, proves by listing that
   * nothing is, and takes tag and lease away.
   *
   * @returns What Terraform had left.
   * @throws LeftoverResourcesError when something could not be deleted; the lease stays then
   */
  async end(more: Pick<DestroyRunOptions, "patienceSeconds" | "onRemove"> = {}): Promise<readonly AccountResource[]> {
    const removed = await destroyRun(this.mark, { client: this.#client, clock: this.#clock, ...more });
    this.guard.ended();
    this.#leases.remove(this.mark.run);
    return removed;
  }
}

function isoOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(".000Z", "Z");
}
