/** The examples of docs/spaces.md: run, and compared with what stands beside each line. @module */
import { inspect } from "node:util";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import * as spaces from "../../src/spaces/index.js";
import { readText } from "../package/repository.js";

type Check = (expression: string, got: unknown, wanted: string) => void;

const examples = [...readText("docs/spaces.md").matchAll(/```ts\n(.*?)```/gs)].map(([, code]) => code!);

/** A line `expression; // value` becomes a comparison; imports come from the sources. */
function runExample(code: string, check: Check): void {
  const body = code
    .replace(/^import \{(.*?)\} from "infra-gym\/spaces";$/gm, (_, names: string) => {
      return `const {${names.replace(/type \w+,?/g, "")}} = spaces;`;
    })
    .replace(/^(?!const )(.+); \/\/ (.+)$/gm, (_, expression: string, wanted: string) => {
      return `check(${JSON.stringify(expression)}, ${expression}, ${JSON.stringify(wanted)});`;
    });
  new Function("spaces", "check", ts.transpile(body, { target: ts.ScriptTarget.ES2022 }))(spaces, check);
}

describe("docs/spaces.md", () => {
  it.each(examples)("shows what example %# gives", (code) => {
    let checked = 0;
    runExample(code, (expression, got, wanted) => {
      checked++;
      const shown = typeof got === "string" ? got : inspect(got, { breakLength: Infinity });
      expect(`${expression}; // ${shown}`).toBe(`${expression}; // ${wanted.replace(/^(["'])(.*)\1$/, "$2")}`);
    });
    expect(checked).toBeGreaterThan(0);
  });
});
