/** How the API deals with each kind. A new kind is one new file in `kinds/` and its line here. @module */
import type { KindName } from "../../infra/kinds.js";
import type { KindApi } from "./kind-api.js";
import { domainApi } from "./kinds/domain.js";
import { dropletApi } from "./kinds/droplet.js";
import { firewallApi } from "./kinds/firewall.js";
import { loadbalancerApi } from "./kinds/loadbalancer.js";
import { projectApi } from "./kinds/project.js";
import { recordApi } from "./kinds/record.js";
import { tagApi } from "./kinds/tag.js";
import { vpcApi } from "./kinds/vpc.js";

/** By the provider's name of the kind. */
export const kindApis: Readonly<Partial<Record<KindName, KindApi>>> = {
  digitalocean_record: recordApi,
  digitalocean_project: projectApi,
  digitalocean_domain: domainApi,
  digitalocean_droplet: dropletApi,
  digitalocean_firewall: firewallApi,
  digitalocean_loadbalancer: loadbalancerApi,
  digitalocean_tag: tagApi,
  digitalocean_vpc: vpcApi,
};
