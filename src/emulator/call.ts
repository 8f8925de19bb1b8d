/** One request as its handler sees it. @module */
import type { Answer } from "./answer.js";
import type { JsonObject } from "./json.js";
import type { World } from "./world.js";

/** One request as its handler sees it. */
export interface Call {
  readonly world: World;
  /** Values of the path's variables. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Empty where none was sent. */
  readonly body: JsonObject;
  /** Such as `/v2/droplets`. */
  readonly path: string;
  /** Whether the header `X-Dangerous: true` was sent, which some deletions need. */
  readonly isConfirmed: boolean;
  /** Before the path in links: `http://127.0.0.1:8080`. */
  readonly origin: string;
}

/** Does one operation. @throws Refusal */
export type Handler = (call: Call) => Answer;
/** Handlers by operation id. */
export type Handlers = Readonly<Record<string, Handler>>;
/** Does a transition to the record with that id, which may be gone by then. */
export type TransitionHandler = (world: World, subject: string) => void;
/** Transitions by name. */
export type Transitions = Readonly<Record<string, TransitionHandler>>;
