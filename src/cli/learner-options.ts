/** Options of learners as the command line gives them. @module */
import type { LearnerOptions } from "../agents/create-learner.js";
import { UsageError } from "../errors.js";

/**
 * `learningRate=0.001,annealLr=false,hiddenSizes=64x64,targetKl=null` as an object; the learner checks names and values.
 *
 * @param source - Where it came from, for the message.
 * @throws UsageError when a part is not NAME=VALUE
 */
export function readLearnerOptions(text: string | undefined, source: string): LearnerOptions {
  if (text === undefined) return {};
  const parts = text.split(",").map((part) => part.trim());
  return Object.fromEntries(
    parts.map((part) => {
      const [, name, value] = /^([A-Za-z]\w*)=(.+)$/.exec(part) ?? [];
      if (name !== undefined && value !== undefined) return [name, readValue(name, value)];
      throw new UsageError(`Expected ${source} to be a list of NAME=VALUE, got ${JSON.stringify(part)}.`);
    }),
  );
}

function readValue(name: string, value: string): unknown {
  if (name === "seed") throw new UsageError("Expected the seed as --seed N, not among the algorithm's options.");
  if (value === "true" || value === "false") return value === "true";
  if (value === "null") return null;
  if (name === "hiddenSizes" || name === "initialLogits") return value.split("x").map(Number);
  const number = Number(value);
  return Number.isNaN(number) ? value : number;
}
