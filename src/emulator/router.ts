/** From a method and a path to an operation. @module */
import type { Operation } from "./operation.js";

/** What was found for a path. */
export interface Route {
  readonly operation: Operation;
  /** Values of the path's variables, decoded. */
  readonly params: Readonly<Record<string, string>>;
}

interface Node {
  readonly fixed: Map<string, Node>;
  variable: Node | undefined;
  readonly targets: Map<string, Target>;
}

interface Target {
  readonly operation: Operation;
  /** Names of the path's variables, in order. */
  readonly names: readonly string[];
}

/** Finds the operation of a request. */
export class Router {
  readonly #root: Node = emptyNode();

  constructor(operations: readonly Operation[]) {
    for (const operation of operations) this.#add(operation);
  }

  /**
   * The operation of a request.
   *
   * @param path - Without the query.
   * @returns The methods that are known where only the method is not; undefined where the path is not.
   */
  find(method: string, path: string): Route | { readonly allowed: readonly string[] } | undefined {
    const values: string[] = [];
    let node = this.#root;
    for (let start = 1; start <= path.length; ) {
      let end = path.indexOf("/", start);
      if (end < 0) end = path.length;
      const part = path.slice(start, end);
      start = end + 1;
      if (part === "" && start > path.length) break;
      const fixed = node.fixed.get(part);
      if (fixed !== undefined) {
        node = fixed;
      } else if (node.variable !== undefined && part !== "") {
        values.push(part);
        node = node.variable;
      } else {
        return undefined;
      }
    }
    const target = node.targets.get(method);
    if (target !== undefined) return { operation: target.operation, params: paramsOf(target.names, values) };
    return node.targets.size === 0 ? undefined : { allowed: [...node.targets.keys()] };
  }

  #add(operation: Operation): void {
    let node = this.#root;
    const names: string[] = [];
    for (const part of operation.path.slice(1).split("/")) {
      if (part.startsWith("{")) names.push(part.slice(1, -1));
      node = part.startsWith("{") ? variableOf(node) : fixedOf(node, part);
    }
    node.targets.set(operation.method, { operation, names });
  }
}

function emptyNode(): Node {
  return { fixed: new Map(), variable: undefined, targets: new Map() };
}

function variableOf(node: Node): Node {
  node.variable ??= emptyNode();
  return node.variable;
}

function fixedOf(node: Node, part: string): Node {
  let next = node.fixed.get(part);
  if (next === undefined) {
    next = emptyNode();
    node.fixed.set(part, next);
  }
  return next;
}

function paramsOf(names: readonly string[], values: readonly string[]): Record<string, string> {
  const params: Record<string, string> = {};
  for (let i = 0; i < names.length; i++) params[names[i]!] = decoded(values[i]!);
  return params;
}

function decoded(text: string): string {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
