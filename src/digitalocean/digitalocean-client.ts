/** A DigitalOcean account, through the narrow part of DigitalOcean's own client that is needed beside Terraform. @module */
import { type Clock, systemClock } from "../clock.js";
import { RequestFailedError, TokenError } from "../errors.js";
import { redactorFor } from "../secrets.js";
import { ACCOUNT_KINDS, type AccountKind, type AccountResource, resourcesIn } from "./account-kinds.js";
import { type AccountDroplet, type AccountLoadBalancer, dropletIn, loadBalancerIn } from "./account-view.js";
import { apiFetch, type Fetch } from "./api-fetch.js";
import type { Credentials } from "./credentials.js";
import { type DotsClient, type ListPage, type Lists, type MetricsAnswer, makeDotsClient } from "./dots.js";
import { RequestPacer } from "./request-pacer.js";

/** Options of {@link DigitalOceanClient}. */
export interface DigitalOceanClientOptions {
  /** Where requests go; see `readCredentials`. */
  readonly credentials: Credentials;
  /** @defaultValue that of this machine */
  readonly clock?: Clock;
  /** Sends requests. @defaultValue Node's fetch */
  readonly fetch?: Fetch;
}

/** What an account may have. */
export interface AccountLimits {
  readonly status: string;
  readonly droplets: number;
  readonly volumes: number;
  readonly reservedIps: number;
}

/** What an account owes. Unit: USD. */
export interface AccountBalance {
  /** Used this month and not billed yet. */
  readonly monthToDateUsageUsd: number;
  /** Owed with it; below 0 it is credit. */
  readonly monthToDateBalanceUsd: number;
}

/** A plan of droplets as it is on sale now. */
export interface SizeOnSale {
  readonly slug: string;
  readonly vcpus: number;
  /** Unit: bytes. */
  readonly memoryBytes: number;
  /** Unit: bytes. */
  readonly diskBytes: number;
  readonly priceUsdPerMonth: number;
  readonly regions: readonly string[];
  readonly isAvailable: boolean;
}

/** A region as it is now. */
export interface RegionOnSale {
  readonly slug: string;
  readonly name: string;
  readonly isAvailable: boolean;
}

/** One series of a monitoring query: times in seconds since 1970-01-01 UTC, and values. */
export interface MetricSeries {
  readonly labels: Readonly<Record<string, string>>;
  readonly samples: readonly (readonly [time: number, value: number])[];
}

/** A stretch of time. Unit: seconds since 1970-01-01 UTC. */
export interface TimeRange {
  readonly start: number;
  readonly end: number;
}

type Item = Readonly<Record<string, unknown>>;

/** Most items of a page. */
const PAGE_SIZE = 200;
const MIB = 1024 ** 2;
const GIB = 1024 ** 3;

/**
 * Reads an account, and deletes from it. Creating is Terraform's business.
 *
 * Requests keep below the API's limits by themselves. They fail with `TokenError` or `RequestFailedError`.
 */
export class DigitalOceanClient {
  readonly endpoint: string;
  readonly isLoopback: boolean;
  readonly #make: () => Promise<DotsClient>;
  #client: Promise<DotsClient> | undefined;
  #unlisted: readonly string[] = [];

  constructor({ credentials, clock = systemClock(), fetch }: DigitalOceanClientOptions) {
    const { endpoint, token, isLoopback } = credentials;
    this.endpoint = endpoint;
    this.isLoopback = isLoopback;
    // The limits are the real account's; the emulator has its own, if any.
    const pacer = isLoopback ? new RequestPacer(clock, []) : new RequestPacer(clock);
    const redact = redactorFor({ DIGITALOCEAN_TOKEN: token });
    const send = apiFetch({ pacer, clock, redact, ...(fetch !== undefined && { fetch }) });
    this.#make = () => makeDotsClient(endpoint, token, send);
  }

