/**
 * Compiles every `assembly/NAME.ts` (AssemblyScript) to WebAssembly, and puts the bytes into `src/wasm/NAME.ts`, which is not committed:
 * so that they are loaded like any module, from sources, from the package and from a bundle.
 * @module
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";
import { root } from "./setup.mjs";

const sources = join(root, "assembly");
const target = join(root, "src", "wasm");
const options = ["--runtime", "stub", "-O3", "--noAssert", "--enable", "simd"];

/** Compiles one entry. Throws with the compiler's text. */
async function compile(name) {
  const binary = join(root, "build", `${name}.wasm`);
  const { error, stderr } = await asc.main([
    `assembly/${name}.ts`,
    "--baseDir",
    root,
    "--outFile",
    `build/${name}.wasm`,
    ...options,
  ]);
  if (error !== null) throw new Error(`assembly/${name}.ts: ${error.message}\n${stderr.toString()}`);
  const constant = `${name.replaceAll("-", "_").toUpperCase()}_WASM`;
  const text = [
    `/** The WebAssembly module of assembly/${name}.ts, written by scripts/webassembly.mjs. @module */`,
    "",
    "/** In base64. */",
    `export const ${constant}: string = "${readFileSync(binary).toString("base64")}";`,
    "",
  ];
  writeFileSync(join(target, `${name}.ts`), text.join("\n"));
}

async function main() {
  mkdirSync(join(root, "build"), { recursive: true });
  mkdirSync(target, { recursive: true });
  const names = readdirSync(sources)
    .filter((file) => file.endsWith(".ts"))
    .map((file) => basename(file, ".ts"));
  for (const old of readdirSync(target)) if (!names.includes(basename(old, ".ts"))) rmSync(join(target, old));
  for (const name of names) await compile(name);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
