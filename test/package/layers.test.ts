/** Imports point one way: which folder of src may import which. @module */
import { posix } from "node:path";
import { describe, expect, it } from "vitest";
import { filesBelow, readText } from "./repository.js";

const model = ["infra", "stacks", "metrics", "loadgen", "reward", "simulator"];
const contract = ["spaces", "wrappers", "vector"];
const cloud = ["terraform", "emulator", "digitalocean"];
const worlds = [...model, ...cloud, "backends"];

const files = filesBelow("src", ".ts");

/** Per folder, the folders it may import besides itself. Files directly in src are the contract, and open to all. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  spaces: [],
  wrappers: ["spaces", "wasm"],
  vector: ["spaces", "wrappers"],
  infra: [],
  stacks: ["infra"],
  metrics: ["wasm"],
  loadgen: ["metrics"],
  wasm: [],
  reward: ["infra", "metrics"],
  simulator: ["infra", "metrics", "loadgen", "reward", "wasm"],
  terraform: ["infra"],
  emulator: ["infra", "metrics", "simulator"],
  digitalocean: ["infra"],
  backends: [...model, ...cloud],
  networks: ["wasm"],
  agents: ["spaces", "vector", "networks"],
  envs: ["agents", ...contract, ...worlds],
  planners: ["agents", "envs", ...contract, ...worlds],
  benchmark: ["planners", "agents", "envs", ...contract, ...worlds],
  fidelity: ["benchmark", "planners", "agents", "envs", ...contract, ...worlds],
  testing: ["envs", ...contract, ...worlds],
  cli: ["networks", "testing", "fidelity", "benchmark", "planners", "agents", "envs", ...contract, ...worlds],
};

/** Open to all although it lies in a family: the counter-based streams, which import nothing of it. */
const streams = "src/simulator/stream.ts";

/** The folder of src a file lies in; empty for the contract: files directly in src, and folders beside a file of their name. */
function folderOf(file: string): string {
  const [, folder = "", ...rest] = file.split("/");
  const isContract = rest.length === 0 || files.includes(`src/${folder}.ts`) || file === streams;
  return isContract ? "" : folder;
}

/** Those that are still there when the code runs; imports on demand left out. */
function valueImportsOf(file: string): string[] {
  const specifiers = readText(file).matchAll(/^(?:import|export) (?!type )[^;]*?from "(\.[^"]+)"/gm);
  return [...specifiers].map(([, path]) => resolveFrom(file, path!));
}

/** The files of src that a file imports, statically or on demand, types included. */
function importsOf(file: string): string[] {
  const specifiers = readText(file).matchAll(/(?:from|import\(|import) ?"(\.[^"]+)"/g);
  return [...specifiers].map(([, path]) => resolveFrom(file, path!));
}

function resolveFrom(file: string, path: string): string {
  return posix.join(posix.dirname(file), path).replace(/\.js$/, ".ts");
}

describe("the imports of src", () => {
  it.each(Object.keys(allowed))("go only where they may: %s", (folder) => {
    const own = files.filter((file) => folderOf(file) === folder);
    const wrong = own.flatMap((file) =>
      importsOf(file)
        .filter((target) => ![folder, "", ...allowed[folder]!].includes(folderOf(target)))
        .map((target) => `${file} imports ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it("are ruled for every folder there is", () => {
    const folders = new Set(files.map(folderOf).filter((folder) => folder !== ""));
    expect([...folders].filter((folder) => !(folder in allowed))).toEqual([]);
  });

  it("take nothing of the families into the contract but types", () => {
    const open = files.filter((file) => folderOf(file) === "" && file !== "src/index.ts");
    const wrong = open.flatMap((file) => valueImportsOf(file).filter((target) => folderOf(target) !== ""));
    expect(wrong).toEqual([]);
  });

  it("never go back through the front door", () => {
    const wrong = files.flatMap((file) => importsOf(file).filter((target) => target === "src/index.ts"));
    expect(wrong).toEqual([]);
  });
});

describe("the index files", () => {
  it.each(files.filter((file) => file.endsWith("/index.ts")))("hold explicit named re-exports only: %s", (file) => {
    const code = readText(file)
      .replace(/\/\*.*?\*\//gs, "")
      .replace(/\/\/.*$/gm, "");
    const rest = code.replace(/export (?:type )?\{[^}]*\} from "[^"]+";/g, "").trim();
    expect(rest).toBe("");
  });
});
