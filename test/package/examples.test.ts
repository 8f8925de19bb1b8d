/** Every example runs with its defaults, in under a minute. @module */
import { basename } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { filesBelow, readText, runNode } from "./repository.js";

const names = filesBelow("examples", ".ts").map((file) => basename(file, ".ts"));

describe("npm run example", () => {
  // Set up once; the command does it every time.
  beforeAll(() => {
    expect(runNode(["scripts/setup.mjs", "--examples"]).status).toBe(0);
  }, 240_000);

  it.each(names)("runs %s with its defaults", { timeout: 120_000 }, (name) => {
    const { status, stdout, stderr } = runNode(
      name === "quickstart" ? ["scripts/example.mjs", name] : [`build/examples/${name}.js`],
    );
    expect(`${stderr} exit code ${status}`).toMatch(/exit code 0$/);
    expect(stdout).not.toBe("");
  });

  it("lists the examples with their purposes when no name is given", () => {
    const { status, stdout } = runNode(["scripts/example.mjs"]);
    expect(stdout.match(/^ {2}\S+ +\S+/gm)).toHaveLength(names.length);
    expect(status).toBe(0);
  });

  it("answers a misspelt name with the nearest one and exit code 2", () => {
    const { status, stderr } = runNode(["scripts/example.mjs", "quikstart"]);
    expect(stderr).toContain('No example is called "quikstart". Did you mean "quickstart"?\n');
    expect(status).toBe(2);
  });

  it("runs files that import the library by its public name only", () => {
    const imports = names.flatMap((name) => [...readText(`examples/${name}.ts`).matchAll(/from "([^"]+)"/g)]);
    const outside = imports.map(([, specifier]) => specifier!).filter((name) => !/^(infra-gym($|\/)|node:)/.test(name));
    expect(outside).toEqual([]);
  });
});
