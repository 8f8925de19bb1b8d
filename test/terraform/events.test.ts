import { describe, expect, it } from "vitest";
import { redactorFor } from "../../src/secrets.js";
import { parseEvent } from "../../src/terraform/events.js";

const redact = redactorFor({ DIGITALOCEAN_TOKEN: "very-secret" });
const parse = (line: unknown) => parseEvent(typeof line === "string" ? line : JSON.stringify(line), redact);

describe("parseEvent", () => {
  it("reads what OpenTofu says as what Terraform says", () => {
    expect(parse({ type: "version", terraform: "1.11.4" })).toEqual({ type: "version", version: "1.11.4" });
    expect(parse({ type: "version", tofu: "1.10.5" })).toEqual({ type: "version", version: "1.10.5" });
  });

  it("reads changes, drift, progress and sums", () => {
    const resource = { addr: "module.net.digitalocean_vpc.main" };
    expect(parse({ type: "planned_change", change: { resource, action: "replace" } })).toEqual({
      type: "plannedChange",
      address: resource.addr,
      action: "replace",
    });
    expect(parse({ type: "resource_drift", change: { resource, action: "delete" } })).toMatchObject({ type: "drift" });
    expect(parse({ type: "apply_progress", hook: { resource, action: "create", elapsed_seconds: 20 } })).toEqual({
      type: "progress",
      address: resource.addr,
      action: "create",
      elapsedSeconds: 20,
    });
    const changes = { add: 1, change: 2, remove: 3, import: 4, operation: "apply" };
    expect(parse({ type: "change_summary", changes })).toEqual({
      type: "summary",
      operation: "apply",
      changes: { add: 1, change: 2, remove: 3, import: 4 },
    });
  });

  it("leaves out sensitive outputs and the source lines that a complaint quotes, and redacts the rest", () => {
    const outputs = { ip: { sensitive: false, value: "192.0.2.1" }, password: { sensitive: true, value: "hunter22" } };
    expect(parse({ type: "outputs", outputs })).toEqual({
      type: "outputs",
      changed: [],
      values: { ip: '"192.0.2.1"' },
    });
    const diagnostic = {
      severity: "error",
      summary: "very-secret",
      detail: "Bearer abc.def",
      range: { filename: "main.tf", start: { line: 4 } },
      snippet: { code: 'password = "hunter22"' },
    };
    const event = parse({ type: "diagnostic", diagnostic });
    expect(event).toEqual({
      type: "diagnostic",
      diagnostic: { severity: "error", summary: "(sensitive)", detail: "(sensitive)", address: "", place: "main.tf:4" },
    });
  });

  it("takes what is not JSON, and what it does not know, for a message", () => {
    expect(parse("Warning: very-secret")).toEqual({ type: "message", level: "text", text: "Warning: (sensitive)" });
    expect(parse('{"half":')).toEqual({ type: "message", level: "text", text: '{"half":' });
    expect(parse({ type: "new_in_2030", "@level": "warn", "@message": "hello" })).toEqual({
      type: "message",
      level: "warn",
      text: "hello",
    });
  });
});
