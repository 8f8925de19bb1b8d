/** The referee of the emulator: every answer against DigitalOcean's API description, and against our own required fields. @module */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { Ajv, type ValidateFunction } from "ajv";
import { type Exchange, operationsInScope } from "../../src/emulator/index.js";
import { missingFields } from "./required-fields.js";

const DESCRIPTION = join(
  dirname(fileURLToPath(import.meta.url)),
  "../../../shared/data/openapi/digitalocean-openapi.json.gz",
);

/** Whether the API description is there to judge by. */
export const hasDescription: boolean = existsSync(DESCRIPTION);

/** An operation as the API description has it. */
export interface DescribedOperation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly parameters?: readonly unknown[];
  readonly requestBody?: unknown;
  readonly responses: Readonly<Record<string, unknown>>;
}

type Json = Readonly<Record<string, unknown>>;

let description: Json | undefined;

/** The API description, made fit for a JSON Schema validator. */
export function apiDescription(): Json {
  description ??= prepared(JSON.parse(gunzipSync(readFileSync(DESCRIPTION)).toString("utf8"))) as Json;
  return description;
}

/** An operation of the API description, with where it stands. */
export function described(
  id: string,
): { readonly operation: DescribedOperation; readonly pointer: string } | undefined {
  return describedById().get(id);
}

/** Follows references until there is none. */
export function resolved(value: unknown): Json {
  let current = value as Json;
  while (typeof current?.$ref === "string") current = at(apiDescription(), current.$ref.slice(1));
  return current;
}

/** What the referee found. */
export interface Verdict {
  answers: number;
  requests: number;
  readonly failures: string[];
}

/** Judges exchanges; one for each test file. */
export class Referee {
  readonly verdict: Verdict = { answers: 0, requests: 0, failures: [] };

  /** Looks at one exchange. */
  readonly judge = (exchange: Exchange): void => {
    if (!hasDescription) return;
    this.judgeAnswer(exchange);
    this.#judgeRequest(exchange);
  };

  /** Looks at the answer alone. */
  readonly judgeAnswer = (exchange: Exchange): void => {
    if (hasDescription) this.#judgeAnswer(exchange);
  };

  #judgeAnswer({ operation, status, responseBody, method, url }: Exchange): void {
    this.verdict.answers++;
    const body = bodyOf(responseBody);
    const problems =
      operation === undefined || status >= 400
        ? problemsOfError(operation, status, body)
        : problemsOfAnswer(operation, status, body);
    for (const problem of problems) {
      this.verdict.failures.push(`${method} ${url} (${operation ?? "no operation"}) answered ${status}: ${problem}`);
    }
  }

  /** What the description refuses must not be accepted. */
  #judgeRequest({ operation, status, requestBody, method, url }: Exchange): void {
    if (operation === undefined || requestBody === "" || status >= 300) return;
    const validate = requestValidator(operation);
    if (validate === undefined) return;
    this.verdict.requests++;
    if (!fits(validate, JSON.parse(requestBody)) && !isTakenAnyway(operation, validate)) {
      this.verdict.failures.push(
        `${method} ${url} (${operation}) accepted a body the description refuses: ${errorsOf(validate)}`,
      );
    }
  }
}

function problemsOfAnswer(operation: string, status: number, body: unknown): string[] {
  const found = described(operation);
  if (found === undefined) return ["the operation is not in the description"];
  const response = found.operation.responses[String(status)];
  if (response === undefined) return [`the description knows no status ${status}`];
  const content = resolved(response).content as Json | undefined;
  if (content === undefined) return body === undefined ? [] : ["has a body, and should have none"];
  if (typeof body === "string") return [];
  const validate = answerValidator(operation, String(status));
  const problems = validate !== undefined && !fits(validate, body) ? [errorsOf(validate)] : [];
  return [...problems, ...missingFields(operation, body).map((path) => `lacks ${path}`)];
}

/** Errors have one form; a few operations have one of their own, which the description gives. */
function problemsOfError(operation: string | undefined, status: number, body: unknown): string[] {
  const responses = operation === undefined ? undefined : described(operation)?.operation.responses;
  if (operation !== undefined && responses?.[String(status)] !== undefined) {
    const validate = answerValidator(operation, String(status));
    if (validate !== undefined) return fits(validate, body) ? [] : [errorsOf(validate)];
  }
  const error = body as { id?: unknown; message?: unknown; request_id?: unknown } | undefined;
  const isWhole =
    typeof error?.id === "string" && typeof error.message === "string" && typeof error.request_id === "string";
  return isWhole ? [] : ["is no error with id, message and request_id"];
}

