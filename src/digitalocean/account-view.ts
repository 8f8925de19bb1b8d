/** Droplets and load balancers as an account has them now, out of the client's answers. @module */

/** A droplet as the account has it now. */
export interface AccountDroplet {
  readonly id: number;
  readonly name: string;
  readonly status: "new" | "active" | "off" | "archive";
  readonly size: string;
  readonly region: string;
  readonly tags: readonly string[];
  readonly vpcId: string;
  readonly publicIp: string | undefined;
  /** Undefined until it has one. */
  readonly privateIp: string | undefined;
}

/** A load balancer as the account has it now. */
export interface AccountLoadBalancer {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  /** Empty until it has one. */
  readonly ip: string;
}

type Item = Readonly<Record<string, unknown>>;

/** A droplet of an answer. */
export function dropletIn(item: Item): AccountDroplet {
  const networks = (item.networks ?? {}) as { readonly v4?: readonly Item[] };
  const ipOf = (type: string): string | undefined => {
    const found = networks.v4?.find((network) => network.type === type);
    return found === undefined ? undefined : String(found.ipAddress);
  };
  return {
    id: Number(item.id),
    name: String(item.name),
    status: item.status as AccountDroplet["status"],
    size: String(item.sizeSlug),
    region: String((item.region as Item | undefined)?.slug ?? ""),
    tags: (item.tags ?? []) as readonly string[],
    vpcId: String(item.vpcUuid ?? ""),
    publicIp: ipOf("public"),
    privateIp: ipOf("private"),
  };
}

/** A load balancer of an answer. */
export function loadBalancerIn({ id, name, status, ip }: Item): AccountLoadBalancer {
  return { id: String(id), name: String(name), status: String(status), ip: typeof ip === "string" ? ip : "" };
}
