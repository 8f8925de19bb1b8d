/** The referee itself: what is wrong does not pass. */
import { describe, expect, it } from "vitest";
import type { Exchange } from "../../src/emulator/index.js";
import { hasDescription, Referee } from "./referee.js";

const VPC = {
  id: "5a4981aa-9653-4bd1-bef5-d6bff52042e4",
  urn: "do:vpc:5a4981aa-9653-4bd1-bef5-d6bff52042e4",
  name: "inner",
  description: "",
  region: "fra1",
  ip_range: "10.10.10.0/24",
  default: false,
  created_at: "2026-11-21T08:00:00Z",
};

function failuresOf(more: Partial<Exchange>): string[] {
  const referee = new Referee();
  const { requestBody = "", responseBody = JSON.stringify({ vpc: VPC }), ...rest } = more;
  referee.judge({
    method: "GET",
    url: "/v2/vpcs/x",
    operation: "vpcs_get",
    status: 200,
    requestBody,
    responseBody,
    ...rest,
  });
  return referee.verdict.failures.map((failure) => failure.replace(/^\S+ \S+ /, ""));
}

describe.skipIf(!hasDescription)("Referee", () => {
  it("lets pass what is as described", () => {
    expect(failuresOf({})).toEqual([]);
  });

  it.each<[Partial<Exchange>, string]>([
    [
      { responseBody: JSON.stringify({ vpc: { ...VPC, id: "1" } }) },
      '(vpcs_get) answered 200: /vpc/id must match format "uuid"',
    ],
    [{ responseBody: JSON.stringify({ vpc: { ...VPC, urn: undefined } }) }, "(vpcs_get) answered 200: lacks vpc.urn"],
    [{ responseBody: "{}" }, "(vpcs_get) answered 200: lacks vpc"],
    [{ status: 202 }, "(vpcs_get) answered 202: the description knows no status 202"],
    [{ status: 404, responseBody: "{}" }, "(vpcs_get) answered 404:  must have required property 'id'"],
    [
      { status: 403, responseBody: '{"id":"forbidden"}' },
      "(vpcs_get) answered 403: is no error with id, message and request_id",
    ],
    [
      { operation: undefined, status: 501, responseBody: "{}" },
      "(no operation) answered 501: is no error with id, message and request_id",
    ],
    [
      { operation: "vpcs_create", status: 201, requestBody: '{"name":"inner"}' },
      "(vpcs_create) accepted a body the description refuses:  must have required property 'region'",
    ],
    [{ operation: "vpcs_delete", status: 204 }, "(vpcs_delete) answered 204: has a body, and should have none"],
  ])("does not let pass %j", (exchange, failure) => {
    expect(failuresOf(exchange).map((text) => text.slice(0, failure.length))).toContain(failure);
  });
});
