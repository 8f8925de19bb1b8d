import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { synth } from "../../src/infra/synth/synth.js";
import { threeTier, webService } from "../../src/stacks/index.js";
import { hclFromJson } from "../../src/terraform/hcl.js";
import { temporaryFolder, terraformHere } from "./terraform-folder.js";

const root = temporaryFolder("hcl");
const { binary, reason } = await terraformHere();

describe("hclFromJson", () => {
  it("writes attributes, blocks, expressions and text of several lines", () => {
    const json = {
      terraform: { required_providers: { digitalocean: { version: "~> 2.71", source: "digitalocean/digitalocean" } } },
      provider: { digitalocean: [{}] },
      resource: {
        digitalocean_firewall: {
          web: {
            name: "web",
            tags: [`\${digitalocean_tag.web.id}`, "plain"],
            inbound_rule: [{ protocol: "tcp", port_range: "22" }, { protocol: "icmp" }],
          },
        },
        digitalocean_droplet: { web: { name: `web-\${count.index}`, user_data: '#!/bin/sh\necho "hi"\n', count: 2 } },
      },
      output: { "it-all": { value: { id: `\${digitalocean_firewall.web.id}` }, sensitive: true } },
    };
    expect(hclFromJson(JSON.stringify(json))).toBe(`terraform {
  required_providers {
    digitalocean = {
      version = "~> 2.71"
      source  = "digitalocean/digitalocean"
    }
  }
}

provider "digitalocean" {}

resource "digitalocean_firewall" "web" {
  name = "web"
  tags = [digitalocean_tag.web.id, "plain"]
  inbound_rule {
    protocol   = "tcp"
    port_range = "22"
  }
  inbound_rule {
    protocol = "icmp"
  }
}

resource "digitalocean_droplet" "web" {
  name      = "web-\${count.index}"
  user_data = <<EOT
#!/bin/sh
echo "hi"
EOT
  count     = 2
}

output "it-all" {
  value = {
    id = digitalocean_firewall.web.id
  }
  sensitive = true
}
`);
  });

  it.skipIf(binary === undefined)(`writes what terraform fmt leaves alone ${reason}`, async () => {
    for (const stack of [webService(), threeTier()]) {
      for (const { layer, text } of (await synth(stack.graph)).layers) {
        const folder = join(root, layer);
        mkdirSync(folder, { recursive: true });
        const hcl = hclFromJson(text);
        writeFileSync(join(folder, "main.tf"), hcl);
        execFileSync(binary!.path, ["fmt", "-list=false"], { cwd: folder, stdio: "ignore" });
        expect(readFileSync(join(folder, "main.tf"), "utf8")).toBe(hcl);
      }
    }
  });
});
