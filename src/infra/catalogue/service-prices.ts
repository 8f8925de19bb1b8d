/**
 * Prices of what is not a droplet or a database node.
 *
 * @see https://www.digitalocean.com/pricing (list prices, November 2026)
 * @module
 */

/** A plan of the container registry. */
export interface RegistryTier {
  readonly slug: string;
  /** Storage included. Unit: bytes. */
  readonly storageBytes: number;
  readonly priceUsdPerMonth: number;
}

/** List prices of services, by the month. Unit: USD. */
export interface ServicePrices {
  /** One node of a regional load balancer. */
  readonly loadBalancerNodeUsdPerMonth: number;
  /** A network (layer 4) load balancer node. */
  readonly networkLoadBalancerNodeUsdPerMonth: number;
  /** A global load balancer. */
  readonly globalLoadBalancerUsdPerMonth: number;
  /** Block storage, for each GiB. */
  readonly volumeGibUsdPerMonth: number;
  /** A reserved IPv4 address while no droplet has it; an assigned one is free. */
  readonly idleReservedIpUsdPerMonth: number;
  /** The highly available control plane of a Kubernetes cluster; the plain one is free. */
  readonly kubernetesHaUsdPerMonth: number;
  /** Object storage: one subscription for all buckets of an account, 250 GiB included. */
  readonly spacesUsdPerMonth: number;
  /** Database storage beyond what the plan includes, for each GiB. */
  readonly databaseStorageGibUsdPerMonth: number;
  /** Weekly backups, as a share of the droplet's price. */
  readonly weeklyBackupShare: number;
  /** Daily backups, as a share of the droplet's price. */
  readonly dailyBackupShare: number;
}

/** The list prices of services. */
export const servicePrices: ServicePrices = {
  loadBalancerNodeUsdPerMonth: 12,
  networkLoadBalancerNodeUsdPerMonth: 15,
  globalLoadBalancerUsdPerMonth: 15,
  volumeGibUsdPerMonth: 0.1,
  idleReservedIpUsdPerMonth: 5,
  kubernetesHaUsdPerMonth: 40,
  spacesUsdPerMonth: 5,
  databaseStorageGibUsdPerMonth: 0.215,
  weeklyBackupShare: 0.2,
  dailyBackupShare: 0.3,
};

const MIB = 1024 ** 2;

/** Plans of the container registry by slug. */
export const registryTiers: Readonly<Record<string, RegistryTier>> = {
  starter: { slug: "starter", storageBytes: 500 * MIB, priceUsdPerMonth: 0 },
  basic: { slug: "basic", storageBytes: 5 * 1024 * MIB, priceUsdPerMonth: 5 },
  professional: { slug: "professional", storageBytes: 100 * 1024 * MIB, priceUsdPerMonth: 20 },
};

/** Requests per second one node of a load balancer carries. @see https://docs.digitalocean.com/products/networking/load-balancers/details/limits/ (November 2026) */
export const LOAD_BALANCER_NODE_REQUESTS_PER_SECOND = 10_000;