  /** The account's limits. */
  async limits(): Promise<AccountLimits> {
    const { account = {} } = (await (await this.#dots()).v2.account.get()) ?? {};
    const more = (account.additionalData ?? {}) as Item;
    return {
      status: String(account.status ?? "unknown"),
      droplets: Number(account.dropletLimit ?? 0),
      volumes: Number(account.volumeLimit ?? more.volume_limit ?? 0),
      reservedIps: Number(account.reservedIpLimit ?? more.reserved_ip_limit ?? account.floatingIpLimit ?? 0),
    };
  }

  /** What is owed. The API is hours behind with it: what runs now is not in it. */
  async balance(): Promise<AccountBalance> {
    const balance = (await (await this.#dots()).v2.customers.my.balance.get()) ?? {};
    return {
      monthToDateUsageUsd: Number(balance.monthToDateUsage ?? 0),
      monthToDateBalanceUsd: Number(balance.monthToDateBalance ?? 0),
    };
  }

  /** All droplet plans. */
  async sizes(): Promise<readonly SizeOnSale[]> {
    const items = await this.#all((await this.#dots()).v2.sizes, "sizes");
    return items.map((item) => ({
      slug: String(item.slug),
      vcpus: Number(item.vcpus),
      memoryBytes: Number(item.memory) * MIB,
      diskBytes: Number(item.disk) * GIB,
      priceUsdPerMonth: Number(item.priceMonthly),
      regions: ((item.regions ?? []) as readonly string[]).map(String),
      isAvailable: item.available === true,
    }));
  }

  /** All regions. */
  async regions(): Promise<readonly RegionOnSale[]> {
    const items = await this.#all((await this.#dots()).v2.regions, "regions");
    return items.map(({ slug, name, available }) => ({
      slug: String(slug),
      name: String(name),
      isAvailable: available === true,
    }));
  }

  /** Names of all tags. */
  async tags(): Promise<readonly string[]> {
    return (await this.#all((await this.#dots()).v2.tags, "tags")).map(({ name }) => String(name));
  }

  /** Makes a tag; one that is there stays as it is. */
  async createTag(name: string): Promise<void> {
    try {
      await (await this.#dots()).v2.tags.post({ name });
    } catch (error) {
      const isThere = error instanceof RequestFailedError && (await this.tags()).includes(name);
      if (!isThere) throw error;
    }
  }

  /**
   * Everything in the account that costs something or is in the way, its own default VPC and project left out. Kinds that
   * the token may not list are in {@link unlisted} after it: it cannot have made them either.
   *
   * @throws TokenError when it may list none
   */
  async resources(): Promise<readonly AccountResource[]> {
    const client = await this.#dots();
    const found: AccountResource[] = [];
    const refusals: TokenError[] = [];
    const unlisted: string[] = [];
    for (const kind of ACCOUNT_KINDS) {
      try {
        found.push(...(await this.#resourcesOf(client, kind)));
      } catch (error) {
        if (!(error instanceof TokenError && error.reason === "scope")) throw error;
        refusals.push(error);
        unlisted.push(kind.kind);
      }
    }
    if (refusals.length === ACCOUNT_KINDS.length) throw refusals[0];
    this.#unlisted = unlisted;
    return found;
  }

  /** Kinds that the token was not allowed to list the last time. */
  get unlisted(): readonly string[] {
    return this.#unlisted;
  }

  /** Deletes something; that it is gone already is fine. */
  async remove({ kind, id }: AccountResource): Promise<void> {
    const { remove } = ACCOUNT_KINDS.find((known) => known.kind === kind)!;
    try {
      await remove(await this.#dots(), id);
    } catch (error) {
      if (!(error instanceof RequestFailedError && error.status === 404)) throw error;
    }
  }

  /** The droplets with a tag. */
  async droplets(tag: string): Promise<readonly AccountDroplet[]> {
    const droplets = await this.#all((await this.#dots()).v2.droplets, "droplets");
    return droplets.filter(({ tags }) => ((tags ?? []) as readonly string[]).includes(tag)).map(dropletIn);
  }

  /** All load balancers. */
  async loadBalancers(): Promise<readonly AccountLoadBalancer[]> {
    const balancers = await this.#all((await this.#dots()).v2.load_balancers, "loadBalancers");
    return balancers.map(loadBalancerIn);
  }

  /** Ids of the droplets with a tag that are off, and that nothing is being done to. */
  async dropletsOff(tag: string): Promise<readonly string[]> {
    const droplets = await this.#all((await this.#dots()).v2.droplets, "droplets");
    return droplets
      .filter(
        ({ status, locked, tags }) => status === "off" && locked !== true && (tags as readonly string[]).includes(tag),
      )
      .map(({ id }) => String(id));
  }

  /** Turns a droplet on; returns when that has begun. @param id - Of a droplet that is off. */
  async powerOn(id: string): Promise<void> {
    await (await this.#dots()).v2.droplets.byDroplet_id(Number(id)).actions.post({ type: "power_on" });
  }

  /** A metric of a droplet, such as `cpu`, `memory_free` or `load_1`. */
  async dropletMetric(name: string, dropletId: string, range: TimeRange): Promise<readonly MetricSeries[]> {
    const { droplet } = (await this.#dots()).v2.monitoring.metrics;
    return seriesIn(await droplet[name]?.get({ queryParameters: { hostId: dropletId, ...timesOf(range) } }));
  }

  /** A metric of a load balancer, such as `frontend_http_requests_per_second`. */
  async loadBalancerMetric(name: string, id: string, range: TimeRange): Promise<readonly MetricSeries[]> {
    const { load_balancer } = (await this.#dots()).v2.monitoring.metrics;
    return seriesIn(await load_balancer[name]?.get({ queryParameters: { lbId: id, ...timesOf(range) } }));
  }

  async #resourcesOf(client: DotsClient, kind: AccountKind): Promise<AccountResource[]> {
    const pages = await this.#pages((page) => kind.list(client, page), kind.key).catch((error: unknown) => {
      // The emulator does not have all kinds, and an account without a registry has no list of them.
      if (error instanceof RequestFailedError && (error.status === 501 || error.status === 404)) return [];
      throw error;
    });
    return pages.flatMap((page) => resourcesIn(kind, page));
  }

  async #all(list: Lists, key: string): Promise<Item[]> {
    const pages = await this.#pages((queryParameters) => list.get({ queryParameters }), key);
    return pages.flatMap((page) => (page[key] ?? []) as Item[]);
  }

  async #pages(
    get: (query: { readonly page: number; readonly perPage: number }) => Promise<ListPage | undefined>,
    key: string,
  ): Promise<ListPage[]> {
    const pages: ListPage[] = [];
    let seen = 0;
    for (let page = 1; ; page++) {
      const answer = (await get({ page, perPage: PAGE_SIZE })) ?? {};
      const { length } = (answer[key] ?? []) as readonly unknown[];
      pages.push(answer);
      seen += length;
      if (length === 0 || seen >= (answer.meta?.total ?? 0)) return pages;
    }
  }

  #dots(): Promise<DotsClient> {
    this.#client ??= this.#make();
    return this.#client;
  }
}

function timesOf({ start, end }: TimeRange): { readonly start: string; readonly end: string } {
  return { start: String(Math.floor(start)), end: String(Math.ceil(end)) };
}

function seriesIn(answer: MetricsAnswer | undefined): MetricSeries[] {
  return (answer?.data?.result ?? []).map(({ metric = {}, values = [] }) => {
    const { additionalData, ...own } = metric;
    const labels = Object.entries({ ...own, ...(additionalData as Item | undefined) });
    return {
      labels: Object.fromEntries(labels.map(([name, value]) => [name, String(value)])),
      samples: (plain(values) as readonly (readonly unknown[])[]).map(([time, value]) => [Number(time), Number(value)]),
    };
  });
}

/** Untyped JSON out of the client's wrapping, where every node is an object with its value. */
function plain(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(plain);
  return typeof node === "object" && node !== null && "value" in node ? plain(node.value) : node;
}
