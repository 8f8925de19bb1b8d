/** All resource kinds by the provider's name. A new kind is one new file in `resources/` and its line here. @module */
import type { AttributesOf, ResourceKind } from "./resource-kind.js";
import { domain } from "./resources/domain.js";
import { droplet } from "./resources/droplet.js";
import { firewall } from "./resources/firewall.js";
import { loadbalancer } from "./resources/loadbalancer.js";
import { project } from "./resources/project.js";
import { record } from "./resources/record.js";
import { tag } from "./resources/tag.js";
import { vpc } from "./resources/vpc.js";

/** The declarations by kind. */
export interface ResourceKinds {
  readonly digitalocean_domain: typeof domain;
  readonly digitalocean_droplet: typeof droplet;
  readonly digitalocean_firewall: typeof firewall;
  readonly digitalocean_loadbalancer: typeof loadbalancer;
  readonly digitalocean_project: typeof project;
  readonly digitalocean_record: typeof record;
  readonly digitalocean_tag: typeof tag;
  readonly digitalocean_vpc: typeof vpc;
}

/** Name of a resource kind, such as `digitalocean_droplet`. */
export type KindName = keyof ResourceKinds;
/** What may be said about a resource of kind `K`; follows from its declaration. */
export type AttributesFor<K extends KindName> = AttributesOf<ResourceKinds[K]>;

/** The declarations by kind. */
export const resourceKinds: ResourceKinds = {
  digitalocean_domain: domain,
  digitalocean_droplet: droplet,
  digitalocean_firewall: firewall,
  digitalocean_loadbalancer: loadbalancer,
  digitalocean_project: project,
  digitalocean_record: record,
  digitalocean_tag: tag,
  digitalocean_vpc: vpc,
};

/** The declaration of a kind by its name, or undefined where there is none. */
export function kindOf(name: string): ResourceKind | undefined {
  return Object.hasOwn(resourceKinds, name) ? resourceKinds[name as KindName] : undefined;
}
