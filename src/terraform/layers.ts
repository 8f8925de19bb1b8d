/** The layers of an environment on disk: one folder each, in the order in which they depend on each other. @module */
import { type Dirent, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { InvalidGraphError, InvalidOptionError } from "../errors.js";
import { hclStateReferences, jsonStateReferences, type StateReference } from "./state-references.js";

/** One layer of an environment. */
export interface Layer {
  readonly name: string;
  /** Absolute path. */
  readonly folder: string;
  /** Names of the layers whose state it reads, in order. */
  readonly dependsOn: readonly string[];
}

/** The usual order, for layers that do not depend on each other. */
const USUAL = ["core", "support", "app", "edge"];

/**
 * Reads which layers an environment has: the folders in it that hold Terraform files. What a layer depends on is read from
 * its `terraform_remote_state` data sources.
 *
 * @returns The layers, each after those it depends on.
 * @throws InvalidOptionError when there is no such folder
 * @throws InvalidGraphError when layers depend on each other in a circle
 */
export function readLayers(environment: string): readonly Layer[] {
  const root = resolve(environment);
  const names = foldersIn(root).filter((name) => terraformFiles(join(root, name)).length > 0);
  const layers = names.map((name) => {
    const folder = join(root, name);
    const used = new Set(
      referencesIn(folder)
        .map((reference) => layerOf(reference, folder, names))
        .filter((other): other is string => other !== undefined && other !== name),
    );
    return { name, folder, dependsOn: sorted(used) };
  });
  return inOrder(layers);
}

/** The folders in a folder, those that begin with a dot left out. @throws InvalidOptionError when it is not there */
export function foldersIn(folder: string): string[] {
  let entries: readonly Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (cause) {
    throw new InvalidOptionError("folder", "a folder that is there", folder, { cause });
  }
  return entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith(".")).map(({ name }) => name);
}

function terraformFiles(folder: string): string[] {
  return readdirSync(folder).filter((file) => /\.(tf|tofu)(\.json)?$/.test(file));
}

function referencesIn(folder: string): StateReference[] {
  return terraformFiles(folder).flatMap((file) => {
    const text = readFileSync(join(folder, file), "utf8");
    if (!file.endsWith(".json")) return hclStateReferences(text);
    try {
      return jsonStateReferences(text);
    } catch {
      return []; // Terraform says where the mistake is, better than this could.
    }
  });
}

/** The layer a reference leads to: by path, by a part of its key, or else by the data source's own name. */
function layerOf({ name, location }: StateReference, folder: string, layers: readonly string[]): string | undefined {
  const path = location.replace(/\$\{path\.module\}/, ".");
  const beside = relative(dirname(folder), resolve(folder, dirname(path)));
  if (/^[./]/.test(path)) return layers.includes(beside) ? beside : undefined;
  const parts = [...dirname(path).split("/"), basename(path).replace(/\.tfstate$/, "")].reverse();
  return parts.find((part) => layers.includes(part)) ?? (layers.includes(name) ? name : undefined);
}

function inOrder(layers: readonly Layer[]): Layer[] {
  const ordered: Layer[] = [];
  const left = new Map(
    sorted(layers.map(({ name }) => name)).map((name) => [name, layers.find((l) => l.name === name)!]),
  );
  while (left.size > 0) {
    const next = [...left.values()].find(({ dependsOn }) => dependsOn.every((name) => !left.has(name)));
    if (next === undefined) {
      const circle = [...left.keys()];
      throw new InvalidGraphError(
        circle[0]!,
        "cycle",
        `The layers ${circle.join(", ")} depend on each other in a circle.`,
      );
    }
    ordered.push(next);
    left.delete(next.name);
  }
  return ordered;
}

function sorted(names: Iterable<string>): string[] {
  const place = (name: string) => (USUAL.includes(name) ? USUAL.indexOf(name) : USUAL.length);
  return [...names].sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1));
}
