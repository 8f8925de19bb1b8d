/** One run in an account, from the checks before it starts to the proof that nothing is left of it. @module */
import { type Clock, systemClock } from "../clock.js";
import { BudgetExceededError, ExpiredResourcesError, InvalidOptionError } from "../errors.js";
import type { InfraGraph } from "../infra/infra-graph.js";
import { thisProcess } from "../process-identity.js";
import type { AccountResource } from "./account-kinds.js";
import type { DigitalOceanClient } from "./digitalocean-client.js";
import type { Leases } from "./lease.js";
import { type DestroyRunOptions, destroyRun, findRuns } from "./reap.js";
import { markGraph, newRunMark, type RunMark } from "./run-mark.js";
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

/** A run that has been let in. Everything it makes bears its mark. */
export class CloudRun {
  readonly mark: RunMark;
  readonly guard: SpendGuard;
  readonly #options: CloudRunOptions;
  readonly #clock: Clock;

  private constructor(options: CloudRunOptions, mark: RunMark, guard: SpendGuard, clock: Clock) {
    this.#options = options;
    this.mark = mark;
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
    leases.write({
      schema: 1,
      run: mark.run,
      startedAt,
      expiresAt: mark.expiresAt,
      endpoint: client.endpoint,
      folder: options.folder,
      budgetUsd,
      worstCaseUsd: worst,
      holder: thisProcess(),
    });
    await client.createTag(mark.tag);
    return new CloudRun(options, mark, guard, clock);
  }

  /** The graph to apply: the budget is checked, and every name bears the run's id. @throws BudgetExceededError */
  admit(graph: InfraGraph): InfraGraph {
    this.guard.admit(graph);
    return markGraph(graph, this.mark);
  }

  /**
   * Ends the run, after Terraform has destroyed what it knows: deletes what is left all the same, proves by listing that
   * nothing is, and takes tag and lease away.
   *
   * @returns What Terraform had left.
   * @throws LeftoverResourcesError when something could not be deleted; the lease stays then
   */
  async end(more: Pick<DestroyRunOptions, "patienceSeconds" | "onRemove"> = {}): Promise<readonly AccountResource[]> {
    const { client, leases } = this.#options;
    const removed = await destroyRun(this.mark, { client, clock: this.#clock, ...more });
    this.guard.ended();
    leases.remove(this.mark.run);
    return removed;
  }
}

function isoOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(".000Z", "Z");
}
