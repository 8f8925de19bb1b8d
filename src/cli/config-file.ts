/** Options from a JSON file. @module */
import { readFileSync } from "node:fs";
import { UsageError } from "../errors.js";
import { describeValue, suggestion } from "../messages.js";
import type { Command } from "./command.js";
import type { GivenValue } from "./option-values.js";

/**
 * The options a configuration file holds for a command: `{ "schema": 1, "env": "WebService-v0", "seeds": [1, 2], … }`.
 *
 * Keys are the names of options. Lists stand for comma-separated ones, `true` sets a flag.
 * @throws UsageError when the file cannot be read, is no such JSON, or has a key the command does not know
 */
export function readConfigFile(file: string, command: Command): Map<string, GivenValue> {
  const config = parseConfig(file);
  if (config.schema !== 1) {
    throw new UsageError(`Expected "schema" in ${file} to be 1, got ${describeValue(config.schema)}.`);
  }
  const known = new Map(command.options.map(({ name, value }) => [name, value]));
  if (command.positional !== null) known.set(command.positional.name, command.positional.name);
  const given = new Map<string, GivenValue>();
  for (const [key, value] of Object.entries(config)) {
    if (key === "schema" || key === "$schema") continue;
    const source = `${JSON.stringify(key)} in ${file}`;
    const kind = known.get(key);
    if (kind === undefined) {
      throw new UsageError(`There is no option ${source} for ${command.verb}. ${suggestion(key, known.keys())}`);
    }
    if (value === false && kind === null) continue;
    given.set(key, { text: kind === null ? flagText(source, value) : valueText(source, value), source });
  }
  return given;
}

function parseConfig(file: string): Readonly<Record<string, unknown>> {
  let config: unknown;
  try {
    config = JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    throw new UsageError(`Could not read the configuration ${file}: ${(cause as Error).message}.`);
  }
  if (typeof config !== "object" || config === null || Array.isArray(config)) {
    throw new UsageError(`Expected ${file} to hold a JSON object, got ${describeValue(config)}.`);
  }
  return config as Readonly<Record<string, unknown>>;
}

function flagText(source: string, value: unknown): string {
  if (value === true) return "true";
  throw new UsageError(`Expected ${source} to be true or false, got ${describeValue(value)}.`);
}

function valueText(source: string, value: unknown): string {
  // A list of one stays a list: [7] is the seed 7, and 7 would be seven seeds.
  if (Array.isArray(value))
    return value.map((part) => valueText(source, part)).join(",") + (value.length === 1 ? "," : "");
  if (typeof value === "string") return value;
  if (typeof value === "number" && !(Number.isInteger(value) && !Number.isSafeInteger(value))) return String(value);
  const advice = typeof value === "number" ? " A number this large is not exact: write it as a string." : "";
  throw new UsageError(`Expected ${source} to be a string, a number or a list, got ${describeValue(value)}.${advice}`);
}
