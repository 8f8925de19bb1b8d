/** A droplet that sends the load: in the network of the others, reached by SSH alone, and no part of the world that is judged. @module */
import type { InfraGraph } from "../../infra/infra-graph.js";
import { ref } from "../../infra/reference.js";
import { type Resource, resource } from "../../infra/resource.js";
import { cloudConfig, npxCommand } from "../../stacks/cloud-init.js";
import { OUTBOUND_ANYWHERE } from "../../stacks/foundation.js";

/** Its address in a graph. */
export const LOAD_DROPLET = "digitalocean_droplet.load";
/** One vCPU sends far more than the 100 requests per second that are sent at most. */
const SIZE = "s-1vcpu-1gb";
const TAG = "digitalocean_tag.load";

/**
 * The resources of a load droplet, in region, image and network of the graph's jump host, which alone may come to it.
 *
 * @param spec - What it has npm install: see `cloudInit`. @defaultValue "infra-gym"
 * @throws InvalidOptionError when the package is none
 */
export function loadDroplet(graph: InfraGraph, spec = "infra-gym"): readonly Resource[] {
  const { image, region, vpc_uuid } = graph.attributes("digitalocean_droplet", "jump");
  return [
    resource("digitalocean_tag", "load", { name: "role:load" }),
    resource(
      "digitalocean_droplet",
      "load",
      {
        ...{ name: "load", image, size: SIZE },
        ...(region === undefined ? {} : { region }),
        ...(vpc_uuid === undefined ? {} : { vpc_uuid }),
        tags: [ref(TAG, "id")],
        monitoring: true,
        user_data: cloudConfig({ runcmd: [["sh", "-c", `PATH=/snap/bin:$PATH ${npxCommand(spec)} --version`]] }),
      },
      { layer: "support" },
    ),
    resource("digitalocean_firewall", "load", {
      name: "load",
      tags: [ref(TAG, "id")],
      inbound_rule: [{ protocol: "tcp", port_range: "22", source_tags: [ref("digitalocean_tag.jump", "id")] }],
      outbound_rule: OUTBOUND_ANYWHERE,
    }),
  ];
}

/**
 * What the load droplet's shell is told: it reads the rates as one line, sends the load until its time is over or nobody listens any more, and
 * leaves nothing behind.
 *
 * @param words - Arguments of `infra-gym load`, each one word.
 * @param spec - What npm has installed: see `cloudInit`.
 */
export function loadScript(words: readonly string[], spec: string): string {
  const command = `${npxCommand(spec)} load ${words.join(" ")} --profile "$file"`;
  return [
    "export PATH=/snap/bin:$PATH",
    "file=$(mktemp)",
    "IFS= read -r rates",
    'printf "%s" "$rates" > "$file"',
    `setsid ${command} < /dev/null > /dev/null 2>&1 &`,
    // Who told it to begin is gone when its input ends.
    "cat > /dev/null",
    "kill -s TERM -- -$!",
    'rm -f "$file"',
  ].join("\n");
}
