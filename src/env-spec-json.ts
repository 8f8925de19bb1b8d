/** Reading the spec of an environment from JSON, such as that in a file of results. @module */
import { parseEnvId } from "./env-id.js";
import { InvalidOptionError } from "./errors.js";
import type { EnvSpec, VectorSpec, WrapperSpec } from "./registration.js";

/**
 * An {@link EnvSpec} from what `JSON.parse` gives; a spec itself is JSON. It only names what is registered: reading it, or
 * making an environment from it, imports nothing else.
 * @throws {@link InvalidOptionError} that lists every point that is wrong; {@link InvalidEnvIdError}.
 * @example
 * const again = await make(specFromJson(JSON.parse(JSON.stringify(env.spec))));
 */
export function specFromJson(json: unknown): EnvSpec {
  if (!isRecord(json) || typeof json.id !== "string") {
    throw new InvalidOptionError("spec", "the JSON of an EnvSpec: it must be an object with an id", json);
  }
  const parts = parseEnvId(json.id);
  const issues = (["version", "namespace", "name"] as const)
    .filter((key) => json[key] !== parts[key])
    .map((key) => `${key} must be ${JSON.stringify(parts[key])}, as in id`);
  const { maxEpisodeSteps, options, additionalWrappers, vector } = json;
  const isLimit = Number.isSafeInteger(maxEpisodeSteps) && (maxEpisodeSteps as number) >= 1;
  if (maxEpisodeSteps !== null && !isLimit) issues.push("maxEpisodeSteps must be an integer of at least 1, or null");
  if (!isRecord(options)) issues.push("options must be an object");
  if (additionalWrappers !== undefined && !isWrapperList(additionalWrappers)) {
    issues.push("additionalWrappers must be a list of { name, options }");
  }
  if (vector !== undefined && !isVectorSpec(vector)) {
    issues.push("vector must be { numEnvs, vectorizationMode, autoresetMode, wrappers }");
  }
  if (issues.length > 0) throw new InvalidOptionError("spec", `the JSON of an EnvSpec: ${issues.join("; ")}`, json);
  return Object.freeze({
    id: json.id,
    ...parts,
    maxEpisodeSteps: maxEpisodeSteps as number | null,
    options: Object.freeze({ ...(options as EnvSpec["options"]) }),
    ...(additionalWrappers === undefined ? {} : { additionalWrappers: additionalWrappers as readonly WrapperSpec[] }),
    ...(vector === undefined ? {} : { vector: vector as VectorSpec }),
  });
}

function isVectorSpec(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { numEnvs, vectorizationMode, autoresetMode, wrappers } = value;
  return (
    Number.isSafeInteger(numEnvs) &&
    (numEnvs as number) >= 1 &&
    (vectorizationMode === null || typeof vectorizationMode === "string") &&
    typeof autoresetMode === "string" &&
    isWrapperList(wrappers)
  );
}

function isWrapperList(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.every(
      (entry) =>
        isRecord(entry) && typeof entry.name === "string" && (entry.options === null || isRecord(entry.options)),
    )
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
