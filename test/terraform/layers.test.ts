import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readLayers } from "../../src/terraform/layers.js";
import { hclStateReferences, jsonStateReferences } from "../../src/terraform/state-references.js";
import { temporaryFolder } from "./terraform-folder.js";

const root = temporaryFolder("layers");

/** Writes one layer. @param reads - Locations of the states it reads, by name of the data source. */
function writeLayer(environment: string, name: string, reads: Record<string, string> = {}): void {
  const folder = join(root, environment, name);
  mkdirSync(folder, { recursive: true });
  const sources = Object.entries(reads).map(
    ([source, path]) =>
      `data "terraform_remote_state" "${source}" {\n  backend = "local"\n  config = { path = "${path}" }\n}\n`,
  );
  writeFileSync(join(folder, "main.tf"), sources.join("\n"));
}

function orderOf(environment: string): string[] {
  return readLayers(join(root, environment)).map(({ name, dependsOn }) => `${name}(${dependsOn.join(" ")})`);
}

describe("readLayers", () => {
  it("puts every layer after those whose state it reads, and else in the usual order", () => {
    writeLayer("dev", "edge", { a: "../app/terraform.tfstate" });
    writeLayer("dev", "app", { core: `\${path.module}/../core/terraform.tfstate`, s: "../support/terraform.tfstate" });
    writeLayer("dev", "support", { core: "../core/terraform.tfstate" });
    writeLayer("dev", "core");
    writeLayer("dev", "backup");
    writeLayer("dev", "audit", { x: "../backup/terraform.tfstate" });
    expect(orderOf("dev")).toEqual([
      "core()",
      "support(core)",
      "app(core support)",
      "edge(app)",
      "backup()",
      "audit(backup)",
    ]);
  });

  it("finds the layer in the key of a bucket", () => {
    writeLayer("keys", "core");
    writeLayer("keys", "app", { network: "shop/prod/core/terraform.tfstate" });
    writeLayer("keys", "edge", { servers: "shop-prod-app.tfstate", app: "", net: "shop/core.tfstate" });
    expect(orderOf("keys")).toEqual(["core()", "app(core)", "edge(core app)"]);
  });

  it("takes no notice of states elsewhere, of folders without Terraform files, and of hidden ones", () => {
    writeLayer("other", "core", {
      billing: "../../../billing/terraform.tfstate",
      x: "../../prod/app/terraform.tfstate",
    });
    writeLayer("other", "app");
    mkdirSync(join(root, "other", "notes"));
    mkdirSync(join(root, "other", ".terraform"));
    expect(orderOf("other")).toEqual(["core()", "app()"]);
  });

  it("refuses layers that depend on each other in a circle", () => {
    writeLayer("circle", "core", { app: "../app/terraform.tfstate" });
    writeLayer("circle", "app", { core: "../core/terraform.tfstate" });
    expect(() => readLayers(join(root, "circle"))).toThrow(
      "core: The layers core, app depend on each other in a circle.",
    );
  });

  it("refuses a folder that is not there", () => {
    const missing = join(root, "missing");
    expect(() => readLayers(missing)).toThrow(
      `Expected folder to be a folder that is there, got "${missing}" (string).`,
    );
  });
});

describe("hclStateReferences", () => {
  it("reads past comments, strings and heredocs", () => {
    const text = `
      # data "terraform_remote_state" "a" { config = { path = "../a/x" } }
      // data "terraform_remote_state" "b" {}
      /* data "terraform_remote_state" "c" {} */
      locals {
        text = "data \\"terraform_remote_state\\" \\"d\\" {"
        long = <<-EOT
          data "terraform_remote_state" "e" { config = { path = "../e/x" } }
        EOT
      }
      data "terraform_remote_state" "f" {
        backend = "s3" // } not the end
        config  = { bucket = "}", key = "f/terraform.tfstate" }
      }
      data terraform_remote_state g { backend = "remote" }
      resource "terraform_data" "x" { input = { path = "../x" } }`;
    expect(hclStateReferences(text)).toEqual([
      { name: "f", location: "f/terraform.tfstate" },
      { name: "g", location: "" },
    ]);
  });
});

describe("jsonStateReferences", () => {
  it("reads objects and lists alike", () => {
    const source = { backend: "local", config: { path: "../core/terraform.tfstate" } };
    const expected = [{ name: "core", location: "../core/terraform.tfstate" }];
    expect(jsonStateReferences(JSON.stringify({ data: { terraform_remote_state: { core: source } } }))).toEqual(
      expected,
    );
    expect(jsonStateReferences(JSON.stringify({ data: [{ terraform_remote_state: [{ core: [source] }] }] }))).toEqual(
      expected,
    );
    expect(jsonStateReferences("{}")).toEqual([]);
  });
});
