/**
 * DigitalOcean's own client, `@digitalocean/dots`: the one file that touches it, and only as far as is declared here.
 *
 * It ships TypeScript sources whose types take the compiler 20 s, so it is imported by a name the compiler does not follow.
 * @module
 */
import type { Fetch } from "./api-fetch.js";

/** Which page of a list. */
export interface PageQuery {
  readonly page: number;
  readonly perPage: number;
}

/** A page of a list. The client's own types have every field optional. */
export interface ListPage {
  readonly meta?: { readonly total?: number };
  readonly [key: string]: unknown;
}

/** A list of something. */
export interface Lists {
  get(config?: { readonly queryParameters: PageQuery }): Promise<ListPage | undefined>;
}

/** One thing that can be deleted. */
export interface Deletes {
  delete(config?: { readonly headers?: Readonly<Record<string, string>> }): Promise<unknown>;
}

/** A series of a monitoring query. */
export interface MetricsAnswer {
  readonly data?: {
    readonly result?: readonly {
      readonly metric?: Readonly<Record<string, unknown>>;
      readonly values?: unknown;
    }[];
  };
}

/** A monitoring query. */
export interface Measures<Q> {
  get(config: {
    readonly queryParameters: Q & { readonly start: string; readonly end: string };
  }): Promise<MetricsAnswer | undefined>;
}

/** The part of the client that is used. */
export interface DotsClient {
  readonly v2: {
    readonly account: {
      get(): Promise<{ readonly account?: Readonly<Record<string, unknown>> } | undefined>;
      readonly keys: Lists & { bySsh_key_identifier(id: number): Deletes };
    };
    readonly customers: {
      readonly my: { readonly balance: { get(): Promise<Readonly<Record<string, unknown>> | undefined> } };
    };
    readonly sizes: Lists;
    readonly regions: Lists;
    readonly tags: Lists & { post(body: { readonly name: string }): Promise<unknown>; byTag_id(id: string): Deletes };
    readonly droplets: Lists & {
      byDroplet_id(
        id: number,
      ): Deletes & { readonly actions: { post(body: { readonly type: string }): Promise<unknown> } };
      readonly autoscale: Lists & { byAutoscale_pool_id(id: string): { readonly dangerous: Deletes } };
    };
    readonly load_balancers: Lists & { byLb_id(id: string): Deletes };
    readonly firewalls: Lists & { byFirewall_id(id: string): Deletes };
    readonly kubernetes: {
      readonly clusters: Lists & {
        byCluster_id(id: string): { readonly destroy_with_associated_resources: { readonly dangerous: Deletes } };
      };
    };
    readonly databases: Lists & { byDatabase_cluster_uuid(id: string): Deletes };
    readonly volumes: Lists & { byVolume_id(id: string): Deletes };
    readonly snapshots: Lists & { bySnapshot_id(id: string): Deletes };
    readonly reserved_ips: Lists & { byReserved_ip(ip: string): Deletes };
    readonly domains: Lists & { byDomain_name(name: string): Deletes };
    readonly certificates: Lists & { byCertificate_id(id: string): Deletes };
    readonly registries: Lists & { byRegistry_name(name: string): Deletes };
    readonly projects: Lists & { byProject_id(id: string): Deletes };
    readonly vpcs: Lists & { byVpc_id(id: string): Deletes };
    readonly monitoring: {
      readonly metrics: {
        readonly droplet: Readonly<Record<string, Measures<{ readonly hostId: string }>>>;
        readonly load_balancer: Readonly<Record<string, Measures<{ readonly lbId: string }>>>;
      };
    };
  };
}

/** As far as the packages' exports are used. */
interface DotsPackage {
  createDigitalOceanClient(adapter: unknown): DotsClient;
  readonly DigitalOceanApiKeyAuthenticationProvider: new (token: string) => unknown;
}

interface KiotaPackage {
  readonly FetchRequestAdapter: new (
    authentication: unknown,
    parsers: undefined,
    serializers: undefined,
    http: unknown,
  ) => { baseUrl: string };
  readonly HttpClient: new (fetch: undefined, middleware: unknown) => unknown;
  readonly CustomFetchHandler: new (fetch: Fetch) => unknown;
}

/**
 * Makes the client. Its own retries are left out: `send` does that.
 *
 * @param endpoint - Without a slash at the end.
 */
export async function makeDotsClient(endpoint: string, token: string, send: Fetch): Promise<DotsClient> {
  const [dots, kiota] = await Promise.all([
    load<DotsPackage>("@digitalocean/dots"),
    load<KiotaPackage>("@microsoft/kiota-http-fetchlibrary"),
  ]);
  const http = new kiota.HttpClient(undefined, new kiota.CustomFetchHandler(send));
  const authentication = new dots.DigitalOceanApiKeyAuthenticationProvider(token);
  const adapter = new kiota.FetchRequestAdapter(authentication, undefined, undefined, http);
  adapter.baseUrl = endpoint;
  return dots.createDigitalOceanClient(adapter);
}

async function load<T>(specifier: string): Promise<T> {
  return (await import(specifier)) as T;
}
