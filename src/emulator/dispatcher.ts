/** From a request to its answer: who asks, which operation, what it answers. No sockets here. @module */
import { type Answer, badRequest, Refusal } from "./answer.js";
import type { Handlers } from "./call.js";
import { isJsonObject, type JsonObject } from "./json.js";
import type { Operation } from "./operation.js";
import { Router } from "./router.js";
import type { World } from "./world.js";

/** A request that was read in full. */
export interface RawRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  /** The `Authorization` header. */
  readonly authorization: string | undefined;
  /** Whether the header `X-Dangerous: true` was sent. */
  readonly isConfirmed: boolean;
  /** The `Host` header. */
  readonly host: string;
  readonly body: string;
}

/** An answer and the operation it is of; undefined where no operation was found. */
export interface Dispatched {
  readonly answer: Answer;
  readonly operation: Operation | undefined;
}

const EMPTY: JsonObject = {};

/** Answers requests from a world. */
export class Dispatcher {
  readonly #world: World;
  readonly #router: Router;
  readonly #handlers: Handlers;
  readonly #token: string | undefined;

  /** @param token - The one that is taken; without it, any that is not empty. */
  constructor(world: World, operations: readonly Operation[], handlers: Handlers, token: string | undefined) {
    this.#world = world;
    this.#router = new Router(operations);
    this.#handlers = handlers;
    this.#token = token;
  }

  /** Answers one request, and lets what is due happen before and after it. */
  dispatch(request: RawRequest): Dispatched {
    const world = this.#world;
    world.runDue();
    let operation: Operation | undefined;
    try {
      this.#checkToken(request.authorization);
      const queryAt = request.url.indexOf("?");
      const path = queryAt < 0 ? request.url : request.url.slice(0, queryAt);
      const route = this.#find(request.method, path);
      operation = route.operation;
      const handler = this.#handlers[operation.id];
      if (handler === undefined) throw notImplemented(`The emulator does not implement the operation ${operation.id}.`);
      const query = new URLSearchParams(queryAt < 0 ? "" : request.url.slice(queryAt + 1));
      const body = request.body === "" ? EMPTY : parseBody(request.body);
      if (request.method !== "GET") world.version++;
      const { params } = route;
      const { isConfirmed, host } = request;
      return {
        answer: handler({ world, params, query, body, path, isConfirmed, origin: `http://${host}` }),
        operation,
      };
    } catch (error) {
      const refusal = error instanceof Refusal ? error : defect(error);
      return { answer: answerOf(asDescribed(refusal, operation)), operation };
    } finally {
      if (world.time.isInstant) world.runDue();
    }
  }

  #checkToken(authorization: string | undefined): void {
    const token = authorization === undefined ? "" : (/^Bearer +(\S+) *$/i.exec(authorization)?.[1] ?? "");
    if (token === "" || (this.#token !== undefined && token !== this.#token)) {
      throw new Refusal(401, "unauthorized", "Unable to authenticate you");
    }
  }

  #find(method: string, path: string): { operation: Operation; params: Readonly<Record<string, string>> } {
    const route = this.#router.find(method, path);
    if (route === undefined) {
      if (path.startsWith("/v2/")) throw notImplemented(`The emulator has no operation ${method} ${path}.`);
      throw new Refusal(404, "not_found", "The resource you were accessing could not be found.");
    }
    if ("allowed" in route) {
      throw new Refusal(405, "method_not_allowed", `${path} takes ${route.allowed.join(", ")}, not ${method}.`);
    }
    return route;
  }
}

/** The answer of a refusal, without its request id. */
export function answerOf({ status, id, message, body }: Refusal): Answer {
  return { status, body: body ?? { id, message } };
}

/** Families whose description names 400, not 422, for input that is wrong. */
const BAD_REQUEST =
  /^(firewalls_|volumes_create$|volumeSnapshots_create$|images_post_account_transfer|tags_create$|spacesKey_)/;

/** The refusal with the status that the API description names for wrong input. */
function asDescribed(refusal: Refusal, operation: Operation | undefined): Refusal {
  const { status, message } = refusal;
  if (operation === undefined || (status !== 422 && status !== 400) || !BAD_REQUEST.test(operation.id)) return refusal;
  // The answer of this one has a form of its own.
  const body = operation.id === "tags_create" ? { error: message, messages: [message], root_causes: [] } : undefined;
  return new Refusal(400, "bad_request", message, body);
}

/** The answer to a request the emulator stumbles over: a defect of its own, and it goes on. */
function defect(error: unknown): Refusal {
  return new Refusal(500, "emulator_defect", `The emulator failed: ${String(error)}`);
}

function notImplemented(message: string): Refusal {
  return new Refusal(501, "not_implemented", message);
}

function parseBody(text: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw badRequest("The body is not valid JSON.");
  }
  if (!isJsonObject(value)) throw badRequest("The body must be a JSON object.");
  return value;
}
