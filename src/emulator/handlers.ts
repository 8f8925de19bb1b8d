/** All handlers and transitions of the emulator, from the files of the resource families. @module */
import type { Handlers, Transitions } from "./call.js";
import { accountHandlers } from "./resources/account.js";
import { actionHandlers } from "./resources/action-records.js";
import { catalogueHandlers } from "./resources/catalogue-views.js";
import { domainHandlers } from "./resources/domains.js";
import { dropletActionHandlers } from "./resources/droplet-actions.js";
import { dropletHandlers, dropletTransitions } from "./resources/droplets.js";
import { firewallHandlers, firewallTransitions } from "./resources/firewalls.js";
import { imageHandlers, imageTransitions } from "./resources/images.js";
import { loadBalancerHandlers, loadBalancerTransitions } from "./resources/load-balancers.js";
import { projectHandlers } from "./resources/projects.js";
import { sshKeyHandlers } from "./resources/ssh-keys.js";
import { tagHandlers } from "./resources/tags.js";
import { volumeActionHandlers, volumeTransitions } from "./resources/volume-actions.js";
import { volumeHandlers } from "./resources/volumes.js";
import { vpcHandlers, vpcTransitions } from "./resources/vpcs.js";

/** Handlers by operation id. */
export const handlers: Handlers = {
  ...accountHandlers,
  ...actionHandlers,
  ...catalogueHandlers,
  ...domainHandlers,
  ...dropletActionHandlers,
  ...dropletHandlers,
  ...firewallHandlers,
  ...imageHandlers,
  ...loadBalancerHandlers,
  ...projectHandlers,
  ...sshKeyHandlers,
  ...tagHandlers,
  ...volumeActionHandlers,
  ...volumeHandlers,
  ...vpcHandlers,
};

/** Transitions by name. */
export const transitions: Transitions = {
  ...dropletTransitions,
  ...firewallTransitions,
  ...imageTransitions,
  ...loadBalancerTransitions,
  ...volumeTransitions,
  ...vpcTransitions,
};
