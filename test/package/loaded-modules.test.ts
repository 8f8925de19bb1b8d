/** What importing the library loads: nothing heavy. @module */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { publicSpecifiers, root, runNode } from "./repository.js";

/** Each is loaded by the file that needs it, when it is needed. */
const heavy = [
  "@tensorflow/",
  "cdktf",
  "@cdktf/",
  "constructs",
  "@digitalocean/",
  "@grpc/",
  "autocannon",
  "axios",
  "prom-client",
];

const folder = mkdtempSync(join(tmpdir(), "infra-gym-loaded-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A loader hook that prints the address of every module; `require` shows in `require.cache`. */
const hook = `
  export async function load(url, context, next) {
    process._rawDebug("loaded " + url);
    return next(url, context);
  }`;

/** The addresses of all modules that importing loads, in a process of its own. */
function modulesLoadedBy(specifier: string): string[] {
  writeFileSync(join(folder, "hook.mjs"), hook);
  const script = `
    import { createRequire, register } from "node:module";
    register(${JSON.stringify(pathToFileURL(join(folder, "hook.mjs")).href)});
    await import(import.meta.resolve(${JSON.stringify(specifier)}));
    for (const file of Object.keys(createRequire(import.meta.url).cache)) process._rawDebug("loaded " + file);`;
  const { status, stderr } = runNode(["--input-type=module", "--eval", script], root);
  expect(`${stderr} exit code ${status}`).toMatch(/exit code 0$/);
  const lines = stderr.split("\n").filter((line) => line.startsWith("loaded "));
  return [...new Set(lines.map((line) => line.slice("loaded ".length).replaceAll("\\", "/")))];
}

/** The package a module belongs to, or undefined where it is our own or Node's. */
function packageOf(address: string): string | undefined {
  return /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(address)?.[1];
}

describe("importing infra-gym", () => {
  it.each(publicSpecifiers())("loads no heavy library: %s", (specifier) => {
    const loaded = modulesLoadedBy(specifier);
    const packages = new Set(loaded.map(packageOf).filter((name) => name !== undefined));
    expect(loaded.some((address) => address.includes("/dist/"))).toBe(true);
    expect([...packages].filter((name) => heavy.some((word) => `${name}/`.startsWith(word)))).toEqual([]);
  });
});
