/** What an account has of a run, looked at again and again, and told as events. @module */
import { type Clock, systemClock } from "../../clock.js";
import type { AccountDroplet, AccountLoadBalancer } from "../../digitalocean/account-view.js";
import type { DigitalOceanClient } from "../../digitalocean/digitalocean-client.js";
import type { DataPlaneEvent, DropletState } from "../../emulator/data-plane-event.js";
import { TokenError } from "../../errors.js";

/** Options of {@link AccountWatch}. */
export interface AccountWatchOptions {
  readonly client: DigitalOceanClient;
  /** On all droplets of the run. */
  readonly tag: string;
  /** Id of the run, in the name of its load balancer. */
  readonly run: string;
  /** Between two looks. Unit: seconds. */
  readonly everySeconds: number;
  /** Is told what has appeared, changed and gone since the look before. */
  readonly onEvent: (event: DataPlaneEvent) => void;
  /** Is called after each look. */
  readonly onLook: () => Promise<void>;
  /** @defaultValue that of this machine */
  readonly clock?: Clock;
}

/** How many looks in a row may fail: an API that does not answer for a while is not lost. */
const MOST_FAILURES = 12;

/** Looks at an account until it is closed. */
export class AccountWatch {
  /** Rejects when the account cannot be looked at any more. */
  readonly lost: Promise<never>;
  readonly #options: AccountWatchOptions;
  readonly #clock: Clock;
  readonly #droplets = new Map<number, DropletState>();
  readonly #ending = new AbortController();
  #balancer: AccountLoadBalancer | undefined;
  #looking: Promise<void>;
  #failures = 0;

  constructor(options: AccountWatchOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock();
    this.#looking = this.#watch();
    this.lost = this.#looking.then(() => new Promise<never>(() => undefined));
    this.lost.catch(() => undefined);
  }

  /** The run's droplets, as they were at the last look. */
  get droplets(): readonly DropletState[] {
    return [...this.#droplets.values()];
  }

  /** The address of the run's load balancer; undefined until it has one. */
  get loadBalancerAddress(): string | undefined {
    return this.#balancer?.ip || undefined;
  }

  /** Looks no more. Idempotent. */
  async close(): Promise<void> {
    this.#ending.abort();
    await this.#looking.catch(() => undefined);
  }

  async #watch(): Promise<void> {
    while (!this.#ending.signal.aborted) {
      try {
        await this.#look();
        this.#failures = 0;
      } catch (error) {
        if (error instanceof TokenError || ++this.#failures >= MOST_FAILURES) throw error;
      }
      await this.#clock.sleep(this.#options.everySeconds, this.#ending.signal).catch(() => undefined);
    }
  }

  async #look(): Promise<void> {
    const { client, tag, run, onEvent, onLook } = this.#options;
    const [droplets, balancers] = await Promise.all([client.droplets(tag), client.loadBalancers()]);
    const atSeconds = this.#clock.now();
    const tell = (change: DataPlaneEvent["change"], droplet: DropletState): void =>
      onEvent({ type: "droplet", change, atSeconds, droplet });
    const there = new Set(droplets.map(({ id }) => id));
    for (const [id, droplet] of this.#droplets) {
      if (there.has(id)) continue;
      this.#droplets.delete(id);
      tell("go", droplet);
    }
    for (const droplet of droplets.map(stateOf)) {
      const before = this.#droplets.get(droplet.id);
      this.#droplets.set(droplet.id, droplet);
      if (before === undefined) tell("appear", droplet);
      else if (JSON.stringify(before) !== JSON.stringify(droplet)) tell("change", droplet);
    }
    this.#balancer = balancers.find(({ name }) => name.endsWith(`-${run}`));
    await onLook();
  }
}

function stateOf(droplet: AccountDroplet): DropletState {
  return { ...droplet, privateIp: droplet.privateIp ?? "", userData: undefined, poolId: undefined };
}