const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: true, logger: false, unicodeRegExp: false });
ajv.addFormat("date-time", /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/);
ajv.addFormat("date", /^\d{4}-\d\d-\d\d$/);
ajv.addFormat("uuid", /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i);
ajv.addFormat("ipv4", /^(\d{1,3}\.){3}\d{1,3}$/);
ajv.addFormat("ipv6", /^[0-9a-f:.]+$/i);
ajv.addFormat("uri", /^[a-z][a-z0-9+.-]*:\S*$/i);
ajv.addFormat("email", /^\S+@\S+$/);
ajv.addFormat("hostname", /^[a-z0-9.-]+$/i);
for (const format of [
  "int32",
  "int64",
  "float",
  "double",
  "binary",
  "byte",
  "password",
  "string",
  "time",
  "regex",
  "duration",
]) {
  ajv.addFormat(format, true);
}

const validators = new Map<string, ValidateFunction | undefined>();
let isAdded = false;

function compiled(pointer: string): ValidateFunction {
  if (!isAdded) ajv.addSchema(apiDescription(), "do");
  isAdded = true;
  return ajv.compile({ $ref: `do#${pointer}` });
}

function answerValidator(operation: string, status: string): ValidateFunction | undefined {
  const key = `${operation} ${status}`;
  if (!validators.has(key)) {
    const found = described(operation)!;
    validators.set(key, validatorOfContent(found.operation.responses[status], `${found.pointer}/responses/${status}`));
  }
  return validators.get(key);
}

function requestValidator(operation: string): ValidateFunction | undefined {
  const key = `${operation} request`;
  if (!validators.has(key)) {
    const found = described(operation)!;
    const { requestBody } = found.operation;
    validators.set(
      key,
      requestBody === undefined ? undefined : validatorOfContent(requestBody, `${found.pointer}/requestBody`),
    );
  }
  return validators.get(key);
}

/** Whether a value fits, where alternatives of the description that overlap may both fit. */
function fits(validate: ValidateFunction, value: unknown): boolean {
  if (validate(value)) return true;
  validate.errors = (validate.errors ?? []).filter(
    ({ keyword, params }) => !(keyword === "oneOf" && Array.isArray(params.passingSchemas)),
  );
  return validate.errors.length === 0;
}

/**
 * Bodies that the description refuses and the provider takes, since its own clients send them: rules for ICMP without
 * ports, and load balancers whose droplets come later.
 */
function isTakenAnyway(operation: string, { errors }: ValidateFunction): boolean {
  const allowed = operation.startsWith("firewalls_")
    ? ["ports"]
    : operation.startsWith("loadBalancers_")
      ? ["droplet_ids", "tag"]
      : [];
  return (
    (errors ?? []).every(({ keyword, params }) => keyword === "oneOf" || allowed.includes(params.missingProperty)) &&
    allowed.length > 0
  );
}

function validatorOfContent(holder: unknown, pointer: string): ValidateFunction | undefined {
  const ref = (holder as Json).$ref;
  const place = typeof ref === "string" ? ref.slice(1) : pointer;
  const content = resolved(holder).content as Json | undefined;
  const type = Object.keys(content ?? {}).find((name) => name.startsWith("application/json"));
  return type === undefined ? undefined : compiled(`${place}/content/${escaped(type)}/schema`);
}

function errorsOf({ errors }: ValidateFunction): string {
  return (errors ?? [])
    .slice(0, 4)
    .map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`)
    .join("; ");
}

function bodyOf(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

let byId: Map<string, { readonly operation: DescribedOperation; readonly pointer: string }> | undefined;

function describedById(): NonNullable<typeof byId> {
  if (byId === undefined) {
    byId = new Map();
    const known = new Set(operationsInScope().map(({ id }) => id));
    for (const [path, item] of Object.entries(apiDescription().paths as Json)) {
      for (const [method, operation] of Object.entries(item as Json)) {
        const { operationId } = operation as DescribedOperation;
        if (!known.has(operationId)) continue;
        byId.set(operationId, {
          operation: operation as DescribedOperation,
          pointer: `/paths/${escaped(path)}/${method}`,
        });
      }
    }
  }
  return byId;
}

function escaped(part: string): string {
  return encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1"));
}

function at(root: Json, pointer: string): Json {
  const parts = pointer.split("/").slice(1);
  return parts.reduce<Json>(
    (value, part) => value[decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~")] as Json,
    root,
  );
}

/** From the schemas of OpenAPI 3.0 to those of JSON Schema: what may be null says so in its type. */
function prepared(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(prepared);
  if (typeof value !== "object" || value === null) return value;
  const result: Record<string, unknown> = {};
  for (const [name, each] of Object.entries(value)) {
    // Examples are no schemas, and a property may be called like a keyword.
    if (name === "example" && (typeof each !== "object" || each === null || !("type" in each))) continue;
    if (name !== "nullable" || typeof each !== "boolean") result[name] = prepared(each);
  }
  if ((value as Json).nullable !== true) return result;
  if (typeof result.type === "string") {
    const members = Array.isArray(result.enum) ? { enum: [...result.enum, null] } : {};
    return { ...result, type: [result.type, "null"], ...members };
  }
  return { anyOf: [result, { type: "null" }] };
}
