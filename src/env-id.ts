/** Environment ids: `[namespace/]Name[-vN]`. @module */
import { InvalidEnvIdError } from "./errors.js";

/** The parts of an id. */
export interface EnvIdParts {
  /** What stands before the slash, or null. */
  readonly namespace: string | null;
  /** The name alone. */
  readonly name: string;
  /** N of `-vN`, or null. */
  readonly version: number | null;
}

const PATTERN = /^(?:([\w:-]+)\/)?(\w[\w:.-]*?)(?:-v(\d+))?$/;

/**
 * Takes an id apart.
 * @throws {@link InvalidEnvIdError} when it is not of the form `[namespace/]Name[-vN]`.
 * @example
 * parseEnvId("my-lab/Web-v1"); // { namespace: "my-lab", name: "Web", version: 1 }
 */
export function parseEnvId(id: string): EnvIdParts {
  const match = typeof id === "string" ? PATTERN.exec(id) : null;
  if (match === null) throw new InvalidEnvIdError(id);
  const [, namespace = null, name, version] = match;
  return { namespace, name: name!, version: version === undefined ? null : Number(version) };
}
