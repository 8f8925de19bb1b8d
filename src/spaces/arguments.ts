/** Checks of what methods of spaces are given. @module */
import { InvalidOptionError } from "../errors.js";
import type { Json, SampleOptions } from "./space.js";

/** A mask, or chances, or neither. */
export interface Restriction {
  readonly name: "mask" | "probability";
  readonly value: unknown;
}

/**
 * What a sample is restricted by.
 * @throws {@link InvalidOptionError} when both a mask and chances are given.
 */
export function restrictionOf(options: SampleOptions<unknown> | undefined): Restriction | undefined {
  const { mask, probability } = options ?? {};
  if (isAbsent(mask)) return isAbsent(probability) ? undefined : { name: "probability", value: probability };
  if (isAbsent(probability)) return { name: "mask", value: mask };
  throw new InvalidOptionError("probability", "absent beside a mask", probability);
}

/** The options that restrict a part of a sample: none where its mask is absent. */
export function partOptions(name: Restriction["name"], value: unknown): SampleOptions<unknown> {
  return isAbsent(value) ? {} : { [name]: value };
}

/** @throws {@link InvalidOptionError} when a restriction is not a list of a length. */
export function restrictionList({ name, value }: Restriction, length: number): ArrayLike<unknown> {
  const list = value as ArrayLike<unknown>;
  if (typeof value === "object" && list.length === length) return list;
  throw new InvalidOptionError(name, `a list of ${length}`, value);
}

/** @throws {@link InvalidOptionError} when JSON is not a list. */
export function jsonList(json: Json, expected: string = "a list of values", path: string = "json"): readonly Json[] {
  if (Array.isArray(json)) return json as readonly Json[];
  throw new InvalidOptionError(path, expected, json);
}

/** Runs a check of a part: what it finds wrong is reported at a place in the whole. */
export function within<T>(name: string, path: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof InvalidOptionError) || !isAt(error.option, name)) throw error;
    const issues = error.issues.map((issue) => ({ ...issue, path: path + issue.path.slice(name.length) }));
    throw InvalidOptionError.of(issues, { cause: error.cause });
  }
}

function isAt(option: string, name: string): boolean {
  return option.startsWith(name) && !/^\w/.test(option.slice(name.length));
}

function isAbsent(value: unknown): value is null | undefined {
  return value === undefined || value === null;
}
