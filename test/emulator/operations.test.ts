/** Every operation in scope: answers as described, refuses strangers, and does not find what is not there. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Operation, operationsInScope } from "../../src/emulator/index.js";
import { EmulatedAccount } from "./emulated-account.js";
import { alertCases, billingCases, certificateCases, metricCases } from "./operations/account-cases.js";
import { clusterCases, registryCases } from "./operations/cluster-cases.js";
import { dropletCases, imageCases, volumeCases } from "./operations/compute-cases.js";
import { databaseCases } from "./operations/database-cases.js";
import { dropletExtraCases, poolCases, reservedIpCases, snapshotCases } from "./operations/droplet-extra-cases.js";
import { balancerCases, domainCases, projectCases, vpcCases } from "./operations/network-cases.js";
import type { SuccessCases } from "./operations/success-case.js";
import { apiDescription, described, hasDescription, resolved } from "./referee.js";
import { requiredByOperation } from "./required-fields.js";

const cases: SuccessCases = {
  ...imageCases,
  ...dropletCases,
  ...volumeCases,
  ...balancerCases,
  ...vpcCases,
  ...projectCases,
  ...domainCases,
  ...dropletExtraCases,
  ...poolCases,
  ...snapshotCases,
  ...reservedIpCases,
  ...billingCases,
  ...certificateCases,
  ...alertCases,
  ...metricCases,
  ...clusterCases,
  ...registryCases,
  ...databaseCases,
};

/** What is seen only while something is under way, so that time must stand still. */
const WHILE_TIME_STANDS = new Set([
  "droplets_destroy_retryWithAssociatedResources",
  "registry_get_garbageCollection",
  "registries_get_garbageCollection",
]);

const operations = operationsInScope();

/** Values of path variables that lead to nothing. */
function nothing({ path }: Operation): Record<string, string> {
  const names = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name!);
  return Object.fromEntries(names.map((name) => [name, "00000000-0000-4000-8000-00000000dead"]));
}

describe.skipIf(!hasDescription)("the operations in scope", () => {
  let empty: EmulatedAccount;
  beforeAll(async () => {
    empty = await EmulatedAccount.openForAll();
  });
  afterAll(() => empty.close());

  it("are those of the API description, under the same methods and paths", () => {
    const tags = new Set(operations.map(({ tag }) => tag));
    const expected = Object.entries(apiDescription().paths as object).flatMap(([path, item]) =>
      Object.entries(item as Record<string, { operationId: string; tags: string[] }>)
        .filter(([, operation]) => tags.has(operation.tags?.[0] ?? ""))
        .map(([method, operation]) => `${method.toUpperCase()} ${path} ${operation.operationId}`),
    );
    expect(operations.map(({ method, path, id }) => `${method} ${path} ${id}`).sort()).toEqual(expected.sort());
  });

  it("have required fields of our own wherever they answer with JSON", () => {
    const withJson = operations.filter(({ id, path }) => {
      const responses = Object.entries(described(id)!.operation.responses);
      const success = responses.filter(([status]) => status.startsWith("2")).map(([, response]) => resolved(response));
      const isMetric = path.startsWith("/v2/monitoring/metrics/");
      return !isMetric && success.some(({ content }) => "application/json" in ((content as object | undefined) ?? {}));
    });
    expect(withJson.filter(({ id }) => !requiredByOperation.has(id)).map(({ id }) => id)).toEqual([]);
  });

  it.each(operations)("answer as described: $id", async ({ id }) => {
    const account = await EmulatedAccount.open(WHILE_TIME_STANDS.has(id) ? { speed: "virtual" } : {});
    const { status, body } = await cases[id]!(account);
    const [expected] = Object.keys(described(id)!.operation.responses).filter((code) => code.startsWith("2"));
    expect({ status, body: status < 300 ? "" : body }).toEqual({ status: Number(expected), body: "" });
  });

  it.each(operations)("refuse a request without a token: $id", async (operation) => {
    const { status, body } = await empty.call(operation.id, {
      params: nothing(operation),
      headers: { authorization: "" },
    });
    expect(status).toBe(401);
    expect(body).toEqual({ id: "unauthorized", message: "Unable to authenticate you", request_id: expect.any(String) });
  });

  const findable = operations.filter(
    ({ id, path }) => path.includes("{") && "404" in (described(id)?.operation.responses ?? {}),
  );
  it.each(findable)("do not find what is not there: $id", async (operation) => {
    const { status, body } = await empty.call(operation.id, { params: nothing(operation) });
    expect({ status, id: body.id }).toEqual({ status: 404, id: "not_found" });
  });
});
