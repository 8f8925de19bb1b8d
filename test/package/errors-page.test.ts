/** docs/errors.md against src/errors.ts. @module */
import { describe, expect, it } from "vitest";
import * as errors from "../../src/errors.js";
import { filesBelow, readText } from "./repository.js";

/** Class and code of every error, read off the source: a class is not constructed to learn its code. */
function declaredErrors(): string[] {
  const files = ["src/errors.ts", ...filesBelow("src/errors", ".ts")];
  const classes = files.flatMap((file) =>
    readText(file)
      .split(/^export class /m)
      .slice(1),
  );
  return classes.map((body) => `${/^\w+/.exec(body)?.[0]} ${/"(INFRA_GYM_[A-Z_]+)"/.exec(body)?.[1]}`).sort();
}

/** Class and code of every row of the page's table. */
function documentedErrors(): string[] {
  const rows = readText("docs/errors.md").matchAll(/^\| `(INFRA_GYM_[A-Z_]+)` \| `(\w+)` \|/gm);
  return [...rows].map(([, code, name]) => `${name} ${code}`).sort();
}

describe("docs/errors.md", () => {
  it("lists exactly the classes of src/errors.ts, each with its code", () => {
    expect(documentedErrors()).toEqual(declaredErrors());
  });

  it("leaves out no exported class but the abstract base", () => {
    const exported = Object.keys(errors).filter((name) => name !== "InfraGymError");
    expect(declaredErrors().map((line) => line.split(" ")[0])).toEqual(exported.sort());
  });

  it("gives each code to one class", () => {
    const codes = declaredErrors().map((line) => line.split(" ")[1]);
    expect(new Set(codes).size).toBe(codes.length);
  });
});
