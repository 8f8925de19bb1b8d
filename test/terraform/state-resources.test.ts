import { describe, expect, it } from "vitest";
import { redactedValue, resourcesIn } from "../../src/terraform/state-resources.js";

const SHOWN = JSON.stringify({
  format_version: "1.0",
  values: {
    root_module: {
      resources: [
        {
          address: "digitalocean_database_cluster.main",
          mode: "managed",
          type: "digitalocean_database_cluster",
          name: "main",
          values: { name: "shop", password: "hunter2", users: [{ name: "a", password: "b" }] },
          sensitive_values: { password: true, users: [{ password: true }] },
        },
        { address: "data.terraform_remote_state.core", mode: "data", type: "terraform_remote_state", name: "core" },
      ],
      child_modules: [
        { resources: [{ address: "module.a.terraform_data.b", mode: "managed", type: "terraform_data", name: "b" }] },
      ],
    },
  },
});

describe("resourcesIn", () => {
  it("gives what is managed, also within modules, and nothing of an empty state", () => {
    expect(resourcesIn(SHOWN).map(({ address }) => address)).toEqual([
      "digitalocean_database_cluster.main",
      "module.a.terraform_data.b",
    ]);
    expect(resourcesIn('{"format_version":"1.0"}')).toEqual([]);
  });
});

describe("redactedValue", () => {
  it("hides what is sensitive, however deep", () => {
    const [{ values, sensitive } = { values: {}, sensitive: {} }] = resourcesIn(SHOWN);
    expect(redactedValue(values, sensitive)).toEqual({
      name: "shop",
      password: "(sensitive)",
      users: [{ name: "a", password: "(sensitive)" }],
    });
  });
});
