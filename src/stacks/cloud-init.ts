/** The first-boot text of a droplet that runs a service. @module */
import type { Service } from "../infra/service.js";

/** Port on which a service answers requests behind the load balancer. */
export const SERVICE_PORT = 8080;
/** Path on which a service answers whether it is healthy. */
export const HEALTH_PATH = "/healthz";

/**
 * Cloud-init that installs Node and keeps `infra-gym serve` running with the service's parameters, over reboots and resizes.
 *
 * @param service - What to run. The text depends on nothing else, so a droplet can be resized without a new one.
 * @see https://cloudinit.readthedocs.io/en/latest/reference/examples.html
 */
export function cloudInit({ resource: _, ...parameters }: Service): string {
  return `#cloud-config
snap:
  commands:
    - snap install node --classic --channel=22/stable
write_files:
  - path: /etc/infra-gym/service.json
    content: ${JSON.stringify(JSON.stringify(parameters))}
  - path: /etc/systemd/system/infra-gym.service
    content: |
      [Unit]
      After=network-online.target snapd.service
      [Service]
      ExecStart=/snap/bin/npx --yes infra-gym serve /etc/infra-gym/service.json --port ${SERVICE_PORT}
      Restart=always
      [Install]
      WantedBy=multi-user.target
runcmd:
  - [systemctl, enable, --now, infra-gym.service]
`;
}
