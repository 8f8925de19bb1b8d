/** The JSON Schemas of docs/schemas as functions that say what is wrong. @module */
import { readFileSync } from "node:fs";
import { Ajv2020, type ErrorObject } from "ajv/dist/2020.js";
import { root } from "../package/repository.js";

/** What is wrong with a value by one of the schemas; empty where nothing is. */
export function schemaErrors(
  name: "envs" | "run" | "benchmark" | "config" | "query" | "scores" | "suite" | "profile",
  value: unknown,
): ErrorObject[] {
  const schema = JSON.parse(readFileSync(`${root}/docs/schemas/${name}.schema.json`, "utf8"));
  const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);
  validate(value);
  return validate.errors ?? [];
}
