/** All handlers and transitions of the emulator, from the files of the resource families. @module */
import type { Handlers, Transitions } from "./call.js";
import { accountHandlers } from "./resources/account.js";
import { actionHandlers } from "./resources/action-records.js";
import { alertHandlers } from "./resources/alerts.js";
import { billingHandlers } from "./resources/billing.js";
import { catalogueHandlers } from "./resources/catalogue-views.js";
import { certificateHandlers, certificateTransitions } from "./resources/certificates.js";
import { clusterAccessHandlers } from "./resources/cluster-access.js";
import { clusterHandlers, clusterTransitions } from "./resources/clusters.js";
import { databaseSettingHandlers } from "./resources/database-settings.js";
import { databaseStreamHandlers } from "./resources/database-streams.js";
import { databaseUserHandlers, replicaTransitions } from "./resources/database-users.js";
import { databaseHandlers, databaseTransitions } from "./resources/databases.js";
import { domainHandlers } from "./resources/domains.js";
import { dropletActionHandlers } from "./resources/droplet-actions.js";
import { dropletExtraHandlers } from "./resources/droplet-extras.js";
import { dropletHandlers, dropletTransitions } from "./resources/droplets.js";
import { firewallHandlers, firewallTransitions } from "./resources/firewalls.js";
import { imageHandlers, imageTransitions } from "./resources/images.js";
import { loadBalancerHandlers, loadBalancerTransitions } from "./resources/load-balancers.js";
import { metricHandlers } from "./resources/metrics.js";
import { nodePoolHandlers, nodePoolTransitions } from "./resources/node-pools.js";
import { poolHandlers, poolTransitions } from "./resources/pools.js";
import { projectHandlers } from "./resources/projects.js";
import { registryHandlers } from "./resources/registries.js";
import { registryTransitions } from "./resources/registry-images.js";
import { reservedIpHandlers, reservedIpTransitions } from "./resources/reserved-ips.js";
import { snapshotHandlers } from "./resources/snapshots.js";
import { spacesKeyHandlers } from "./resources/spaces-keys.js";
import { sshKeyHandlers } from "./resources/ssh-keys.js";
import { tagHandlers } from "./resources/tags.js";
import { volumeActionHandlers, volumeTransitions } from "./resources/volume-actions.js";
import { volumeHandlers } from "./resources/volumes.js";
import { vpcHandlers, vpcTransitions } from "./resources/vpcs.js";

/** Handlers by operation id. */
export const handlers: Handlers = {
  ...accountHandlers,
  ...actionHandlers,
  ...alertHandlers,
  ...billingHandlers,
  ...catalogueHandlers,
  ...certificateHandlers,
  ...clusterAccessHandlers,
  ...clusterHandlers,
  ...databaseHandlers,
  ...databaseSettingHandlers,
  ...databaseStreamHandlers,
  ...databaseUserHandlers,
  ...domainHandlers,
  ...dropletActionHandlers,
  ...dropletExtraHandlers,
  ...dropletHandlers,
  ...firewallHandlers,
  ...imageHandlers,
  ...loadBalancerHandlers,
  ...metricHandlers,
  ...nodePoolHandlers,
  ...poolHandlers,
  ...projectHandlers,
  ...registryHandlers,
  ...reservedIpHandlers,
  ...snapshotHandlers,
  ...spacesKeyHandlers,
  ...sshKeyHandlers,
  ...tagHandlers,
  ...volumeActionHandlers,
  ...volumeHandlers,
  ...vpcHandlers,
};

/** Transitions by name. */
export const transitions: Transitions = {
  ...certificateTransitions,
  ...clusterTransitions,
  ...databaseTransitions,
  ...dropletTransitions,
  ...firewallTransitions,
  ...imageTransitions,
  ...loadBalancerTransitions,
  ...nodePoolTransitions,
  ...poolTransitions,
  ...registryTransitions,
  ...replicaTransitions,
  ...reservedIpTransitions,
  ...volumeTransitions,
  ...vpcTransitions,
};
