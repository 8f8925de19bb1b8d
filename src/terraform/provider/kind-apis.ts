/** How the API deals with each kind. A new kind is one new file in `kinds/` and its line here. @module */
import type { KindName } from "../../infra/kinds.js";
import type { KindApi } from "./kind-api.js";
import { certificateApi } from "./kinds/certificate.js";
import { containerRegistryApi } from "./kinds/container-registry.js";
import { databaseClusterApi } from "./kinds/database-cluster.js";
import { databaseFirewallApi } from "./kinds/database-firewall.js";
import { databaseUserApi } from "./kinds/database-user.js";
import { domainApi } from "./kinds/domain.js";
import { dropletApi } from "./kinds/droplet.js";
import { dropletAutoscaleApi } from "./kinds/droplet-autoscale.js";
import { firewallApi } from "./kinds/firewall.js";
import { kubernetesClusterApi } from "./kinds/kubernetes-cluster.js";
import { kubernetesNodePoolApi } from "./kinds/kubernetes-node-pool.js";
import { loadbalancerApi } from "./kinds/loadbalancer.js";
import { projectApi } from "./kinds/project.js";
import { recordApi } from "./kinds/record.js";
import { reservedIpApi } from "./kinds/reserved-ip.js";
import { spacesBucketApi } from "./kinds/spaces-bucket.js";
import { sshKeyApi } from "./kinds/ssh-key.js";
import { tagApi } from "./kinds/tag.js";
import { volumeApi } from "./kinds/volume.js";
import { vpcApi } from "./kinds/vpc.js";

/** By the provider's name of the kind. */
export const kindApis: Readonly<Record<KindName, KindApi>> = {
  digitalocean_certificate: certificateApi,
  digitalocean_container_registry: containerRegistryApi,
  digitalocean_database_cluster: databaseClusterApi,
  digitalocean_database_firewall: databaseFirewallApi,
  digitalocean_database_user: databaseUserApi,
  digitalocean_domain: domainApi,
  digitalocean_droplet: dropletApi,
  digitalocean_droplet_autoscale: dropletAutoscaleApi,
  digitalocean_firewall: firewallApi,
  digitalocean_kubernetes_cluster: kubernetesClusterApi,
  digitalocean_kubernetes_node_pool: kubernetesNodePoolApi,
  digitalocean_loadbalancer: loadbalancerApi,
  digitalocean_project: projectApi,
  digitalocean_record: recordApi,
  digitalocean_reserved_ip: reservedIpApi,
  digitalocean_spaces_bucket: spacesBucketApi,
  digitalocean_ssh_key: sshKeyApi,
  digitalocean_tag: tagApi,
  digitalocean_volume: volumeApi,
  digitalocean_vpc: vpcApi,
};
